"""The pages of the rules: for anyone, and for staff."""
