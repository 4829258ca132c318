"""The sheet, layer or table that is read of a file that has several."""

from collections.abc import Sequence

from dashboard.errors import QueryError, UnreadableFileError
from dashboard.language import _, listing


def chosen_layer(names: Sequence[str], asked: str) -> str:
    """The layer that is asked for, or else the first.

    Raises
    ------
    QueryError
        There is none of that name.
    UnreadableFileError
        There is no layer at all.
    """
    if not names:
        raise UnreadableFileError(_("There is no layer in it."))
    if asked and asked not in names:
        message = _("There is no layer {layer!r}; expected one of these: {names}.")
        raise QueryError(message.format(layer=asked, names=listing([*names])))
    return asked or names[0]
