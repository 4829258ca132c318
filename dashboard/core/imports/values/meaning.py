"""Meanings of a cell: one where it is understood, several where it is to be asked, none where it cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass

LONGEST = 100  # characters of a date, a number, a place or a state; whatever is longer is none, and is not looked at


@dataclass(frozen=True)
class Meaning:
    """One thing that a cell can mean.

    cells
        The texts that it gives to columns of ours, by the name of the column.
    label
        It in words, to be offered: ``3 April 2025``.
    because
        What speaks for it, in words, or empty.
    """

    cells: Mapping[str, str]
    label: str = ""
    because: str = ""


@dataclass(frozen=True)
class Understood:
    """The meanings of a cell.

    is_doubtful
        Whether it is to be asked though it has one meaning.
    expected, remedy
        Where it cannot be read: what was expected, and what to do, as in a Problem.
    """

    meanings: tuple[Meaning, ...] = ()
    expected: str = ""
    remedy: str = ""
    is_doubtful: bool = False


def one(cells: Mapping[str, str], label: str = "", because: str = "") -> Understood:
    """A cell with one meaning."""
    return Understood((Meaning(cells, label, because),))


EMPTY = one({})  # a cell that says nothing
