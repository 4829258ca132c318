"""The web map: a constant Folium map, and one value with everything on it that changes.

The map's script never changes, so that streamlit-folium keeps its frame; what changes goes through the one layer of
``changing``. All files come from the app's own address, under ``atlas/``. The page to take away draws the same value
with the same options, without Folium.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

import folium
import geopandas as gpd
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from folium.utilities import camelize

from dashboard.core.basemap import LEVELS
from dashboard.core.borders import REGION, SURROUNDINGS
from dashboard.core.incidents import CATEGORIES, STATUSES
from dashboard.core.marks import Cell
from dashboard.core.summary import Figures
from dashboard.core.vocabulary import word
from dashboard.language import _
from dashboard.render.credits import SHORT_CREDITS
from dashboard.render.legend import Item, legend
from dashboard.render.symbols import Palette, circle_svg, line_svg, ring_svg, svg
from dashboard.render.wording import depth_in_words, figures_in_words, place_in_words, when_in_words

ATLAS = "atlas"  # the folder of the app's address that serves the map's files
LARGEST_ZOOM = 11
WHOLE_FLANK = ((42.5, 12.0), (69.5, 33.0))  # south-west and north-east corner
FILES = (*(f"basemap_{level}" for level in LEVELS), "names")  # what the map reads: borders and names
_OPTIONS: dict[str, Any] = {
    "max_zoom": LARGEST_ZOOM,
    "zoom_control": False,
    "zoom_snap": 0.25,
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 110,
    "max_bounds_viscosity": 1.0,
    "bounce_at_zoom_limits": False,
    "attribution_control": False,
}
_CENTRE, _ZOOM = (55, 24), 5  # until it is told where to look

# From the component's own page, two folders down.
_FROM_FRAME = f"../../{ATLAS}"
_SCRIPTS = ("leaflet/leaflet.js", "jquery/jquery.min.js", "basemap.js", "names.js", "marks.js", "map.js")
_STYLES = ("leaflet/leaflet.css", "map.css")


def symbol_address(category: str, status: str, palette: Palette) -> str:
    """Where the page finds a symbol as an image."""
    return f"{ATLAS}/symbols/{palette.name}/{category}-{status}.svg"


class LocalMap(folium.Map):
    """A Folium map whose scripts and styles come from the app itself."""

    default_js = [(name, f"{_FROM_FRAME}/{name}") for name in _SCRIPTS]  # noqa: RUF012 - Folium's own way
    default_css = [(name, f"{_FROM_FRAME}/{name}") for name in _STYLES]  # noqa: RUF012


class _Stage(MacroElement):
    """Sets up the borders, names, marks and panels on the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.incursions = new IncursionMap(map_div, {{ this.options|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.options = stage_options({name: f"{_FROM_FRAME}/{name}.json" for name in FILES})


class _Show(MacroElement):
    """Hands the map everything that changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.feature_group = [];
        incursions.show({{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.state = harmless_json(state)


def harmless_json(value: Any) -> str:
    """A value as JSON without a character that HTML, or in ``{{'name'}}`` streamlit-folium, would take for its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&'\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def leaflet_options() -> dict[str, Any]:
    """The map's options as Leaflet names them."""
    return {"center": _CENTRE, "zoom": _ZOOM} | {camelize(name): value for name, value in _OPTIONS.items()}


def stage_options(files: Mapping[str, str]) -> dict[str, Any]:
    """What ``map.js`` needs to set up the map: the addresses of FILES, the region's bounds, and words."""
    west, south, east, north = REGION
    return {
        "files": files,
        "bounds": [
            [south + 0.2, west + 0.2],
            [north - 0.2, east - 0.2],
        ],  # the region's cut edge stays out of sight
        # At small scales, so that the south of the flank comes out from under the legend.
        "widest": [[SURROUNDINGS[1] + 0.5, west + 0.2], [north - 0.2, east - 0.2]],
        "words": {
            "fit": _("Show all incidents"),
            "nearer": _("Nearer"),
            "farther": _("Farther"),
            "credits": SHORT_CREDITS,
        },
    }


def base_map() -> LocalMap:
    """The map without incidents, always with the same script.

    A map that was given to st_folium is spent: make a new one each time.
    """
    chart = LocalMap(tiles=None, location=_CENTRE, zoom_start=_ZOOM, **_OPTIONS)
    chart.add_child(_Stage())
    # In the header, not in map.css, since Leaflet measures the map before that has come.
    fill = "position:fixed!important;inset:0;width:100%!important;height:100%!important"
    cast(Figure, chart.get_root()).header.add_child(Element(f"<style>#map_div{{{fill}}}</style>"))
    return chart


@dataclass(frozen=True)
class Focus:
    """Where the map is to look: all of ``bounds`` (south-west, north-east), or a centre with a zoom level.

    turn
        Grows with each wish; the map moves only when it differs from the last one.
    """

    turn: int
    bounds: tuple[tuple[float, float], tuple[float, float]] | None = None
    centre: tuple[float, float] | None = None
    zoom: float = 0.0


def changing(
    selection: gpd.GeoDataFrame,
    cells: Sequence[Cell],
    tracks: gpd.GeoDataFrame,
    selected: str,
    figures: Figures,
    focus: Focus,
    palette: Palette,
) -> folium.FeatureGroup:
    """Everything on the map that changes, as the one layer to hand to st_folium; see :func:`state_of`."""
    group = folium.FeatureGroup()
    group.add_child(_Show(state_of(selection, cells, tracks, selected, figures, focus, palette)))
    return group


def state_of(
    selection: gpd.GeoDataFrame,
    cells: Sequence[Cell],
    tracks: gpd.GeoDataFrame,
    selected: str,
    figures: Figures,
    focus: Focus,
    palette: Palette,
) -> dict[str, Any]:
    """Everything on the map that changes, as ``map.js`` shows it.

    Parameters
    ----------
    selection
        Placed incidents to draw as marks; none where ``cells`` are drawn in their stead.
    tracks
        Flight tracks; those of the selection are drawn.
    selected
        Id of the incident that is looked at, or empty.
    """
    drawn = tracks[tracks["incident_id"].isin(selection["id"])]
    looked_at = selection[selection["id"] == selected]
    return {
        **look_of(palette),
        "words": {"cluster": _("{count} incidents, open"), "legend": _("Legend")},
        "view": _view(focus),
        "marks": [_mark(row) for row in selection.itertuples()],
        "cells": [_cell(cell) for cell in cells],
        "tracks": _tracks(drawn, selection),
        "selected": surroundings(looked_at.iloc[0]) if len(looked_at) else None,
        "figures": figures_in_words(figures),
        "legend": legend_lines(selection, cells, drawn, bool(len(looked_at)), palette),
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
        return {"turn": focus.turn, "bounds": focus.bounds}
    latitude, longitude = focus.centre or (0.0, 0.0)
    return {"turn": focus.turn, "lat": latitude, "lon": longitude, "zoom": focus.zoom}


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
