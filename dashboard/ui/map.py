"""The map on the page: what streamlit-folium is given, and what it reports of clicks and moves."""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import geopandas as gpd
import numpy as np
from streamlit_folium import st_folium

from dashboard.core.analysis.comparison import Comparison, in_days
from dashboard.core.analysis.extent import extent_of, extent_of_all
from dashboard.core.analysis.figures import figures
from dashboard.core.analysis.timeline import timeline
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.area import WHOLE_FLANK
from dashboard.core.query.periods import Period
from dashboard.core.query.view import View
from dashboard.errors import DashboardError
from dashboard.language import _, short_days
from dashboard.render.charts.projected import ChartState, chart_of, chart_state
from dashboard.render.symbols.clustering import MOST_MARKS, Cell, cells
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.age import alarm_in_words
from dashboard.render.text.headings import title_of
from dashboard.render.web.briefing import BriefingState, briefing_state
from dashboard.render.web.focus import Focus
from dashboard.render.web.folium_map import base_map, changing
from dashboard.render.web.map_state import Scene, state_of, without_screen
from dashboard.render.web.timeline import TimelineState, timeline_state
from dashboard.ui import screen, sight, state
from dashboard.ui.data import alarm
from dashboard.ui.escaping import for_visitors
from dashboard.ui.session import session
from dashboard.ui.widgets import value_of

KEY = "map"
_log = logging.getLogger(__name__)
BESIDE = timedelta(days=60)  # that the timeline shows beyond what is known, where only such days are chosen
HEIGHT = 600  # pixels, which streamlit-folium asks for; the style sheet makes the map fill its place


def show_map(
    dataset: Dataset, selection: Selection, view: View, comparison: Comparison | None, palette: Palette
) -> None:
    """Draw the map, or where two periods are compared one of each."""
    scene = replace(_scene(dataset, selection, view, palette), timeline=_bars(dataset, selection, view, comparison))
    if comparison:
        earlier = _scene(dataset, comparison.earlier, view, palette)
        days, before = (short_days(part.start, part.end) for part in (comparison.days, comparison.earlier_days))
        both = extent_of_all([selection, comparison.earlier], view.selected)
        own = dataset.own_side(in_days(view, comparison.earlier_days))
        earlier = replace(earlier, heading=before, friendly=own)
        scene = replace(scene, heading=days, earlier=earlier, extent=both)
    _draw(dataset, scene)


def present_map(dataset: Dataset, view: View, palette: Palette) -> None:
    """Draw the map of a briefing or a wall; where its view cannot be shown it says so, and can be left for the next."""
    try:
        selection = dataset.select(view)
        view = sight.follow(dataset, view, selection)
        scene = replace(
            _scene(dataset, selection, view, palette),
            timeline=_bars(dataset, selection, view, None),
            briefing=_briefing(dataset, selection, view, palette),
        )
    except Exception as error:
        _log.exception("A view could not be presented: %s", view.query_string())
        scene = _not_shown(dataset, view, palette, error)
    _draw(dataset, scene)


def _not_shown(dataset: Dataset, view: View, palette: Palette, error: Exception) -> Scene:
    """The map without any incident, and what there is to say of a view that could not be shown."""
    titles, step = [title_of(saved.view) for saved in screen.saved()[0].views], session().step
    number_ = step if step <= len(titles) else 0
    message = _("View {number}, “{title}”, could not be shown.") if number_ else _("“{title}” could not be shown.")
    message = message.format(number=number_, title=title_of(view))
    reason = for_visitors(error) if isinstance(error, DashboardError) else _("See the server log.")
    none = dataset.everything.limited("none", "false")
    empty = View(title=view.title, marking=view.marking)
    around = briefing_state(
        dataset,
        empty,
        none,
        palette,
        titles=titles,
        index=number_,
        alarms=[_("{message} {reason}").format(message=message, reason=reason)],
        every_s=session().every_s,
        tick=session().tick,
    )
    return Scene(none.rows, [], dataset.tracks, "", None, _focus(), palette, briefing=around | {"sentence": ""})


def _draw(dataset: Dataset, scene: Scene) -> None:
    st_folium(
        base_map(),
        key=KEY,
        height=HEIGHT,
        use_container_width=True,
        feature_group_to_add=changing(replace(scene, session=session().name)),
        returned_objects=["last_active_drawing"],
        on_change=lambda: _take_up(dataset),
    )


def _scene(dataset: Dataset, selection: Selection, view: View, palette: Palette, focus: Focus | None = None) -> Scene:
    """A selection as marks, or where it is too many for that as cells, the chosen incident always as a mark."""
    counts = None if dataset.unreadable or view.filter.unknown_in_words(dataset.known) else figures(selection)
    many = len(selection) > MOST_MARKS
    several, drawn = _cells(selection, view.selected) if many else ([], selection.rows)
    return Scene(
        drawn,
        several,
        dataset.tracks,
        view.selected,
        counts,
        focus or _focus(),
        palette,
        view.symbols,
        extent=extent_of(selection, view.selected),
        friendly=dataset.own_side(view),
        airports=view.airports,
        total=len(selection) if many else 0,
    )


def _cells(selection: Selection, selected: str) -> tuple[list[Cell], gpd.GeoDataFrame]:
    """A selection as cells, and the incidents that are marks beside them: the chosen one, and those alone in a cell."""
    several, alone = cells(selection.limited("others", "id <> $selected", selected=selected), *sight.frame())
    chosen = selection.with_id(selected).positions
    return several, selection.at(np.sort(np.append(alone, chosen)))


def _focus() -> Focus:
    return session().focus or Focus(session().turn, WHOLE_FLANK)


def _briefing(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> BriefingState:
    """The state of briefing mode: what stands around the map, and the saved views next to this one."""
    saved_views, problem = screen.saved()
    views, step = saved_views.views, session().step
    old = alarm_in_words(dataset, datetime.now(UTC))
    alarms = (problem, alarm(), " ".join(dataset.unreadable), old)
    show = partial(
        briefing_state,
        dataset,
        palette=palette,
        titles=[title_of(saved.view) for saved in views],
        alarms=[text for text in alarms if text],
        every_s=session().every_s,
        tick=session().tick,
    )
    ahead = {}
    for place in {step + 1, step - 1} & set(range(1, len(views) + 1)):
        saved = views[place - 1]
        if saved.view.as_of != dataset.as_of:
            continue  # other data, which are read when they are asked for
        try:
            rows = dataset.select(saved.view)
        except DashboardError:
            continue  # what there is to say of it is said when it is asked for
        focus = sight.opening(dataset, saved.view, rows, fly=True, ahead=1)
        scene = replace(
            _scene(dataset, rows, saved.view, palette, focus),
            timeline=_bars(dataset, rows, saved.view, None),
            briefing=show(
                view=saved.view,
                selection=rows,
                chart=_chart(dataset, rows, saved.view, palette),
                index=place,
                notes=saved.notes,
            ),
        )
        ahead[place] = without_screen(state_of(scene))
    index = step if step <= len(views) else 0
    return show(
        view=view,
        selection=selection,
        chart=_chart(dataset, selection, view, palette),
        index=index,
        notes=views[index - 1].notes if index else "",
        ahead=ahead,
    )


def _chart(dataset: Dataset, selection: Selection, view: View, palette: Palette) -> ChartState | None:
    """The chart of a view, in the place of the map."""
    asked = chart_of(dataset, view, selection)
    return chart_state(asked, view, dataset, palette) if asked else None


def _bars(dataset: Dataset, selection: Selection, view: View, comparison: Comparison | None) -> TimelineState:
    """The timeline of the chosen days among all days."""
    all_days = dataset.select(replace(view, filter=replace(view.filter, start=None, end=None)))
    chosen = timeline(selection)
    bars = chosen if all_days is selection else timeline(all_days)
    earlier = comparison.earlier_days if comparison else None
    return timeline_state(bars, chosen, dataset.known, _picked(view, dataset.known), earlier)


def _picked(view: View, known: Period) -> Period:
    """The chosen days, or where nothing is known of them a place beside those that are known."""
    if days := view.filter.days(known):
        return days
    nearest, farthest = known.start - BESIDE, known.end + BESIDE
    start = max(view.filter.start or nearest, nearest)
    end = min(view.filter.end or farthest, farthest)
    return Period(min(start, farthest), max(end, nearest))


def _take_up(dataset: Dataset) -> None:
    """Act on what the map has reported since the last time: clicks, chosen days, steps and moves.

    Of what was reported to an earlier session, which has ended since then, only the last counts.
    """
    drawing = (value_of(KEY) or {}).get("last_active_drawing") or {}
    events = drawing.get("properties", {}).get("events", [])
    ours = [event for event in events if event["session"] == session().name]
    heard = session().heard
    for event in [event for event in ours or events[-1:] if event["number"] > heard]:
        session().heard = event["number"]
        if days := event.get("days"):
            state.choose_days(dataset, *days)
        elif "present" in event:
            state.present(dataset, on=bool(event["present"]))
        elif "step" in event:
            state.step_to(int(event["step"]), dataset)
        elif "seen" in event:
            sight.take_up(event)
        elif "all" in event:
            sight.take_up_all(event["all"])
        else:
            state.select(str(event.get("id", "")))
