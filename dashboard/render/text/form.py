"""A form in words, as it was understood: time, measures, sources."""

from datetime import datetime, timedelta
from typing import Any

from dashboard.core.editing.local_clock import LocalClock
from dashboard.core.incidents.publishers import UNKNOWN, Publishers
from dashboard.language import _, number, state_name
from dashboard.render.text.distances import (
    border_in_words,
    certainty_in_words,
    from_border_in_words,
    kilometres,
    town_in_words,
)
from dashboard.render.text.instants import date_time_group
from dashboard.render.text.sources import publisher_in_words


def time_in_words(clock: LocalClock, start: datetime) -> str:
    """An instant by the clock of its place: ``Vilnius time, UTC+2: 02:40 UTC, 140240Z NOV 26``."""
    words = _("{town} time, UTC{offset}: {time} UTC, {group}")
    utc = f"{start:%H:%M}"
    return words.format(
        town=clock.town, offset=_offset_in_words(clock.offset(start)), time=utc, group=date_time_group(start)
    )


def _offset_in_words(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def measures_in_words(row: Any, *, is_sure: bool) -> tuple[str, list[tuple[str, str]]]:
    """The measures of a place as the card will have them: a sentence, and lines of label and text.

    Parameters
    ----------
    is_sure
        Whether its location uncertainty is given.
    """
    if not is_sure:
        airspace = state_name(row.airspace) if row.airspace else _("not charted")
        sentence = _("Airspace: {airspace}. Give the location uncertainty to measure the distance from the border.")
        return sentence.format(airspace=airspace), []
    lines = [
        (_("Distance from border"), from_border_in_words(row)),
        (_("Measured from"), border_in_words(row, stretch=True)),
        (_("Nearest large town"), town_in_words(row)),
        (_("To be certain"), _to_be_certain(row)),
    ]
    return _("{certainty}.").format(certainty=certainty_in_words(row)), [
        (label, text[:1].upper() + text[1:]) for label, text in lines if text
    ]


def _to_be_certain(row: Any) -> str:
    """The uncertainty below which the place would certainly be inside."""
    if row.certain or not row.inside:
        return ""
    return _("a location uncertainty of at most {distance}").format(distance=kilometres(row.edge_km, row.edge_km / 10))


def source_line_in_words(address: str, publishers: Publishers) -> tuple[str, bool]:
    """The publisher behind an address, and whether it is known."""
    publisher = publishers.of(address)
    if publisher.kind == UNKNOWN:
        return _("{host}: publisher not known").format(host=publisher.name), False
    return publisher_in_words(publisher), True


def count_in_words(text: str, longest: int) -> str:
    """The length of a text: ``117 of 5,000``."""
    return _("{count} of {longest}").format(count=number(len(text)), longest=number(longest))
