"""Marks for sentences that are put into words at the edge, in the reader's language."""


def mark(message: str) -> str:
    """Return the message unchanged: `_` in a rule only marks text for translation."""
    return message
