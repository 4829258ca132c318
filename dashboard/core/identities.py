"""The standard identity of an object, as APP-6 knows it, from the state to which officials attribute the object.

The data say who sent an object, not whether it was meant: no object is ever called hostile here. Own-side
objects, which the data name, are framed as friend.
"""

from dashboard.settings import settings

IDENTITIES = ("suspect", "neutral", "unknown", "friend")


def identity_of(origin: str) -> str:
    """One of IDENTITIES for an ``origin``, an alpha-2 code or empty where no attribution is noted."""
    if not origin:
        return "unknown"
    return "suspect" if origin in settings().suspect else "neutral"
