"""The sheet, layer or table that is read of a file that has several."""

from collections.abc import Sequence

from dashboard.errors import QueryError
from dashboard.language import _, listing


def chosen_layer(names: Sequence[str], asked: str) -> str:
    """The layer that is asked for, or else the first.

    Raises
    ------
    QueryError
        There is none of that name.
    """
    if asked and asked not in names:
        message = _("There is no layer {layer!r}; there are {names}.")
        raise QueryError(message.format(layer=asked, names=listing([*names]) or _("none")))
    return asked or names[0]
