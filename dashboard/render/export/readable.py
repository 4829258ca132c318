"""The incidents as a table for people: words for codes, headings for names, nothing that is empty throughout."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.incidents.columns import BY_NAME, GIVEN
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.vocabulary import PRECISION_PHRASES, word
from dashboard.language import _, listing, state_name
from dashboard.render.export.records import ExportColumn
from dashboard.render.text.distances import airport_in_words, from_border_in_words, town_in_words
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import category_in_words, time_inside_in_words
from dashboard.render.text.objects import objects_in_words
from dashboard.render.text.sources import publisher_in_words, status_in_words
from dashboard.render.text.values import value_in_words

WIDE = 28  # characters, of a column of prose
# Columns of a file that have a place of their own here, or stand in the words of another.
TOLD = (
    "id", "event", "date", "end_date", "date_precision", "started_at", "country", "place", "latitude", "longitude",
    "location_accuracy_km", "category", "object_type", "model", "objects", "objects_of", "origin", "entered_from",
    "minutes_inside", "reported_km", "airport", "status", "summary", "sources",
)  # fmt: skip


@dataclass(frozen=True)
class ReadableColumn(ExportColumn):
    """A column under a heading for people.

    width
        In characters, in which its heading and most of its texts fit.
    """

    width: int = WIDE


def readable_columns(handout: Handout) -> list[ReadableColumn]:
    """The incidents in words, in the order in which one asks, and after them the own-side objects."""
    objects = with_own_side(chronological(handout.incidents), chronological(handout.friendly))
    rows = list(objects.itertuples())
    others = [column for column in GIVEN if column.label and column.name not in TOLD]
    columns = [
        ReadableColumn(_("No."), "number", [handout.numbers.get(row.id) for row in rows], 6),
        _days(_("Date"), objects["date"]),
        _texts(_("State"), 14, [state_name(row.country) for row in rows]),
        _texts(_("Place"), WIDE, [row.place for row in rows]),
        _texts(_("What happened"), 18, [category_in_words(row) for row in rows]),
        _texts(_("Object"), 16, [word("object_type", row.object_type) for row in rows]),
        _texts(_("Model"), 18, [row.model for row in rows]),
        _texts(_("Number of objects"), 24, [objects_in_words(row) for row in rows]),
        _texts(_("Distance from border"), WIDE, [from_border_in_words(row) for row in rows]),
        _texts(_("Status"), WIDE, [status_in_words(row) for row in rows]),
        _texts(_("Summary"), 70, [row.summary for row in rows]),
        _days(_("Last day"), objects["last_day"].where(objects["last_day"] != objects["date"])),
        _texts(_("Date known to"), 24, [_precision(row.date_precision) for row in rows]),
        _texts(_("Time"), 26, [value_in_words(BY_NAME["started_at"], row.started_at) for row in rows]),
        _texts(_("Entered from"), 16, [state_name(row.entered_from) if row.entered_from else "" for row in rows]),
        _texts(_("Attributed to"), 16, [word("origin", row.origin) for row in rows]),
        _texts(_("Time inside"), 16, [time_inside_in_words(row) for row in rows]),
        *(
            _texts(column.label, WIDE, [value_in_words(column, getattr(row, column.name)) for row in rows])
            for column in others
        ),
        _texts(_("Airport affected"), WIDE, [row.airport_names for row in rows]),
        _texts(_("Nearest airport"), WIDE, [airport_in_words(row) for row in rows]),
        _texts(_("Nearest large town"), WIDE, [town_in_words(row) for row in rows]),
        _texts(_("Coordinates"), 20, [row.coordinates for row in rows]),
        _texts(_("MGRS"), 14, [row.mgrs for row in rows]),
        ReadableColumn(_("Location uncertainty, ± km"), "number", [*objects["location_accuracy_km"]], 22),
        _texts(_("Sources"), 44, [_publishers(row) for row in rows]),
        _texts(_("Part of event"), 24, [row.event for row in rows]),
        ReadableColumn(_("Reference"), "text", [row.id for row in rows], 30),
    ]
    # The first column stays, so that a view without incidents has a heading too.
    return [column for place, column in enumerate(columns) if place == 0 or any(map(_says, column.values))]


def _says(value: Any) -> bool:
    return value is not None and value != ""


def _texts(heading: str, width: int, values: list[str]) -> ReadableColumn:
    """Texts, each with a capital, as it stands alone in its cell."""
    return ReadableColumn(heading, "text", [text[:1].upper() + text[1:] for text in values], width)


def _days(heading: str, values: pd.Series) -> ReadableColumn:
    """Days as days, by which a spreadsheet can sort and filter."""
    return ReadableColumn(heading, "day", [None if pd.isna(value) else value.date() for value in values], 14)


def _precision(code: str) -> str:
    """The precision of a date, where that is not the day."""
    return "" if code == "day" else PRECISION_PHRASES[code]


def _publishers(row: Any) -> str:
    """The publishers of an incident's sources, official ones first, each once."""
    return listing(list(dict.fromkeys(publisher_in_words(source.publisher) for source in row.cited)))
