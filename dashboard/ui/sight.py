"""The area on which the map opens, and when the map follows a new question."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard.core.analysis.comparison import compare
from dashboard.core.analysis.extent import extent_of_all
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.area import USUAL_MAP, WHOLE_FLANK, Bounds, Viewport
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.render.web.focus import Focus, MarkedPlace
from dashboard.ui.session import session, update_view

LEAST_IN_SIGHT = 0.5  # of what a new filter selects; with less the map flies there


def follow(dataset: Dataset, view: View, selection: Selection) -> View:
    """Decide where the map looks, and give the view with the area that it still names.

    A view that was opened shows its area, or its incidents. After that the map stays still while the filter changes,
    unless less than half of what is selected would be in sight: then it flies to the selection, and the view names no
    area.
    """
    session_, question = session(), question_of(view)
    if session_.focus is None:
        focus = opening(dataset, view, *_shown(dataset, view, selection), fly=session_.fly)
        session_.focus = replace(focus, place=session_.place)
        session_.moved = question  # an area that is opened was chosen for what the view asks
    elif question != session_.question:
        shown = _shown(dataset, view, selection)
        if any(shown) and in_sight(shown, session_.seen or session_.focus.bounds) < LEAST_IN_SIGHT:
            look_at(None, fly=True)
            session_.focus = opening(dataset, replace(view, viewport=None), *shown, fly=True)
    session_.question = question
    return replace(view, viewport=session_.view.viewport)


def question_of(view: View) -> tuple[Any, ...]:
    """The parts of a view that decide which incidents are shown."""
    return view.filter, view.since, view.compare


def opening(dataset: Dataset, view: View, *shown: Selection, fly: bool, ahead: int = 0) -> Focus:
    """The area of a view that is opened: its own, else that of what is shown, without a filter the flank.

    With ``ahead`` it is a wish that the map is told so many wishes before.
    """
    turn = session().turn + ahead
    if area := view.viewport:
        return Focus(turn, area.bounds, clear=False, fly=fly)
    is_asked = view.filter != Filter() or view.since
    bounds = extent_of_all(shown, view.selected) if is_asked else WHOLE_FLANK
    return Focus(turn, bounds, fly=fly)


def in_sight(shown: Sequence[Selection], bounds: Bounds) -> float:
    """The share of the incidents of selections that lies within bounds; there must be one."""
    return sum(selection.count_within(bounds) for selection in shown) / sum(map(len, shown))


def look_at(area: Viewport | None, *, fly: bool = False, place: MarkedPlace | None = None) -> None:
    """Move the map to an area, or to where a view without one opens; and mark a place there."""
    update_view(viewport=area)
    session().place = place
    session().turn += 1
    session().fly = fly
    session().focus = session().seen = None


def take_up(event: dict[str, Any]) -> None:
    """Remember what is seen on the map; where its reader moved it there, that is the area of the view.

    A report from before the page last moved the map is ignored, and that of a frame which has no size yet.
    """
    session_ = session()
    if event.get("turn") != session_.turn or session_.focus is None:
        return
    try:
        area = _area(event["seen"])
    except ValueError:
        return  # another report comes with its size
    session_.seen, session_.zoom = area.bounds, float(event["zoom"])
    if event["moved"]:
        update_view(viewport=area)
        session_.moved = session_.question
        # For a map that is made anew. With the turn of before, the one that its reader moved stays as it is.
        session_.focus = replace(session_.focus, bounds=area.bounds, clear=False, fly=False)


def take_up_all(extent: Sequence[float]) -> None:
    """Remember that the reader had the map show all of the selection: the view names no area any more."""
    update_view(viewport=None)
    session_ = session()
    if session_.focus:
        west, south, east, north = extent
        session_.focus = replace(session_.focus, bounds=(west, south, east, north), clear=True, fly=False)


def was_moved(view: View) -> bool:
    """Tell whether the reader has moved the map, or opened an area, since the filter was last changed."""
    return bool(view.viewport) and session().moved == question_of(view)


def frame() -> tuple[Bounds, float]:
    """Bounds and zoom of the map; before it has reported any, those of the area that it is to show."""
    session_ = session()
    if session_.seen:
        return session_.seen, session_.zoom
    bounds = session_.focus.bounds if session_.focus else WHOLE_FLANK
    degrees = max(0.1, bounds[2] - bounds[0])
    return bounds, math.log2(USUAL_MAP[0] / 256 * 360 / degrees)


def _area(seen: Sequence[float]) -> Viewport:
    """The part of the earth that is seen; a map that is far away shows more than there is of it."""
    west, south, east, north = seen
    return Viewport(max(-180, west), max(-90, south), min(180, east), min(90, north))


def _shown(dataset: Dataset, view: View, selection: Selection) -> list[Selection]:
    """The selection that is on the map, or those that are on the two maps of a comparison."""
    comparison = compare(dataset, view) if view.compare and not session().present else None
    return [comparison.selection, comparison.earlier] if comparison else [selection]
