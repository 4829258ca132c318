"""The table of the page to take away: its columns, and what each incident has in them."""

from collections.abc import Mapping
from typing import Any, TypedDict

import geopandas as gpd

from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, number, state_name
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.incident import (
    OWN_SIDE,
    category_in_words,
    what_in_words,
    when_in_words,
)

LAST = 2**53  # an own-side object stands after every number where rows are sorted by it


class Table(TypedDict):
    """The table by columns, in the order of the incidents: texts, and what some are sorted by in the stead of them."""

    text: dict[str, list[str]]
    order: dict[str, list[Any]]


def table_columns() -> dict[str, str]:
    """The heads of the table by the names of its columns."""
    return {
        "number": _("No."),
        "date": _("Date"),
        "place": _("Place"),
        "state": _("State"),
        "coordinates": _("Coordinates"),
        "what": _("What"),
        "object": _("Object"),
        "from": _("Entered from"),
        "status": _("Status"),
        "depth": _("From border"),
        "sources": _("Sources"),
    }


def table_of(told: gpd.GeoDataFrame, numbers_of: Mapping[str, int]) -> Table:
    """The rows of incidents, and of own-side objects, which have no number."""
    rows = list(told.itertuples())
    numbers = [numbers_of.get(row.id) for row in rows]
    established = [is_established(row.depth_km, row.location_accuracy_km) for row in rows]
    sources = [len(row.sources) for row in rows]
    return {
        "text": {
            "number": [str(its_number) if its_number else OWN_SIDE for its_number in numbers],
            "date": [when_in_words(row) for row in rows],
            "place": [row.place for row in rows],
            "state": [state_name(row.country) for row in rows],
            "coordinates": [_("{degrees} · {mgrs}").format(degrees=row.coordinates, mgrs=row.mgrs) for row in rows],
            "what": [category_in_words(row) for row in rows],
            "object": [what_in_words(row) for row in rows],
            "from": [state_name(row.entered_from) if row.entered_from else "–" for row in rows],
            "status": [word("status", row.status) for row in rows],
            "depth": [depth_in_words(row, short=True) for row in rows],
            "sources": [number(count) for count in sources],
        },
        "order": {
            "number": [its_number or LAST for its_number in numbers],
            "date": [row.date.isoformat() for row in rows],
            "depth": [row.depth_km if known else -1 for row, known in zip(rows, established, strict=True)],
            "sources": sources,
        },
    }
