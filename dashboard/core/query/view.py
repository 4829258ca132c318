"""The view: a filter, an area and the words of a heading, immutable, to and from a query string."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.core.incidents.tlp import LONGEST, spelt_out
from dashboard.core.query.area import Viewport
from dashboard.core.query.as_of import is_moment
from dashboard.core.query.filter import ALLOWED, GROUPS, Filter
from dashboard.core.query.periods import Period, read_period
from dashboard.language import _, day

GROUP_NAMES = {
    "countries": "country",
    "categories": "category",
    "objects": "object",
    "origins": "origin",
    "statuses": "status",
    "payloads": "payload",
    "sides": "side",
    "evidence": "evidence",
    "bases": "date_basis",
    "observers": "noticed_by",
}
# The words of a heading, each with its longest length in characters.
HEADINGS = {"title": 120, "finding": 240, "marking": LONGEST}
SHEET = "sheet"  # in a query: the sheet that the link comes from
# In a query: what the link opens beside the view. The page of the app; briefing mode, which saved view of it, and
# whether it is a wall that steps by itself and after how many seconds; the look; and the import that is gone on with.
PAGE, PRESENT, STEP, WALL, EVERY, THEME = "page", "present", "step", "wall", "every", "look"
DRAFT = "draft"
SCREEN = (PAGE, PRESENT, STEP, WALL, EVERY, THEME, DRAFT)
AREA = "area"  # in a query: west, south, east and north of the viewport
_CENTRE = ("lat", "lon", "zoom")  # what named the place before there were areas; still read
AS_OF = "as_of"  # in a query: the moment of the data
EVENT = "event"  # in a query: the event whose incidents are shown
_OWN = (
    "from", "to", "q", EVENT, AREA, *_CENTRE, "id", "compare", "since", AS_OF, "symbols", "airports", "contraband",
    "chart", "count",
)  # fmt: skip
FOREIGN = ("embed", "embed_options")  # query names that belong to Streamlit itself
NAMES = (*GROUP_NAMES.values(), *_OWN, *HEADINGS, SHEET, *SCREEN)
# The charts, as an address names them, with their names; and what they can count beside incidents.
CHARTS = {
    "categories": _("What happened, by month"),
    "years": _("Years compared"),
    "statuses": _("Confirmed and not"),
    "states": _("States, by month"),
    "objects": _("Objects, by month"),
    "depths": _("Distances from border"),
    "crashes": _("Distances of crash sites from border"),
    "hours": _("Times of day"),
    "origins": _("Attribution"),
}
EVENTS = "events"
APP6 = "app6"  # the style of military symbols
OFF = "off"  # a layer that is not shown
PREVIOUS = "previous"  # compare with the days before, as many as are shown


@dataclass(frozen=True)
class View:
    """All that is asked of the map.

    viewport
        None shows all that the filter lets pass.
    selected
        The incident that is looked at, or empty.
    compare
        Days to compare with: a period, ``previous`` for as many days as the filter shows just before them, or None.
    since
        The moment since which there must have been a change, or empty: a day, whose own changes count, an instant, or
        the name of a release.
    as_of
        The moment of the data: a day, of which the end counts, an instant, or the name of a release; empty for the data
        as they are now.
    symbols
        The style of the marks: ``app6`` for military symbols, or empty.
    airports
        Whether airports are on the map.
    chart, counted
        The chart that is shown in the place of the map, or empty; ``events`` where it counts those, or empty.
    title, finding, marking
        Heading, what there is to say in a sentence, and handling marking; empty for none of one's own. A TLP label is
        spelt in full, however it was written.
    """

    filter: Filter = field(default_factory=Filter)
    viewport: Viewport | None = None
    selected: str = ""
    compare: Period | str | None = None
    since: str = ""
    as_of: str = ""
    symbols: str = ""
    airports: bool = True
    chart: str = ""
    counted: str = ""
    title: str = ""
    finding: str = ""
    marking: str = ""

    def __post_init__(self) -> None:
        if isinstance(self.compare, str) and self.compare != PREVIOUS:
            raise ValueError(f"compare {self.compare!r} is neither a period nor {PREVIOUS!r}")
        if isinstance(self.compare, Period) and not (self.compare.start >= FIRST_DAY and self.compare.end <= LAST_DAY):
            raise ValueError(f"compare {self.compare} has days that are not from {FIRST_DAY} to {LAST_DAY}")
        for name in ("since", AS_OF):
            if (moment := getattr(self, name)) and not is_moment(moment):
                raise ValueError(f"{name} {moment!r} is no day, no instant with its time zone and no release")
        if self.symbols not in ("", APP6):
            raise ValueError(f"symbols {self.symbols!r} is neither empty nor {APP6!r}")
        if self.chart not in ("", *CHARTS):
            raise ValueError(f"chart {self.chart!r} is not one of {tuple(CHARTS)}")
        if self.counted not in ("", EVENTS):
            raise ValueError(f"counted {self.counted!r} is neither empty nor {EVENTS!r}")
        for name, longest in HEADINGS.items():
            words = one_line(getattr(self, name))
            if len(words) > longest:
                raise ValueError(f"{name} has {len(words)} characters, more than {longest}")
            object.__setattr__(self, name, words)
        object.__setattr__(self, "marking", spelt_out(self.marking))

    def query(self) -> dict[str, list[str]]:
        """The view as names and values of a query, only those that ask for something."""
        query = {GROUP_NAMES[group]: list(getattr(self.filter, group)) for group in GROUPS}
        query["from"] = [self.filter.start.isoformat()] if self.filter.start else []
        query["to"] = [self.filter.end.isoformat()] if self.filter.end else []
        query["contraband"] = ["no"] if self.filter.without_contraband else []
        query["q"] = [self.filter.text] if self.filter.text else []
        query[EVENT] = [self.filter.event] if self.filter.event else []
        if self.viewport:
            query[AREA] = [",".join(f"{degrees:.4f}".rstrip("0").rstrip(".") for degrees in self.viewport.bounds)]
        query["id"] = [self.selected] if self.selected else []
        query["compare"] = [str(self.compare)] if self.compare else []
        query["since"] = [self.since] if self.since else []
        query[AS_OF] = [self.as_of] if self.as_of else []
        query["symbols"] = [self.symbols] if self.symbols else []
        query["airports"] = [] if self.airports else [OFF]
        query["chart"] = [self.chart] if self.chart else []
        query["count"] = [self.counted] if self.counted else []
        query |= {name: [getattr(self, name)] for name in HEADINGS if getattr(self, name)}
        return {name: values for name, values in query.items() if values}

    def query_string(self) -> str:
        """The view as it stands in an address."""
        return urlencode(self.query(), doseq=True, safe=",")


def one_line(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def parse_query_string(text: str) -> tuple[View, list[str]]:
    """Read a query string, or the address that it stands in; see :func:`parse_query`."""
    return parse_query(query_of(text))


def query_of(text: str) -> dict[str, list[str]]:
    """The names and values of a query string, or of the one in an address."""
    before, mark, query = text.strip().partition("?")
    is_address = mark and "=" not in before
    return parse_qs(query.partition("#")[0] if is_address else text.strip(), keep_blank_values=True)


def parse_query(query: Mapping[str, Sequence[str]]) -> tuple[View, list[str]]:
    """Read a view from the names and values of a query.

    Returns
    -------
    The view, and a sentence for each name or value that is not in it because it is not known.
    """
    notices = [
        _("The address asks for {name}, which is not known.").format(name=repr(name[:60]))
        for name in query
        if name not in (*NAMES, *FOREIGN)
    ]
    groups: dict[str, Any] = {}
    for group, name in GROUP_NAMES.items():
        codes = {code.casefold(): code for code in ALLOWED[group]}
        values = [value for value in query.get(name, ()) if value.strip()]
        groups[group] = tuple(codes[asked] for value in values if (asked := value.strip().casefold()) in codes)
        notices += [_unknown(name, value) for value in values if value.strip().casefold() not in codes]
    start, end = (_date(name, query, notices) for name in ("from", "to"))
    if start and end and start > end:
        notices.append(
            _("The address asks for days from {start} to {end}, which is backwards.").format(
                start=day(start), end=day(end)
            )
        )
        start = end = None
    without = _without_contraband(query, notices)
    text = one_line(" ".join(query.get("q", ())))
    event = one_line(_last(query, EVENT))
    filter_ = Filter(**groups, start=start, end=end, without_contraband=without, text=text, event=event)
    headings = {name: _heading(name, longest, query, notices) for name, longest in HEADINGS.items()}
    return View(
        filter_,
        _viewport(query, notices),
        one_line(_last(query, "id")),
        _compare(query, notices),
        _one("since", is_moment, query, notices),
        _one(AS_OF, is_moment, query, notices),
        _one("symbols", (APP6,).__contains__, query, notices),
        _airports(query, notices),
        _one("chart", CHARTS.__contains__, query, notices),
        _one("count", (EVENTS,).__contains__, query, notices),
        **headings,
    ), notices


def _heading(name: str, longest: int, query: Mapping[str, Sequence[str]], notices: list[str]) -> str:
    words = one_line(_last(query, name))
    if len(words) <= longest:
        return words
    notices.append(
        _("The address asks for a {name} of {length} characters, more than {longest}.").format(
            name=name, length=len(words), longest=longest
        )
    )
    return ""


def _last(query: Mapping[str, Sequence[str]], name: str) -> str:
    return query[name][-1] if query.get(name) else ""


def _unknown(name: str, value: str) -> str:
    value = one_line(value)[:60]
    return _("The address asks for {name}={value}, which is not known.").format(name=name, value=value)


def _date(name: str, query: Mapping[str, Sequence[str]], notices: list[str]) -> date | None:
    text = _last(query, name).strip()
    try:
        asked = date.fromisoformat(text) if text else None
    except ValueError:
        notices.append(_unknown(name, text))
        return None
    if asked and not FIRST_DAY <= asked <= LAST_DAY:
        notices.append(_no_such_day(name, text))
        return None
    return asked


def _no_such_day(name: str, text: str) -> str:
    message = _("The address asks for {name}={text}; the data can have days from {first} to {last}.")
    return message.format(name=name, text=text, first=day(FIRST_DAY), last=day(LAST_DAY))


def _compare(query: Mapping[str, Sequence[str]], notices: list[str]) -> Period | str | None:
    text = _last(query, "compare")
    try:
        if text in ("", PREVIOUS):
            return text or None
        period = read_period(text)
    except ValueError:
        notices.append(_unknown("compare", text))
        return None
    if period.start < FIRST_DAY or period.end > LAST_DAY:
        notices.append(_no_such_day("compare", text))
        return None
    return period


def _one(name: str, is_known: Callable[[str], object], query: Mapping[str, Sequence[str]], notices: list[str]) -> str:
    text = _last(query, name).strip()
    if not text or is_known(text):
        return text
    notices.append(_unknown(name, text))
    return ""


def _airports(query: Mapping[str, Sequence[str]], notices: list[str]) -> bool:
    text = _last(query, "airports")
    if text not in ("", OFF):
        notices.append(_unknown("airports", text))
    return text != OFF


def _without_contraband(query: Mapping[str, Sequence[str]], notices: list[str]) -> bool:
    text = _last(query, "contraband")
    if text not in ("", "no"):
        notices.append(_unknown("contraband", text))
    return text == "no"


def _viewport(query: Mapping[str, Sequence[str]], notices: list[str]) -> Viewport | None:
    asked = {name: _last(query, name) for name in (AREA, *_CENTRE)}
    asked = {name: text for name, text in asked.items() if text}
    if not asked:
        return None
    try:
        if AREA in asked:
            west, south, east, north = (float(text) for text in asked[AREA].split(","))
            return Viewport(west, south, east, north)
        latitude, longitude, zoom = (float(asked.get(name, "")) for name in _CENTRE)
        return Viewport.around(latitude, longitude, zoom)
    except ValueError:
        place = ", ".join(f"{name}={text[:60]}" for name, text in asked.items())
        notices.append(_("The address asks for the place {asked}, which is not on the map.").format(asked=place))
        return None
