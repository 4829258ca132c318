"""Events: what a state said of one night or of one object's path, read from ``events.csv``.

Which incidents belong to an event is said by their own column ``event``, and nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from dashboard.core.incidents.cells import LARGEST_COUNT, Fault, count_in, day_in, is_usable
from dashboard.core.incidents.columns import FLIGHT
from dashboard.core.incidents.csv_file import Table, read_table
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.publishers import Publishers, Source
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY, LONGEST_TEXT, is_link, parts_of
from dashboard.language import _, plain

COLUMNS = (
    "event", "title", "first_day", "last_day", "official_count", "official_count_max", "max_is", "counted_what",
    "official_shot_down", "official_by", "source", "told", "note",
)  # fmt: skip
COUNTS = ("official_count", "official_count_max", "official_shot_down")
LONGEST_TITLE = 120  # characters, as of the heading of a view


@dataclass(frozen=True)
class Event:
    """An event, and what officials said of it.

    first_day, last_day
        Local calendar days on which its objects flew.
    official_count, official_count_max
        How many the state counted, and the second number where it gave two; None where it gave none.
    max_is
        The words between the two numbers, such as ``later``; empty where they are the ends of a range.
    counted_what, official_by
        What was counted and by whom, in words.
    official_shot_down
        How many it says were shot down.
    sources
        The pages that say so.
    told
        Sentences on what no number and no place on the map holds.
    """

    id: str
    title: str
    first_day: date
    last_day: date
    official_count: int | None = None
    official_count_max: int | None = None
    max_is: str = ""
    counted_what: str = ""
    official_shot_down: int | None = None
    official_by: str = ""
    sources: tuple[Source, ...] = ()
    told: str = ""


def read_events(path: Path, publishers: Publishers, max_file_mb: int = 200) -> tuple[dict[str, Event], list[Problem]]:
    """Read ``events.csv``; a folder without one has none.

    Raises
    ------
    UnreadableFileError
        The file cannot be read at all.
    """
    if not path.exists():
        return {}, []
    table = read_table(path, max_file_mb, COLUMNS)
    found: dict[str, Event] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(table.header, row, strict=True))
        if is_usable(table, line, cells, _faults(cells, found)):
            _doubt_links(table, line, cells["source"])
            found[cells["event"]] = _event(cells, publishers)
    return found, table.problems


def unmatched_events(rows: pd.DataFrame, path: Path, events: Mapping[str, Event], events_path: Path) -> list[Problem]:
    """Warnings where a file of incidents and one of events do not fit together.

    Parameters
    ----------
    rows
        Incidents, own-side objects and withdrawn rows.
    """
    if not events:
        return []
    expected = _("no row of {file} has this event").format(file=events_path.name)
    remedy = _("Correct the cell, or describe the event there")
    unknown = rows[(rows["event"] != "") & ~rows["event"].isin(list(events))]
    problems = [
        Problem(path, int(line), "event", event, expected, remedy, severe=False)
        for line, event in zip(unknown["line"], unknown["event"], strict=True)
    ]
    expected = _("no incident names this event")
    remedy = _("Write its ID into the column event of its incidents, or remove the row")
    named = set(rows["event"])
    return problems + [
        Problem(events_path, 0, "event", event, expected, remedy, severe=False)
        for event in events
        if event not in named
    ]


def with_events(incidents: gpd.GeoDataFrame, events: Mapping[str, Event]) -> gpd.GeoDataFrame:
    """Incidents that are found by the titles of their events, and counted by the day of the flight where it is known.

    What was found or announced after the days of its event flew on these: it is counted on the first of them.

    Returns
    -------
    A copy with ``counted_by``: what the day is on which an incident counts, a code of ``date_basis``.
    """
    titles = {id_: plain(event.title) for id_, event in events.items()}
    words = [
        f"{before}\n{titles[id_]}" if id_ in titles else before
        for before, id_ in zip(incidents["words"], incidents["event"], strict=True)
    ]
    first, last = (incidents["event"].map(_days(events, name)).astype("datetime64[s]") for name in _DAYS)
    of_event = first.notna() & (incidents["date_precision"] == "day")
    later = of_event & (incidents["date"] > last) & (incidents["date_basis"] != FLIGHT)
    return incidents.assign(
        counted_on=incidents["counted_on"].mask(later, first),
        counted_by=incidents["date_basis"].mask(of_event, FLIGHT),
        last_day=incidents["last_day"].mask(later, last),
        words=np.array(words, dtype=object),
    )


_DAYS = ("first_day", "last_day")


def _days(events: Mapping[str, Event], name: str) -> dict[str, pd.Timestamp]:
    return {id_: pd.Timestamp(getattr(event, name)) for id_, event in events.items()}


def _faults(cells: Mapping[str, str], found: Collection[str]) -> list[Fault]:
    """The faults that a row can have, in the order in which they are told."""
    id_, title = cells["event"], cells["title"]
    first, last = (day_in(cells[name]) for name in _DAYS)
    day_expected = _("expected a day such as 2025-07-28, from {first} to {last}").format(first=FIRST_DAY, last=LAST_DAY)
    count_expected = _("expected a whole number from 0 to {most}, or nothing").format(most=LARGEST_COUNT)
    low, high = (count_in(cells[name]) for name in ("official_count", "official_count_max"))
    return [
        ("event", not id_ or len(id_) > 100 or len(id_.split()) != 1,
         _("expected 1 to 100 characters without spaces"), _("Correct the cell")),
        ("event", id_ in found, _("the event is there already, higher up in the file"), _("Remove one row")),
        ("title", not 0 < len(title) <= LONGEST_TITLE,
         _("expected 1 to {longest} characters").format(longest=LONGEST_TITLE), _("Correct the cell")),
        ("first_day", first is None, day_expected, _("Correct the cell")),
        ("last_day", last is None, day_expected, _("Correct the cell")),
        ("last_day", first is not None and last is not None and last < first,
         _("the last day lies before the first"), _("Exchange the two, or correct one of them")),
        *((name, cells[name] != "" and count_in(cells[name]) is None, count_expected, _("Write digits alone"))
          for name in COUNTS),
        ("official_count_max", high is not None and (low is None or high < low),
         _("expected a number above official_count"), _("Exchange the two, or leave it empty")),
        ("counted_what", low is not None and not cells["counted_what"],
         _("expected what was counted, such as violations or drones"), _("Fill it in")),
        *((name, len(cells[name]) > LONGEST_TEXT, _("expected at most {limit} characters").format(limit=LONGEST_TEXT),
           _("Shorten the text")) for name in ("max_is", "counted_what", "official_by", "told")),
    ]  # fmt: skip


def _doubt_links(table: Table, line: int, source: str) -> None:
    for part in parts_of(source):
        if not is_link(part):
            table.doubt(line, "source", part, _("not an http or https address"), _("Correct the address"))


def _event(cells: Mapping[str, str], publishers: Publishers) -> Event:
    return Event(
        id=cells["event"],
        title=cells["title"],
        first_day=date.fromisoformat(cells["first_day"]),
        last_day=date.fromisoformat(cells["last_day"]),
        official_count=count_in(cells["official_count"]),
        official_count_max=count_in(cells["official_count_max"]),
        max_is=cells["max_is"],
        counted_what=cells["counted_what"],
        official_shot_down=count_in(cells["official_shot_down"]),
        official_by=cells["official_by"],
        sources=publishers.sources(parts_of(cells["source"])),
        told=cells["told"],
    )
