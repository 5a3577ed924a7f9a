"""A state's worth of invented families, to see whether the portal stays quick and orderly with them."""
