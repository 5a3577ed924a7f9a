"""The questions that anyone may ask of the rules, and be asked."""
