"""What can go wrong with the database before the portal has one."""


class DatabaseUnavailable(Exception):
    """The database cannot be reached or started; the message is one sentence for a person."""
