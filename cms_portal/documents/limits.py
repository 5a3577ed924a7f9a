"""How much people may send."""

# For each paper, so that a long tax return still fits.
MOST_FILES = 30
MOST_BYTES = 10 * 1024 * 1024
