"""The state of the web map: everything on it that changes, as the one value that its script shows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, TypedDict

import geopandas as gpd
import numpy as np

from dashboard.core.analysis.figures import Figures
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.query.area import WHOLE_FLANK, Bounds
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.clustering import Cell
from dashboard.render.symbols.mark_style import SIDES, Kind, kind_of, kinds_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.incident import figures_in_a_word, figures_in_words
from dashboard.render.web.briefing import BriefingState
from dashboard.render.web.focus import Corners, Focus, Point, Wish, corners_of, wish_of
from dashboard.render.web.legend_lines import LegendLine, legend_lines
from dashboard.render.web.map_columns import (
    CellColumns,
    MarkColumns,
    MarkKind,
    Shared,
    Track,
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
    airports
        Whether airports are shown.
    context
        Incidents that are drawn pale beside the selection, and stand for nothing but themselves; None for none.
    picking
        For a form, in which a click sets a place: ``mark``, or ``place`` as long as it is not said what happened there;
        then there is no legend.
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
    session
        That of the page which the map reports to, empty for a map without one.
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
    airports: bool = True
    session: str = ""
    picking: str = ""
    context: gpd.GeoDataFrame | None = None

    @property
    def marked(self) -> list[gpd.GeoDataFrame]:
        """All that is drawn as marks: the incidents, and after them the own-side objects."""
        return [self.selection] if self.friendly is None or self.friendly.empty else [self.selection, self.friendly]

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kind of each mark."""
        return [kind for part in self.marked for kind in kinds_of(part, self.style)]


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
    airports: bool
    session: str
    picking: str
    context: MarkColumns | None
    compared: MapContent | None


def state_of(scene: Scene, kinds: Sequence[Kind] = ()) -> MapState:
    """A scene as ``map.js`` shows it; ``kinds`` are those that its list of kinds begins with."""
    palette, both = scene.palette, [scene, scene.earlier] if scene.earlier else [scene]
    pale = [] if scene.context is None else kinds_of(scene.context, scene.style)
    content, compared = _content(scene, [*kinds, *pale]), _content(scene.earlier) if scene.earlier else None
    contents = [content, compared] if compared else [content]
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
        **content,
        "legend": []
        if scene.picking
        else legend_lines(
            [kind for one in both for kind in one.kinds],
            [cell for one in both for cell in one.cells],
            [track["category"] for one in contents for track in one["tracks"]],
            focus=any(one["selected"] for one in contents),
            shared=any(one["shared"] for one in contents),
            palette=palette,
            context=pale[0] if pale else None,
        ),
        "timeline": scene.timeline,
        "briefing": scene.briefing,
        "airports": scene.airports,
        "session": scene.session,
        "picking": scene.picking,
        "context": _pale(scene, pale, [*kinds, *pale]),
        "compared": compared,
    }


def without_screen(state: MapState) -> dict[str, object]:
    """The part of a state that differs from view to view of the same screen."""
    of_screen = ("palette", "words", "session", "context", "compared")
    return {name: value for name, value in state.items() if name not in of_screen}


def _pale(scene: Scene, pale: Sequence[Kind], first: Sequence[Kind]) -> MarkColumns | None:
    if scene.context is None or not pale:
        return None
    return mark_columns([scene.context], pale, list(dict.fromkeys(first)))


def _content(scene: Scene, first: Sequence[Kind] = ()) -> MapContent:
    """The contents of one of two maps, or of the only one."""
    figures, kinds = _figures(scene), list(dict.fromkeys([*first, *scene.kinds]))
    marks = mark_columns(scene.marked, scene.kinds, kinds)
    return {
        "kinds": mark_kinds(kinds, scene.palette),
        "marks": marks,
        "side": SIDES[scene.style],
        "cells": cell_columns(scene.cells),
        "total": scene.total,
        "tracks": track_list(scene.tracks, dict(zip(marks["id"], scene.kinds, strict=True))),
        "shared": shared_list(scene.selection),
        "selected": _selected(scene),
        "figures": figures[:2] if scene.heading else figures,  # half a map has room for two
        "heading": scene.heading,
    }


def _selected(scene: Scene) -> Surroundings | None:
    """The surroundings of the incident that is looked at, where it is among the marks."""
    for part in scene.marked if scene.selected else ():
        for position in np.flatnonzero(part["id"] == scene.selected):
            return surroundings(part.iloc[position])
    return None


def _figures(scene: Scene) -> list[FigureBox]:
    """The figures; the first says how many own-side objects are beside what it counts, on a line of its own."""
    if not scene.figures:
        return []
    (value, label, hint), *others = figures_in_words(scene.figures, states=False)
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
