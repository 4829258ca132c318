"""Parameters of the API as OpenAPI describes them: the names of the page's address, and the part of the rows."""

from typing import Any

from dashboard.api import features
from dashboard.api.asked import LIMIT, LONGEST, MOST, OFFSET
from dashboard.api.changes import BEFORE, CHANGES, INTERVAL_S, MOST_CHANGES
from dashboard.api.features import BBOX, DATETIME
from dashboard.api.ogc import FORMAT
from dashboard.core.query.filter import ALLOWED
from dashboard.core.query.view import APP6, CHARTS, EVENTS, EVERY, FOREIGN, GROUP_NAMES, NAMES, OFF
from dashboard.language import _

Parameter = dict[str, Any]
DAY = {"type": "string", "format": "date"}
WORDS = {
    "country": _("State whose airspace it was, ISO 3166-1 alpha-2."),
    "category": _("What happened."),
    "object": _("What it was."),
    "origin": _("State to which it is attributed, or none."),
    "status": _("Status of the report."),
    "payload": _("What it carried."),
    "side": _("Whose it was."),
    "evidence": _("Whether a source is an authority's own page."),
    "date_basis": _("What the date is that of."),
    "noticed_by": _("Who noticed it first."),
    "from": _("First day."),
    "to": _("Last day."),
    "contraband": _("no: without incidents that carried contraband."),
    "q": _("Words, and phrases in quotes, that must all occur in what a card says."),
    "event": _("ID of the event whose incidents are asked for."),
    "since": _("Moment since which an incident must have been added or corrected, named as in as_of."),
    "as_of": _("The data as they were at the end of a day, at an instant, or in a release."),
    "title": _("Title of the file."),
    "finding": _("Key message of the file, in one sentence."),
    "marking": _("Handling marking of the file in the place of the server's."),
}
SCHEMAS: dict[str, Any] = {
    "from": DAY,
    "to": DAY,
    "contraband": {"enum": ["no"]},
    "symbols": {"enum": [APP6]},
    "airports": {"enum": [OFF]},
    "chart": {"enum": [*CHARTS]},
    "count": {"enum": [EVENTS]},
    **{name: {"type": "string", "maxLength": longest} for name, longest in LONGEST.items()},
}
OF_THE_PAGE = _("of the page's address, which limit nothing.")


def parameter(name: str, words: str, schema: dict[str, Any]) -> Parameter:
    """Describe a parameter of the query."""
    return {"name": name, "in": "query", "description": words, "schema": schema}


def view_parameters() -> list[Parameter]:
    """The parameters of a view: groups of options, which may be repeated, first."""
    groups = [
        parameter(name, WORDS[name], {"type": "array", "items": {"enum": sorted(ALLOWED[group])}})
        for group, name in GROUP_NAMES.items()
    ]
    others = [
        parameter(name, WORDS.get(name, OF_THE_PAGE), SCHEMAS.get(name, {"type": "string"}))
        for name in (*NAMES, *FOREIGN)
        if name not in GROUP_NAMES.values()
    ]
    return [*groups, *others]


def _whole(name: str, words: str, least: int, most: int, **more: int) -> Parameter:
    return parameter(name, words, {"type": "integer", "minimum": least, "maximum": most, **more})


LIMIT_OF_CHANGES = _whole(LIMIT, _("Most changes of the answer."), 1, MOST_CHANGES, default=CHANGES)
BEFORE_CHANGE = _whole(BEFORE, _("Only changes before the one with this number."), 1, MOST)


def link_parameters() -> list[Parameter]:
    """The parameters of a link for a globe: a view, and after how many seconds it is read again."""
    every = _whole(EVERY, _("Seconds after which the incidents are read again; without it, once."), *INTERVAL_S)
    return [every, *(one for one in view_parameters() if one["name"] != EVERY)]


def part_parameters() -> list[Parameter]:
    """The parameters that ask for a part of the rows."""
    return [
        _whole(LIMIT, _("Most rows of the answer; without it, all."), 1, MOST),
        _whole(OFFSET, _("Rows that are passed over."), 0, MOST, default=0),
    ]


FORM = parameter(FORMAT, _("Form of the answer."), {"enum": ["json", "geojson"]})
ID: Parameter = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": _("ID of the incident."),
    "schema": {"type": "string"},
}


def feature_parameters() -> list[Parameter]:
    """The parameters of OGC API - Features (7.15.2 to 7.15.5)."""
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    area = parameter(BBOX, _("West, south, east and north in degrees, WGS 84."), numbers)
    when = _("Instant, or two with a stroke between; of an incident, the days on which it was are asked.")
    return [
        _whole(LIMIT, _("Most features of the answer."), 1, features.MOST, default=features.LIMIT),
        _whole(OFFSET, _("Features that are passed over."), 0, MOST, default=0),
        area | {"style": "form", "explode": False},
        parameter(DATETIME, when, {"type": "string"}),
        FORM,
    ]
