"""The user who runs a command, under whose name the record has what it does."""

import getpass


def user() -> str:
    """The name of the user as the machine has it; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # of a container without users
        return ""
