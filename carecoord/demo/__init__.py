"""The people of demo mode: invented, dated relative to today, and made through the actions."""
