"""Everything on the web map that changes, as the one value that ``map.js`` shows; also on the page to take away."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import pandas as pd

from dashboard.core.incidents import CATEGORIES, STATUSES
from dashboard.core.marks import Cell
from dashboard.core.summary import Figures
from dashboard.core.timeline import days_of
from dashboard.core.vocabulary import word
from dashboard.language import _
from dashboard.render.legend import Item, legend
from dashboard.render.symbols import Palette, circle_svg, line_svg, ring_svg, svg
from dashboard.render.wording import depth_in_words, figures_in_words, place_in_words, when_in_words

WHOLE_FLANK = ((42.5, 12.0), (69.5, 33.0))  # south-west and north-east corner


@dataclass(frozen=True)
class Focus:
    """Where the map is to look: all of ``bounds`` (south-west, north-east), or a centre with a zoom level.

    turn
        Grows with each wish; the map moves only when it differs from the last one.
    fly
        Whether it is to be seen how the map gets there.
    """

    turn: int
    bounds: tuple[tuple[float, float], tuple[float, float]] | None = None
    centre: tuple[float, float] | None = None
    zoom: float = 0.0
    fly: bool = False


@dataclass(frozen=True, eq=False)
class Scene:
    """What the map is to show.

    selection
        Placed incidents to draw as marks; none where ``cells`` are drawn in their stead.
    tracks
        Flight tracks; those of the selection are drawn.
    selected
        Id of the incident that is looked at, or empty.
    timeline
        As :func:`dashboard.render.timeline.timeline_state` has it, or None for a map without one.
    briefing
        As :func:`dashboard.render.briefing.briefing_state` has it, or None outside of briefing mode.
    heading, earlier
        Where two periods are compared: the days of this map, and the scene of the map beside it.
    """

    selection: gpd.GeoDataFrame
    cells: Sequence[Cell]
    tracks: gpd.GeoDataFrame
    selected: str
    figures: Figures
    focus: Focus
    palette: Palette
    timeline: dict[str, Any] | None = None
    heading: str = ""
    earlier: "Scene | None" = None
    briefing: dict[str, Any] | None = None


def state_of(scene: Scene) -> dict[str, Any]:
    """A scene as ``map.js`` shows it."""
    palette, both = scene.palette, [scene, scene.earlier] if scene.earlier else [scene]
    selection = pd.concat([one.selection for one in both]).drop_duplicates("id") if scene.earlier else scene.selection
    cells = [cell for one in both for cell in one.cells]
    drawn = scene.tracks[scene.tracks["incident_id"].isin(selection["id"])]
    return {
        **look_of(palette),
        "words": {"cluster": _("{count} incidents, open"), "legend": _("Legend")},
        "view": _view(scene.focus),
        **_contents(scene),
        "legend": legend_lines(selection, cells, drawn, scene.selected in set(selection["id"]), palette),
        "timeline": scene.timeline,
        "briefing": scene.briefing,
        "compared": _contents(scene.earlier) if scene.earlier else None,
    }


def only_contents(state: dict[str, Any]) -> dict[str, Any]:
    """The part of a state that differs from view to view of the same screen."""
    return {name: value for name, value in state.items() if name not in ("palette", "symbols", "words", "compared")}


def _contents(scene: Scene) -> dict[str, Any]:
    """What is on one of two maps, or on the only one."""
    selection, figures = scene.selection, figures_in_words(scene.figures)
    looked_at = selection[selection["id"] == scene.selected]
    return {
        "marks": _marks(selection),
        "cells": [_cell(cell) for cell in scene.cells],
        "tracks": _tracks(scene.tracks[scene.tracks["incident_id"].isin(selection["id"])], selection),
        "selected": surroundings(looked_at.iloc[0]) if len(looked_at) else None,
        "figures": figures[:2] if scene.heading else figures,  # half a map has room for two
        "heading": scene.heading,
    }


def look_of(palette: Palette) -> dict[str, Any]:
    """Colours, and the symbol of every category and status."""
    symbols = {f"{c}|{s}": svg(c, s, palette, 24) for c in CATEGORIES for s in STATUSES}
    return {"palette": asdict(palette), "symbols": symbols}


def names(places: gpd.GeoDataFrame) -> list[list[Any]]:
    """Kind, name, latitude, longitude, weight and state of each place, as the browser reads them."""
    return [
        [row.kind, row.name, round(row.geometry.y, 4), round(row.geometry.x, 4), round(row.weight), row.state]
        for row in places[["kind", "name", "weight", "state", "geometry"]].itertuples(index=False)
    ]


def _view(focus: Focus) -> dict[str, Any]:
    if focus.bounds:
        return {"turn": focus.turn, "fly": focus.fly, "bounds": focus.bounds}
    latitude, longitude = focus.centre or (0.0, 0.0)
    return {"turn": focus.turn, "fly": focus.fly, "lat": latitude, "lon": longitude, "zoom": focus.zoom}


def _marks(selection: gpd.GeoDataFrame) -> list[list[Any]]:
    """Each mark, with its first and its last day since 1970, and whether only its month is known."""
    days = zip(
        days_of(selection["date"]).tolist(),
        days_of(selection["last_day"]).tolist(),
        (selection["date_precision"] == "month").tolist(),
        strict=True,
    )
    return [[*_mark(row), *when] for row, when in zip(selection.itertuples(), days, strict=True)]


def _mark(row: Any) -> list[Any]:
    """Id, place, category, status, and the words of the tooltip: when, where, what."""
    where = place_in_words(row)
    what = _("{category}, {object}").format(
        category=word("category", row.category), object=word("object_type", row.object_type)
    )
    if row.status != "confirmed":
        what = _("{what} ({status})").format(what=what, status=word("status", row.status).lower())
    at = round(row.latitude, 5), round(row.longitude, 5)
    return [row.id, *at, row.category, row.status, when_in_words(row), where, what]


def _cell(cell: Cell) -> list[Any]:
    counts = [[category, count] for category, count in zip(CATEGORIES, cell.by_category, strict=True) if count]
    return [round(cell.latitude, 5), round(cell.longitude, 5), cell.count, counts]


def _tracks(tracks: gpd.GeoDataFrame, selection: gpd.GeoDataFrame) -> list[Any]:
    """Incident, points (latitude first, as Leaflet wants them) and category of each track."""
    category = selection.set_index("id")["category"]
    return [
        [row.incident_id, [[round(y, 5), round(x, 5)] for x, y in row.geometry.coords], category[row.incident_id]]
        for row in tracks.itertuples()
    ]


def surroundings(row: Any) -> dict[str, Any]:
    """What is drawn around the incident that is looked at: its accuracy, and the way to the border it crossed."""
    deep = row.depth_km >= 1
    return {
        "id": row.id,
        "at": [row.latitude, row.longitude],
        "category": row.category,
        "accuracy_m": row.location_accuracy_km * 1000,
        "border": [row.border_latitude, row.border_longitude] if deep else None,
        "depth": depth_in_words(row) if deep else "",
    }


def legend_lines(
    selection: gpd.GeoDataFrame, cells: Sequence[Cell], tracks: gpd.GeoDataFrame, accuracy: bool, palette: Palette
) -> list[list[str]]:
    """Each line of the legend as its sample in SVG, its label, and what it stands for."""
    category = selection.set_index("id")["category"]
    drawn = set(zip(selection["category"], selection["status"], strict=True))
    drawn |= {
        (category, "confirmed") for cell in cells for category, n in zip(CATEGORIES, cell.by_category, strict=True) if n
    }
    # Whether marks come together to clusters depends on the zoom: the browser hides the line of clusters, that of a
    # status whose marks are all in clusters, where one sees the category alone, and that of a depth if there is none.
    flown = tracks["incident_id"].map(category)
    items = legend(drawn, clusters=True, tracks=flown, accuracy=accuracy, depth=accuracy)
    return [
        [_sample(item, palette), item.label, item.sample if item.status == "confirmed" else item.status]
        for item in items
    ]


def _sample(item: Item, palette: Palette) -> str:
    if item.sample == "symbol":
        return svg(item.category, item.status, palette, 20)
    if item.sample == "cluster":
        return ring_svg(palette, 20)
    if item.sample == "accuracy":
        return circle_svg(palette.muted, 20)
    return {
        "flank": line_svg(palette.flank, 3, casing=palette.casing),
        "flank_sea": line_svg(palette.flank, 1.5, "6 4"),
        "track": line_svg(palette.categories.get(item.category, palette.ink), 2, "5 4"),
        "depth": line_svg(palette.ink, 1.5, "1 4"),
    }[item.sample]
