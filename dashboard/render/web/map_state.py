"""The state of the web map: everything on it that changes, as the one value that its script shows."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.figures import Figures
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.query.area import WHOLE_FLANK, Bounds
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.app6 import frame_sample, icon_sample
from dashboard.render.symbols.clustering import Cell
from dashboard.render.symbols.legend import Item, legend
from dashboard.render.symbols.mark_style import SIDES, Kind, kind_of, kinds_of, symbol_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import band_svg, circle_svg, drawing, line_svg, ring_svg
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.incident import figures_in_a_word, figures_in_words
from dashboard.render.web.briefing import BriefingState
from dashboard.render.web.focus import Corners, Focus, Point, Wish, corners_of, wish_of
from dashboard.render.web.map_columns import (
    CellColumns,
    MarkColumns,
    MarkKind,
    Shared,
    Track,
    categories_of,
    cell_columns,
    mark_columns,
    mark_kinds,
    shared_list,
    track_list,
)
from dashboard.render.web.timeline import TimelineState


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that the map is to show.

    selection
        Placed incidents to draw as marks.
    cells
        What is drawn in the stead of marks, where incidents are counted by cell.
    tracks
        Flight tracks; those of the selection are drawn.
    selected
        Id of the incident that is looked at, or empty.
    style
        Of the marks: empty for the plain one, or that of military symbols.
    timeline
        As :func:`dashboard.render.web.timeline.timeline_state` has it, or None for a map without one.
    figures
        None where they are not known.
    friendly
        Own-side objects, which stand beside the marks, join no cluster and are in no figure; None for none.
    briefing
        As :func:`dashboard.render.web.briefing.briefing_state` has it, or None outside of briefing mode.
    extent
        What holds all of the selection, or with no filter the whole flank.
    total
        How many incidents there are where they are counted by ``cells``, which are only those of the view; else 0.
    heading, earlier
        Where two periods are compared: the days of this map, and the scene of the map beside it.
    """

    selection: gpd.GeoDataFrame
    cells: Sequence[Cell]
    tracks: gpd.GeoDataFrame
    selected: str
    figures: Figures | None
    focus: Focus
    palette: Palette
    style: str = ""
    extent: Bounds = WHOLE_FLANK
    total: int = 0
    timeline: TimelineState | None = None
    heading: str = ""
    earlier: "Scene | None" = None
    friendly: gpd.GeoDataFrame | None = None
    briefing: BriefingState | None = None

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """All that is drawn as marks: the incidents, and after them the own-side objects."""
        return self.selection if self.friendly is None else with_own_side(self.selection, self.friendly)


class Surroundings(TypedDict):
    """Surroundings of the chosen incident: its accuracy, and the way to the border it crossed."""

    id: str
    at: Point
    category: str
    accuracy_m: float
    border: Point | None
    depth: str


class FigureBox(TypedDict):
    """A figure over the map; ``brief`` is the label that a narrow map has room for."""

    value: str
    label: str
    hint: str
    brief: str


class LegendLine(TypedDict):
    """A line of the legend; ``name`` tells it from the others."""

    symbol: str
    label: str
    name: str


class MapContent(TypedDict):
    """Contents of one of two maps, or of the only one."""

    kinds: list[MarkKind]
    marks: MarkColumns
    side: float
    cells: CellColumns
    total: int
    tracks: list[Track]
    shared: list[Shared]
    selected: Surroundings | None
    figures: list[FigureBox]
    heading: str


class MapState(MapContent):
    """Everything on the map that changes; of two maps ``compared`` has what is on the second."""

    palette: dict[str, Any]
    words: dict[str, str]
    view: Wish
    extent: Corners
    legend: list[LegendLine]
    timeline: TimelineState | None
    briefing: BriefingState | None
    compared: MapContent | None


def state_of(scene: Scene, kinds: Sequence[Kind] = ()) -> MapState:
    """A scene as ``map.js`` shows it; ``kinds`` are those that its list of kinds begins with."""
    palette, both = scene.palette, [scene, scene.earlier] if scene.earlier else [scene]
    selection = pd.concat([one.objects for one in both]).drop_duplicates("id") if scene.earlier else scene.objects
    cells = [cell for one in both for cell in one.cells]
    drawn = scene.tracks[scene.tracks["incident_id"].isin(selection["id"])]
    return {
        "palette": asdict(palette),
        "words": {
            "cluster": _("{count} incidents, open"),
            "legend": _("Legend"),
            "shared": _("{count} at one point, within {distance}"),
            "shared_why": _("No report places them more closely."),
        },
        "view": wish_of(scene.focus),
        "extent": corners_of(scene.extent),
        **_content(scene, kinds),
        "legend": legend_lines(
            kinds_of(selection, scene.style),
            cells,
            categories_of(drawn, selection),
            focus=scene.selected in set(selection["id"]),
            shared=any(shared_list(one.selection) for one in both),
            palette=palette,
        ),
        "timeline": scene.timeline,
        "briefing": scene.briefing,
        "compared": _content(scene.earlier) if scene.earlier else None,
    }


def without_screen(state: MapState) -> dict[str, object]:
    """The part of a state that differs from view to view of the same screen."""
    return {name: value for name, value in state.items() if name not in ("palette", "words", "compared")}


def _content(scene: Scene, first: Sequence[Kind] = ()) -> MapContent:
    """The contents of one of two maps, or of the only one."""
    selection, figures = scene.objects, _figures(scene)
    looked_at = selection[selection["id"] == scene.selected]
    kinds = list(dict.fromkeys([*first, *kinds_of(selection, scene.style)]))
    return {
        "kinds": mark_kinds(kinds, scene.palette),
        "marks": mark_columns(selection, scene.style, kinds),
        "side": SIDES[scene.style],
        "cells": cell_columns(scene.cells),
        "total": scene.total,
        "tracks": track_list(scene.tracks, selection),
        "shared": shared_list(scene.selection),
        "selected": surroundings(looked_at.iloc[0]) if len(looked_at) else None,
        "figures": figures[:2] if scene.heading else figures,  # half a map has room for two
        "heading": scene.heading,
    }


def _figures(scene: Scene) -> list[FigureBox]:
    """The figures; the first says how many own-side objects are beside what it counts, on a line of its own."""
    if not scene.figures:
        return []
    (value, label, hint), *others = figures_in_words(scene.figures)
    if scene.friendly is not None and len(scene.friendly):
        objects = own_side_in_words(scene.friendly)
        count = len(scene.friendly)
        aside = ngettext("and {count} own-side object", "and {count} own-side objects", count)
        label = _("{label}\n{aside}").format(label=label, aside=aside.format(count=number(count)))
        hint = _("{hint} In no figure: {objects}.").format(hint=hint, objects=objects)
    short = figures_in_a_word(scene.figures)
    return [
        {"value": value, "label": label, "hint": hint, "brief": brief}
        for (value, label, hint), brief in zip([(value, label, hint), *others], short, strict=True)
    ]


def surroundings(row: Any) -> Surroundings:
    """Surroundings of an incident, as they are drawn when it is chosen."""
    deep = is_established(row.depth_km, row.location_accuracy_km)
    return {
        "id": row.id,
        "at": (row.latitude, row.longitude),
        "category": kind_of(row).category,
        "accuracy_m": row.location_accuracy_km * 1000,
        "border": (row.border_latitude, row.border_longitude) if deep else None,
        "depth": depth_in_words(row) if deep else "",
    }


def legend_lines(
    kinds: Sequence[Kind], cells: Sequence[Cell], flown: Iterable[str], *, focus: bool, shared: bool, palette: Palette
) -> list[LegendLine]:
    """The lines of the legend.

    Parameters
    ----------
    kinds, cells
        What is drawn one by one, and what is counted.
    flown
        Category of the incident of each flight track.
    focus
        Whether an incident is looked at, whose accuracy is drawn.
    shared
        Whether several incidents are placed at one point, whose accuracy is drawn where it is opened.
    """
    counted = {c for cell in cells for c, count in zip(CATEGORIES, cell.by_category, strict=True) if count}
    # Whether marks come together to clusters depends on the zoom: the browser hides the line of clusters, those of a
    # status, frame or icon whose marks are all in clusters, where one sees the category alone, and that of a depth if
    # none; that of an accuracy; and one of the two lines of flight tracks, which have bands or are too small for them.
    drawn, flown = {*kinds, *map(Kind, counted)}, list(flown)
    return [
        {"symbol": _sample(item, palette), "label": item.label, "name": item.name}
        for item in legend(drawn, clusters=True, tracks=flown, bands=flown, accuracy=focus or shared, depth=focus)
    ]


def _sample(item: Item, palette: Palette) -> str:
    kind = item.kind
    drawn = {
        "symbol": lambda: symbol_of(kind, palette, 20),
        "frame": lambda: drawing(frame_sample(kind.identity, palette), 24),
        "icon": lambda: drawing(icon_sample(kind.object_type, palette), 24),
        "cluster": lambda: ring_svg(palette, 20),
        "accuracy": lambda: circle_svg(palette.muted, 20),
        "flank": lambda: line_svg(palette.flank, 3, casing=palette.casing),
        "flank_sea": lambda: line_svg(palette.flank, 1.5, "6 4"),
        "track": lambda: line_svg(palette.categories.get(kind.category, palette.muted), 2, "5 4"),
        "band": lambda: band_svg(palette.categories.get(kind.category, palette.muted), palette.band),
        "depth": lambda: line_svg(palette.ink, 1.5, "1 4"),
    }
    return drawn[item.sample]()
