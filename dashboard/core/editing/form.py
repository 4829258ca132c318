"""The form of one incident: what is filled in, as cells of the record, and the cells of an incident as a form.

Most fields are columns and hold what their cells hold. Day, times and place are given as they are at the place and in
any notation. What is not touched keeps its cell as it was, character for character.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.local_clock import LocalClock, clock_of
from dashboard.core.geo.airspace import airspace_at
from dashboard.core.geo.borders import HIGH_SEA
from dashboard.core.geo.typed_places import TypedPlace, read_coordinates
from dashboard.core.incidents.columns import GIVEN
from dashboard.core.incidents.csv_file import clean, trimmed
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.schema import is_source, parts_of
from dashboard.core.record.merge import Content
from dashboard.errors import QueryError
from dashboard.language import _

Fields = dict[str, str]
COORDINATES, TIME, END_TIME, EXACT, SECOND = "coordinates", "time", "end_time", "exact", "second"
MINUTE, DAY, MONTH = EXACTNESS = ("minute", "day", "month")  # to which the time is known
YES = "yes"
# Columns that the form asks for in another way, by the field that stands for them.
ASKED_AS = {
    "date_precision": EXACT,
    "started_at": TIME,
    "ended_at": END_TIME,
    "latitude": COORDINATES,
    "longitude": COORDINATES,
}
# The fields in the order in which the form has them; the rest of the columns follows.
FIRST = (
    "date", TIME, EXACT, SECOND, "place", "country", COORDINATES, "location_accuracy_km", "category", "object_type",
    "model", "payload", "summary", "damage", "casualties", "event", "side", "entered_from", "origin", "attribution_by",
    "noticed_by", "response", "sources", "status",
)  # fmt: skip
MORE = (
    *(column.name for column in GIVEN if column.name not in (*FIRST, *ASKED_AS, "id", WITHDRAWN)),
    END_TIME,
)
FIELDS = (*FIRST, *MORE)
DECIMALS = 5  # of a degree: a metre


@dataclass(frozen=True)
class Fault:
    """A fault of one field; it is ``missing`` where nothing was given that is needed."""

    field: str
    message: str
    missing: bool = False


@dataclass(frozen=True)
class Filled:
    """A form as it was read.

    cells
        The content of the incident in the record, as far as the fields could be read.
    faults
        Those that only a form can have; the others are found by the reader of incidents.
    place
        The place of the coordinates, or None.
    clock
        That of the place; of UTC, as long as there is none.
    start
        The instant of day and time, or None.
    """

    cells: Content
    faults: tuple[Fault, ...]
    place: TypedPlace | None
    clock: LocalClock
    start: datetime | None


def empty_form() -> Fields:
    """A form in which nothing is filled in."""
    return dict.fromkeys(FIELDS, "") | {EXACT: MINUTE}


def form_of(cells: Content) -> Fields:
    """The form of an incident of the record."""
    fields = empty_form()
    fields |= {name: text for name, text in cells.items() if name in fields and isinstance(text, str)}
    latitude, longitude = (str(cells.get(name, "")) for name in ("latitude", "longitude"))
    fields[COORDINATES] = f"{latitude}, {longitude}" if latitude and longitude else ""
    fields["sources"] = "\n".join(parts_of(fields["sources"]))
    clock = LocalClock()
    with suppress(ValueError):
        clock = clock_of(fields["country"], float(latitude), float(longitude))
    fields[EXACT] = MONTH if cells.get("date_precision") == MONTH else DAY
    for name, column in ((TIME, "started_at"), (END_TIME, "ended_at")):
        with suppress(ValueError):
            local = clock.local(datetime.fromisoformat(str(cells.get(column, ""))))
            fields[name] = f"{local:%H:%M}"
            if name == TIME:
                fields[EXACT], fields[SECOND] = MINUTE, YES if local.fold else ""
    return fields


def read_form(fields: Mapping[str, str], dataset: Dataset, base: Content | None = None) -> Filled:
    """Read a form.

    Parameters
    ----------
    base
        The cells of the incident that is corrected, from which the form was made.
    """
    filled = _read(fields, dataset)
    if base is None:
        return filled
    # A cell that the form would have written otherwise, though nobody has touched it, stays as it is.
    untouched = _read(form_of(base), dataset).cells
    cells = dict(base)
    for name in {*filled.cells, *untouched}:
        if filled.cells.get(name) == untouched.get(name):
            continue
        cells.pop(name, None)
        if name in filled.cells:
            cells[name] = filled.cells[name]
    return Filled(cells, filled.faults, filled.place, filled.clock, filled.start)


def _read(fields: Mapping[str, str], dataset: Dataset) -> Filled:
    asked = {name: trimmed(clean(fields.get(name, ""))) for name in FIELDS}
    faults: list[Fault] = []
    cells = {name: text for name, text in asked.items() if text and name not in (*ASKED_AS.values(), SECOND)}
    place = _place(asked[COORDINATES], faults)
    if place:
        cells |= {"latitude": _degrees(place.latitude), "longitude": _degrees(place.longitude)}
        here = airspace_at(place.latitude, place.longitude, dataset.borders)
        if "country" not in cells and here not in ("", HIGH_SEA):
            cells["country"] = here
    clock = clock_of(cells.get("country", ""), place.latitude, place.longitude) if place else LocalClock()
    start = _times(asked, clock, cells, faults)
    cells["sources"] = _sources(asked["sources"], faults)
    return Filled({name: text for name, text in cells.items() if text}, tuple(faults), place, clock, start)


def _place(text: str, faults: list[Fault]) -> TypedPlace | None:
    if not text:
        return None
    try:
        place = read_coordinates(text)
    except QueryError as error:
        faults.append(Fault(COORDINATES, str(error)))
        return None
    if place is None:
        expected = _("These are no coordinates: expected degrees, such as 54.600 N 25.720 E, or MGRS.")
        faults.append(Fault(COORDINATES, expected))
    return place


def _times(asked: Mapping[str, str], clock: LocalClock, cells: Content, faults: list[Fault]) -> datetime | None:
    """Write day and times into the cells; gives the instant of the beginning, where it is known to the minute."""
    exact = asked[EXACT]
    if "date" in cells:
        cells["date_precision"] = MONTH if exact == MONTH else DAY
    if exact != MINUTE:
        return None
    start = _instant(TIME, asked["date"], asked, clock, faults)
    end = _instant(END_TIME, asked["end_date"] or asked["date"], asked, clock, faults)
    for name, instant in (("started_at", start), ("ended_at", end)):
        if instant:
            cells[name] = f"{instant:%Y-%m-%dT%H:%MZ}"
    if not asked[TIME]:
        faults.append(Fault(TIME, _("Give the time, or say that only the day is known."), missing=True))
    return start


def _instant(
    name: str, day: str, asked: Mapping[str, str], clock: LocalClock, faults: list[Fault]
) -> datetime | None:  # fmt: skip
    text = asked[name]
    if not text:
        return None
    at = read_time(text)
    if at is None:
        faults.append(Fault(name, _("Expected a time of day such as 04:40.")))
        return None
    try:
        return clock.instant(date.fromisoformat(day), at, second=asked[SECOND] == YES)
    except QueryError as error:
        faults.append(Fault(name, str(error)))
    except ValueError:  # the day, which the reader of incidents reports
        pass
    return None


def read_time(text: str) -> time | None:
    """A time of day as people write it: 04:40, 4.40 or 0440; None for anything else."""
    found = re.fullmatch(r"(\d{1,2})[:.h]?(\d{2})", text.strip())
    if not found:
        return None
    hour, minute = map(int, found.groups())
    return time(hour, minute) if hour < 24 and minute < 60 else None


def sources_of(text: str) -> list[str]:
    """The sources of a form one by one, as they were given; one that is no address is one, with its spaces."""
    return [
        part for line in text.splitlines() for part in (parts_of(line) if _has_source(line) else [line.strip()]) if part
    ]


def _has_source(line: str) -> bool:
    return any(map(is_source, parts_of(line)))


def _sources(text: str, faults: list[Fault]) -> str:
    parts = sources_of(text)
    wrong = next((number for number, part in enumerate(parts, start=1) if not is_source(part)), 0)
    if wrong:
        message = _("Source {number} is neither the address of a page nor a name in square brackets.")
        message = message.format(number=wrong)
        faults.append(Fault("sources", message))
    return " ".join(filter(is_source, parts))


def _degrees(angle: float) -> str:
    return f"{angle:.{DECIMALS}f}".rstrip("0").rstrip(".")
