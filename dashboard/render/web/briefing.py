"""Briefing mode: what stands around the map before an audience, and the saved views to step through."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypedDict

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.incidents.columns import INTRUDING
from dashboard.core.query.view import View
from dashboard.language import LOCALE, _
from dashboard.render.charts.projected import ChartState
from dashboard.render.symbols.mark_style import kind_of, symbol_of
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.age import age_in_words
from dashboard.render.text.handout import as_handed_out
from dashboard.render.text.headings import title_of
from dashboard.render.text.incident import category_in_words, fields_in_words, place_in_words, when_in_words
from dashboard.render.text.instants import instant_in_words

# Of the fields of an incident, those that an audience can take in.
FIELDS = (
    _("Entered from"),
    _("Attributed to"),
    _("Distance from border"),
    _("Location confidence"),
    _("Payload"),
    _("Nearest large town"),
)


class Field(TypedDict):
    """A field of an incident's card."""

    label: str
    text: str


class CardState(TypedDict):
    """The card of the incident that is looked at."""

    symbol: str
    kind: str
    place: str
    when: str
    story: str
    fields: list[Field]


class MarkingState(TypedDict):
    """A handling marking and its colours."""

    text: str
    ink: str
    ground: str


class BriefingState(TypedDict):
    """The surroundings of the map before an audience; see :func:`briefing_state`."""

    title: str
    sentence: str
    finding: str
    cutoff: str
    age: str
    marking: MarkingState | None
    card: CardState | None
    chart: ChartState | None
    views: list[str]
    index: int
    notes: str
    ahead: dict[int, dict[str, object]]
    alarms: list[str]
    every: int
    tick: int
    locale: str
    words: dict[str, Any]


def briefing_state(
    dataset: Dataset,
    view: View,
    selection: Selection,
    palette: Palette,
    *,
    chart: ChartState | None = None,
    titles: Sequence[str] = (),
    index: int = 0,
    notes: str = "",
    ahead: Mapping[int, dict[str, object]] | None = None,
    alarms: Sequence[str] = (),
    every_s: int = 0,
    tick: int = 0,
) -> BriefingState:
    """The state that ``briefing.js`` shows.

    Parameters
    ----------
    chart
        The chart that stands in the place of the map, or None for the map.
    titles
        Of the saved views, in their order.
    index
        Which of them is shown, from 1; 0 for none.
    ahead
        By index, the states of views that are likely to be shown next.
    alarms
        Warnings that nobody may miss.
    every_s
        Seconds after which a wall steps by itself; 0 for a briefing.
    tick
        Grows with each answer, so that a wall knows that it was answered.
    """
    handed = as_handed_out(dataset, view)
    ink, ground = marking_colours(handed.marking)
    chosen = dataset.object(view.selected)
    event = dataset.title_of_event(view.filter.event)
    return {
        "title": chart["headline"] if chart else title_of(view, selection.states, event),
        "sentence": dataset.sentence(view, len(selection)),
        "finding": view.finding,
        "cutoff": _("Information as of {time}").format(time=instant_in_words(dataset.about.cutoff, view)),
        "age": age_in_words(dataset, datetime.now(UTC)),
        "marking": {"text": handed.marking, "ink": ink, "ground": ground} if handed.marking else None,
        "card": _card(chosen.iloc[0], palette) if len(chosen) and not chart else None,
        "chart": chart,
        "views": list(titles),
        "index": index,
        "notes": notes,
        "ahead": dict(ahead or {}),
        "alarms": list(alarms),
        "every": every_s,
        "tick": tick,
        "locale": str(LOCALE).replace("_", "-"),
        "words": _words(),
    }


def _card(row: Any, palette: Palette) -> CardState:
    asked = FIELDS if row.side == INTRUDING else (*FIELDS, _("Side"))
    fields: list[Field] = [{"label": label, "text": text} for label, text in fields_in_words(row) if label in asked]
    return {
        "symbol": symbol_of(kind_of(row), palette, 22),
        "kind": category_in_words(row),
        "place": place_in_words(row),
        "when": when_in_words(row, of_week=True),
        "story": row.summary,
        "fields": fields,
    }


def _words() -> dict[str, Any]:
    return {
        "next": _("Next view (→)"),
        "back": _("Previous view (←)"),
        "overview": _("All views (O)"),
        "dates": _("Timeline (T)"),
        "dates_short": _("Dates"),
        "leave": _("Exit (Esc)"),
        "caveat": _("Read with care"),
        "silent": _("No answer from the server since {time}. The map shows what was known then."),
        "notes_window": {
            "title": _("Notes"),
            "none": _("No notes for this view."),
            "next": _("Next: {title}"),
        },
    }
