"""The web map: a constant Folium map, and one value with everything on it that changes.

The map's script never changes, so that streamlit-folium keeps its frame; what changes goes through the one layer of
``changing``. All files come from the app's own address, under ``atlas/``.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import folium
import geopandas as gpd
from branca.element import Element, MacroElement
from folium.template import Template

from dashboard import __version__
from dashboard.core.delimitation import REGION
from dashboard.core.incidents import CATEGORIES, STATUSES
from dashboard.core.marks import Cell
from dashboard.core.summary import Figures
from dashboard.core.vocabulary import word
from dashboard.language import _, ngettext, number, state_name
from dashboard.render.legend import Item, legend
from dashboard.render.symbols import Palette, circle_svg, line_svg, ring_svg, svg
from dashboard.render.wording import depth_in_words, when_in_words

ATLAS = "atlas"  # the folder of the app's address that serves the map's files
LEVELS = ("far", "near")  # of the light map, as dashboard.core.atlas makes them
LARGEST_ZOOM = 11
WHOLE_FLANK = ((42.5, 12.0), (69.5, 33.0))  # south-west and north-east corner

# From the component's own page, two folders down.
_FROM_FRAME = f"../../{ATLAS}"


def _file(name: str) -> str:
    return f"{_FROM_FRAME}/{name}?v={__version__}"


def symbol_address(category: str, status: str, palette: Palette) -> str:
    """Where the page finds a symbol as an image."""
    return f"{ATLAS}/symbols/{palette.name}/{category}-{status}.svg"


class LocalMap(folium.Map):
    """A Folium map whose scripts and styles come from the app itself."""

    default_js = [
        (name, _file(name))
        for name in ("leaflet/leaflet.js", "jquery/jquery.min.js", "basemap.js", "names.js", "marks.js", "map.js")
    ]
    default_css = [(name, _file(name)) for name in ("leaflet/leaflet.css", "map.css")]


class _Stage(MacroElement):
    """Sets up the borders, names, marks and panels on the map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        const boxes = { figures: new IncursionMap.Box({ position: "topleft" }), legend: new IncursionMap.Box({ position: "bottomleft" }) };
        for (const box of Object.values(boxes)) box.addTo(map_div);
        window.incursions = new IncursionMap(map_div, { files: {{ this.files|tojson }}, bounds: {{ this.region|tojson }}, boxes });
        new IncursionMap.Fit({ title: {{ this.fit|tojson }}, onFit: () => incursions.fitAll() }).addTo(map_div);
        L.control.zoom({ position: "topright", zoomInTitle: {{ this.nearer|tojson }}, zoomOutTitle: {{ this.farther|tojson }} }).addTo(map_div);
        L.control.scale({ position: "bottomright", imperial: false, maxWidth: 120 }).addTo(map_div);
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()
        west, south, east, north = REGION
        self.region = [[south + 0.2, west + 0.2], [north - 0.2, east - 0.2]]  # its cut edge stays out of sight
        self.files = {name: _file(f"{name}.json") for name in (*(f"basemap_{level}" for level in LEVELS), "names")}
        self.fit = _("Show all incidents")
        self.nearer = _("Nearer")
        self.farther = _("Farther")


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
        super().__init__()
        # No character that HTML or, in the template {{'name'}}, streamlit-folium would take for its own.
        text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        for character in "<>&'\u2028\u2029":
            text = text.replace(character, f"\\u{ord(character):04x}")
        self.state = text


def base_map() -> LocalMap:
    """The map without incidents: always the same script. A map given to st_folium is spent; make a new one each time."""
    chart = LocalMap(
        location=(55, 24),
        zoom_start=5,
        tiles=None,
        max_zoom=LARGEST_ZOOM,
        zoom_control=False,
        zoom_snap=0.25,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=110,
        max_bounds_viscosity=1.0,
        bounce_at_zoom_limits=False,
        attribution_control=False,
    )
    chart.add_child(_Stage())
    # In the header, not in map.css, since Leaflet measures the map before that has come.
    fill = "position:fixed!important;inset:0;width:100%!important;height:100%!important"
    chart.get_root().header.add_child(Element(f"<style>#map_div{{{fill}}}</style>"))
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
    """Everything on the map that changes, as the one layer to hand to st_folium.

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
    state = {
        "palette": asdict(palette),
        "symbols": {f"{c}|{s}": svg(c, s, palette, 24) for c in CATEGORIES for s in STATUSES},
        "words": {"cluster": _("{count} incidents, open")},
        "view": _view(focus),
        "marks": [_mark(row) for row in selection.itertuples()],
        "cells": [_cell(cell) for cell in cells],
        "tracks": _tracks(drawn, selection),
        "selected": _selected(looked_at.iloc[0]) if len(looked_at) else None,
        "figures": figures_in_words(figures),
        "legend": _legend(selection, cells, drawn, bool(len(looked_at)), palette),
    }
    group = folium.FeatureGroup()
    group.add_child(_Show(state))
    return group


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
    where = _("{place}, {state}").format(place=row.place, state=state_name(row.country))
    what = _("{category}, {object}").format(category=word("category", row.category), object=word("object_type", row.object_type))
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


def _selected(row: Any) -> dict[str, Any]:
    deep = row.depth_km >= 1
    return {
        "id": row.id,
        "at": [row.latitude, row.longitude],
        "category": row.category,
        "accuracy_m": row.location_accuracy_km * 1000,
        "border": [row.border_latitude, row.border_longitude] if deep else None,
        "depth": depth_in_words(row) if deep else "",
    }


def figures_in_words(figures: Figures) -> list[list[str]]:
    """The four figures, each as its value, its label and a hint that says what is counted."""
    deepest = _("{distance} km").format(distance=number(figures.deepest_km)) if figures.deepest else "–"
    return [
        [
            number(figures.incidents),
            ngettext("incident", "incidents", figures.incidents),
            ngettext(
                "Rows of the data; they belong to {events} event.",
                "Rows of the data; they belong to {events} events. One night or one object's path is one event.",
                figures.events,
            ).format(events=number(figures.events)),
        ],
        [
            number(figures.on_the_ground),
            _("down on the ground"),
            _("Incidents of an object that came down: crash, debris found or landed. Shot down is counted apart."),
        ],
        [number(figures.states), ngettext("state", "states", figures.states), _("States whose airspace was entered.")],
        [
            deepest,
            _("deepest entry"),
            _("Farthest from the border that was crossed, among incidents that were certainly inside: {id}.").format(
                id=figures.deepest or _("none")
            ),
        ],
    ]


def _legend(
    selection: gpd.GeoDataFrame, cells: Sequence[Cell], tracks: gpd.GeoDataFrame, accuracy: bool, palette: Palette
) -> list[list[str]]:
    """Each line of the legend as its sample in SVG, its label, and what it stands for."""
    drawn = set(zip(selection["category"], selection["status"], strict=True))
    drawn |= {(category, "confirmed") for cell in cells for category, n in zip(CATEGORIES, cell.by_category, strict=True) if n}
    # Whether marks come together to clusters depends on the zoom: the browser hides that line where there are none.
    items = legend(drawn, clusters=True, tracks=len(tracks) > 0, accuracy=accuracy)
    return [[_sample(item, palette), item.label, item.sample] for item in items]


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
        "track": line_svg(palette.categories["crash"], 2, "5 4"),
    }[item.sample]
