class BadRulebook(Exception):
    """A rulebook that cannot be used as it is written."""
