"""Official totals: what states counted in a period, from ``official_totals.csv``, and which incidents mean the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dashboard.core.incidents.cells import LARGEST_COUNT, Fault, count_in, day_in, is_usable
from dashboard.core.incidents.columns import STATES
from dashboard.core.incidents.csv_file import read_table
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.publishers import Publishers, Source
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY, LONGEST_TEXT, is_link, parts_of
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period
from dashboard.core.query.view import parse_query_string
from dashboard.language import _

COLUMNS = ("state", "from", "to", "counted_what", "unit", "count", "about", "by", "source", "query", "note")
OBJECTS, CASES = UNITS = ("objects", "cases")  # a case is what an incident is here
_DAYS = ("from", "to")


@dataclass(frozen=True)
class OfficialTotal:
    """A figure that a state gave for a period.

    state
        Alpha-2.
    counted_what, by
        What was counted, and by whom, in words.
    unit
        One of UNITS.
    about
        Whether the figure was given as an approximate one.
    sources
        The pages that say so.
    asks
        The incidents of the same meaning, as far as the columns allow it; None where there are none that compare.
    note
        How what the map counts differs, as a sentence.
    """

    state: str
    period: Period
    counted_what: str
    unit: str
    count: int
    by: str
    about: bool = False
    sources: tuple[Source, ...] = ()
    asks: Filter | None = None
    note: str = ""


def read_official_totals(
    path: Path, publishers: Publishers, max_file_mb: int = 200
) -> tuple[tuple[OfficialTotal, ...], list[Problem]]:
    """Read ``official_totals.csv``; a folder without one has none.

    Raises
    ------
    UnreadableFileError
        The file cannot be read at all.
    """
    if not path.exists():
        return (), []
    table = read_table(path, max_file_mb, COLUMNS)
    found = []
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(table.header, row, strict=True))
        if is_usable(table, line, cells, _faults(cells)):
            found.append(_total(cells, publishers))
    return tuple(found), table.problems


def of_period(totals: Sequence[OfficialTotal], states: Collection[str], days: Period) -> list[OfficialTotal]:
    """The totals of some states, or without one of all, that speak of some days, by state, subject and period.

    They are those of periods that lie in these days, without those that lie in another of them; of a subject that has
    none, the one of the shortest period that holds the days.
    """
    subjects: dict[tuple[str, str], list[OfficialTotal]] = {}
    for total in totals:
        if not states or total.state in states:
            subjects.setdefault((total.state, total.counted_what), []).append(total)
    found = []
    for given in subjects.values():
        inside = [total for total in given if _holds(days, total.period)]
        around = sorted((total for total in given if _holds(total.period, days)), key=lambda total: total.period.days)
        found += [
            total
            for total in inside
            if not any(_holds(other.period, total.period) and other.period != total.period for other in inside)
        ] or around[:1]
    order = list(subjects)
    return sorted(
        found, key=lambda total: (total.state, order.index((total.state, total.counted_what)), total.period.start)
    )


def _holds(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _faults(cells: Mapping[str, str]) -> list[Fault]:
    """The faults that a row can have, in the order in which they are told."""
    first, last = (day_in(cells[name]) for name in _DAYS)
    correct = _("Correct the cell")
    day_expected = _("expected a day such as 2025-07-28, from {first} to {last}").format(first=FIRST_DAY, last=LAST_DAY)
    return [
        ("state", cells["state"] not in STATES,
         _("expected an ISO 3166-1 alpha-2 code in capitals, such as PL"), correct),
        ("from", first is None, day_expected, correct),
        ("to", last is None, day_expected, correct),
        ("to", first is not None and last is not None and last < first,
         _("the last day lies before the first"), _("Exchange the two, or correct one of them")),
        ("counted_what", not 0 < len(cells["counted_what"]) <= LONGEST_TEXT,
         _("expected what was counted, such as violations or drones"), _("Fill it in")),
        ("unit", cells["unit"] not in UNITS,
         _("expected one of {values}").format(values=", ".join(UNITS)), correct),
        ("count", count_in(cells["count"]) is None,
         _("expected a whole number from 0 to {most}").format(most=LARGEST_COUNT), _("Write digits alone")),
        ("about", cells["about"] not in ("", "yes"), _("expected yes, or nothing"), correct),
        ("by", not 0 < len(cells["by"]) <= LONGEST_TEXT, _("expected who counted"), _("Fill it in")),
        ("source", not any(map(is_link, parts_of(cells["source"]))),
         _("none of the sources is an http or https address"), _("Give at least one")),
        ("query", bool(parse_query_string(cells["query"])[1]),
         _("expected what stands in an address of the map, such as object=balloon"), correct),
        ("note", len(cells["note"]) > LONGEST_TEXT,
         _("expected at most {limit} characters").format(limit=LONGEST_TEXT), _("Shorten the text")),
    ]  # fmt: skip


def _total(cells: Mapping[str, str], publishers: Publishers) -> OfficialTotal:
    period = Period(*(date.fromisoformat(cells[name]) for name in _DAYS))
    asked = parse_query_string(cells["query"])[0].filter if cells["query"] else None
    return OfficialTotal(
        state=cells["state"],
        period=period,
        counted_what=cells["counted_what"],
        unit=cells["unit"],
        count=int(cells["count"]),
        by=cells["by"],
        about=cells["about"] == "yes",
        sources=publishers.sources(parts_of(cells["source"])),
        asks=asked and replace(asked, countries=(cells["state"],), start=period.start, end=period.end),
        note=cells["note"],
    )
