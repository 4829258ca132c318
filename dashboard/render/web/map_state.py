"""The state of the web map: everything on it that changes, as the one value that its script shows."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.figures import Figures
from dashboard.core.analysis.timeline import days_of
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.area import WHOLE_FLANK, Bounds
from dashboard.language import _, ngettext, number
from dashboard.render.symbols.app6 import frame_sample, icon_sample
from dashboard.render.symbols.clustering import Cell
from dashboard.render.symbols.legend import Item, legend
from dashboard.render.symbols.mark_style import SIDES, Kind, kind_of, kinds_of, symbol_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import circle_svg, drawing, line_svg, ring_svg
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.incident import (
    category_in_words,
    figures_in_a_word,
    figures_in_words,
    place_in_words,
    when_in_words,
)


@dataclass(frozen=True)
class Focus:
    """The area that the map is to show.

    turn
        Grows with each wish; the map moves only when it differs from the last one.
    bounds
        What it is to show, all of it.
    clear
        Whether that is to lie clear of the panels, too, with some room around.
    fly
        Whether it is to be seen how the map gets there.
    """

    turn: int
    bounds: Bounds
    clear: bool = True
    fly: bool = False


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
    timeline: dict[str, Any] | None = None
    heading: str = ""
    earlier: "Scene | None" = None
    friendly: gpd.GeoDataFrame | None = None
    briefing: dict[str, Any] | None = None

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """All that is drawn as marks: the incidents, and after them the own-side objects."""
        return self.selection if self.friendly is None else with_own_side(self.selection, self.friendly)


def state_of(scene: Scene) -> dict[str, Any]:
    """A scene as ``map.js`` shows it."""
    palette, both = scene.palette, [scene, scene.earlier] if scene.earlier else [scene]
    selection = pd.concat([one.objects for one in both]).drop_duplicates("id") if scene.earlier else scene.objects
    cells = [cell for one in both for cell in one.cells]
    drawn = scene.tracks[scene.tracks["incident_id"].isin(selection["id"])]
    return {
        "palette": asdict(palette),
        "words": {"cluster": _("{count} incidents, open"), "legend": _("Legend")},
        "view": _view(scene.focus),
        "extent": _corners(scene.extent),
        **_contents(scene),
        "legend": legend_lines(
            kinds_of(selection, scene.style),
            cells,
            categories_of(drawn, selection),
            focus=scene.selected in set(selection["id"]),
            palette=palette,
        ),
        "timeline": scene.timeline,
        "briefing": scene.briefing,
        "compared": _contents(scene.earlier) if scene.earlier else None,
    }


def only_contents(state: dict[str, Any]) -> dict[str, Any]:
    """The part of a state that differs from view to view of the same screen."""
    return {name: value for name, value in state.items() if name not in ("palette", "words", "compared")}


def _contents(scene: Scene) -> dict[str, Any]:
    """The contents of one of two maps, or of the only one."""
    selection, figures = scene.objects, _figures(scene)
    looked_at = selection[selection["id"] == scene.selected]
    kinds = kinds_of(selection, scene.style)
    return {
        "marks": _marks(selection, kinds),
        "symbols": symbols_of(kinds, scene.palette),
        "side": SIDES[scene.style],
        "cells": [_cell(cell) for cell in scene.cells],
        "total": scene.total,
        "tracks": _tracks(scene.tracks[scene.tracks["incident_id"].isin(selection["id"])], selection),
        "selected": surroundings(looked_at.iloc[0]) if len(looked_at) else None,
        "figures": figures[:2] if scene.heading else figures,  # half a map has room for two
        "heading": scene.heading,
    }


def _figures(scene: Scene) -> list[list[str]]:
    """The figures, each with the label that a narrow map has room for at the end.

    The first says how many own-side objects are beside what it counts, on a line of its own.
    """
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
    return [[*one, label] for one, label in zip([[value, label, hint], *others], short, strict=True)]


def symbols_of(kinds: Iterable[Kind], palette: Palette) -> dict[str, str]:
    """The symbol of each kind by its key."""
    return {kind.key: symbol_of(kind, palette, kind.side) for kind in dict.fromkeys(kinds)}


def names(places: gpd.GeoDataFrame) -> list[list[Any]]:
    """Kind, name, latitude, longitude, weight and state of each place, as the browser reads them."""
    return [
        [row.kind, row.name, round(row.geometry.y, 4), round(row.geometry.x, 4), round(row.weight), row.state]
        for row in places[["kind", "name", "weight", "state", "geometry"]].itertuples(index=False)
    ]


def _view(focus: Focus) -> dict[str, Any]:
    return {"turn": focus.turn, "fly": focus.fly, "clear": focus.clear, "bounds": _corners(focus.bounds)}


def _corners(bounds: Bounds) -> tuple[tuple[float, float], tuple[float, float]]:
    """South-west and north-east corner, latitude first, as Leaflet wants them."""
    west, south, east, north = bounds
    return (south, west), (north, east)


def _marks(selection: gpd.GeoDataFrame, kinds: list[Kind]) -> list[list[Any]]:
    """Each mark, with its first and its last day since 1970, and whether only its month is known."""
    days = zip(
        days_of(selection["date"]).tolist(),
        days_of(selection["last_day"]).tolist(),
        (selection["date_precision"] == "month").tolist(),
        strict=True,
    )
    return [[*_mark(row, kind), *when] for row, kind, when in zip(selection.itertuples(), kinds, days, strict=True)]


def _mark(row: Any, kind: Kind) -> list[Any]:
    """Id, place, kind, and the words of the tooltip: when, where, what."""
    where = place_in_words(row)
    what = _("{category}, {object}").format(
        category=category_in_words(row), object=word("object_type", row.object_type)
    )
    if row.status != "confirmed":
        what = _("{what} ({status})").format(what=what, status=word("status", row.status).lower())
    at = round(row.latitude, 5), round(row.longitude, 5)
    return [row.id, *at, kind.key, when_in_words(row), where, what]


def _cell(cell: Cell) -> list[Any]:
    counts = [[category, count] for category, count in zip(CATEGORIES, cell.by_category, strict=True) if count]
    return [round(cell.latitude, 5), round(cell.longitude, 5), cell.count, counts]


def _tracks(tracks: gpd.GeoDataFrame, selection: gpd.GeoDataFrame) -> list[Any]:
    """Incident, points (latitude first, as Leaflet wants them) and category of each track."""
    return [
        [row.incident_id, [[round(y, 5), round(x, 5)] for x, y in row.geometry.coords], category]
        for row, category in zip(tracks.itertuples(), categories_of(tracks, selection), strict=True)
    ]


def categories_of(tracks: gpd.GeoDataFrame, selection: gpd.GeoDataFrame) -> list[str]:
    """The category of the incident of each track, or that of own-side objects."""
    kinds = dict(zip(selection["id"], kinds_of(selection, ""), strict=True))
    return [kinds[id_].category for id_ in tracks["incident_id"]]


def surroundings(row: Any) -> dict[str, Any]:
    """Surroundings of the chosen incident: its accuracy, and the way to the border it crossed."""
    deep = is_established(row.depth_km, row.location_accuracy_km)
    return {
        "id": row.id,
        "at": [row.latitude, row.longitude],
        "category": kind_of(row).category,
        "accuracy_m": row.location_accuracy_km * 1000,
        "border": [row.border_latitude, row.border_longitude] if deep else None,
        "depth": depth_in_words(row) if deep else "",
    }


def legend_lines(
    kinds: Sequence[Kind], cells: Sequence[Cell], flown: Iterable[str], *, focus: bool, palette: Palette
) -> list[list[str]]:
    """Each line of the legend as its sample in SVG, its label, and what it stands for.

    Parameters
    ----------
    kinds, cells
        What is drawn one by one, and what is counted.
    flown
        Category of the incident of each flight track.
    focus
        Whether an incident is looked at, whose accuracy is drawn.
    """
    counted = {c for cell in cells for c, count in zip(CATEGORIES, cell.by_category, strict=True) if count}
    # Whether marks come together to clusters depends on the zoom: the browser hides the line of clusters, those of a
    # status, frame or icon whose marks are all in clusters, where one sees the category alone, and that of a depth if
    # there is none.
    drawn = {*kinds, *map(Kind, counted)}
    return [
        [_sample(item, palette), item.label, item.name]
        for item in legend(drawn, clusters=True, tracks=flown, accuracy=focus, depth=focus)
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
        "depth": lambda: line_svg(palette.ink, 1.5, "1 4"),
    }
    return drawn[item.sample]()
