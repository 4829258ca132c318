"""Problems of a data file, each with line, column, value, expectation and remedy; and what could be read of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from dashboard.language import _, listing, ngettext, number

LONGEST_VALUE = 60  # characters of a value that a message repeats
MOST_REASONS = 3  # that are told where no row could be read
MOST_LINES = 3  # of each that are named


@dataclass(frozen=True)
class Problem:
    """One problem of one cell, row or file.

    line
        Line of the file, the header being line 1; 0 where it is the file as a whole.
    column
        Name of the column, or empty where it is the whole row.
    severe
        The row cannot be used and is set aside; otherwise it loads and this is a warning.
    """

    file: Path
    line: int
    column: str
    value: str
    expected: str
    remedy: str
    severe: bool = True

    @property
    def message(self) -> str:
        """Value, expectation and remedy as sentences."""
        value = self.value if len(self.value) <= LONGEST_VALUE else self.value[: LONGEST_VALUE - 1] + "…"
        if not value:
            expected = self.expected[:1].upper() + self.expected[1:]
            return _("{expected}. {remedy}.").format(expected=expected, remedy=self.remedy)
        return _("{value!r}: {expected}. {remedy}.").format(value=value, expected=self.expected, remedy=self.remedy)

    def __str__(self) -> str:
        """The problem as compilers print it: ``FILE:LINE: COLUMN: message``."""
        kind = "" if self.severe else _("warning: ")
        return f"{self.file}:{self.line}: {self.column or _('row')}: {kind}{self.message}"


def unreadable_in_words(rows: int, readable: int, problems: Sequence[Problem]) -> tuple[str, ...]:
    """Say that none of the rows of a file could be read, and the most frequent reasons with their lines.

    Returns
    -------
    Sentences; none where a row could be read, or there is none at all.
    """
    if readable or not rows:
        return ()
    message = ngettext("The one row could not be read.", "None of {rows} rows could be read.", rows)
    lines: dict[tuple[str, str], list[int]] = {}
    for problem in problems:
        if problem.severe:
            lines.setdefault((problem.column, problem.expected), []).append(problem.line)
    frequent = sorted(lines.items(), key=lambda reason: -len(reason[1]))[:MOST_REASONS]
    reasons = (_reason_in_words(column, expected, found) for (column, expected), found in frequent)
    return (message.format(rows=number(rows)), *reasons)


def _reason_in_words(column: str, expected: str, lines: Sequence[int]) -> str:
    """``date: expected a day such as 2025-07-28 (6,650 times: lines 2, 3 and 4, and 6,647 more).``."""
    named = listing([str(line) for line in lines[:MOST_LINES]])
    if len(lines) == 1:
        where = _("line {lines}").format(lines=named)
    else:
        where = _("{count} times: lines {lines}").format(count=number(len(lines)), lines=named)
    if rest := len(lines) - MOST_LINES:
        where = _("{where}, and {rest} more").format(where=where, rest=number(rest)) if rest > 0 else where
    message = _("{column}: {expected} ({where}).")
    return message.format(column=column or _("row"), expected=expected, where=where)


WITHDRAWN = "withdrawn"  # the column that gives the reason why a row is no incident any more


@dataclass(frozen=True, eq=False)
class Reading:
    """The rows that a file gave, and its problems.

    incidents
        GeoDataFrame in EPSG:4326, a row an incident: the columns of ``SCHEMA`` but ``withdrawn``, with dates as
        timestamps, ``sources`` as a tuple of http(s) addresses, unknown columns as text, and ``line``, the line of the
        file.
    withdrawn
        The same, and ``withdrawn`` with the reason: rows that are kept in the file, but are not among the incidents.
    unusable
        The ids of rows that are set aside, as far as they have one.
    problems
        Every problem of the file, by line.
    rows
        The number of rows of the file, those that could not be read included.
    """

    incidents: gpd.GeoDataFrame
    withdrawn: gpd.GeoDataFrame
    unusable: frozenset[str]
    problems: tuple[Problem, ...]
    rows: int

    @property
    def set_aside(self) -> int:
        """The number of rows of the file that are neither incidents nor withdrawn."""
        return self.rows - len(self.incidents) - len(self.withdrawn)


def parted(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Rows that passed every check as the incidents and the rows that were withdrawn."""
    withdrawn = rows[WITHDRAWN] != ""
    kept = rows[~withdrawn].reset_index(drop=True) if withdrawn.any() else rows
    return kept.drop(columns=WITHDRAWN), rows[withdrawn].reset_index(drop=True)
