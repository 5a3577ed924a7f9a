class BadRulebook(ValueError):
    """A rulebook that cannot be used as it is written."""
