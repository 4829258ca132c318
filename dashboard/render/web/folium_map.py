"""The web map: a constant Folium map, and the one layer that hands it what changes.

The map's script never changes, so that streamlit-folium keeps its frame. All files come from the app's own address,
under ``atlas/``. The page to take away draws the same scene with the same options, without Folium.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from folium.utilities import camelize

from dashboard.core.geo.basemap import LEVELS
from dashboard.core.geo.borders import REGION, SURROUNDINGS
from dashboard.language import LOCALE, _
from dashboard.render.symbols.land_signs import SIDES, radius_of, sign_svg
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import SHORT_CREDITS
from dashboard.render.web.map_state import MapState, Scene, state_of
from dashboard.render.web.scripts import ATLAS, FROM_FRAME, frame_script_name
from dashboard.render.web.timeline import player_words

LARGEST_ZOOM = 11  # at which the borders' error is two pixels: nearer there is nothing to see
FILES = (*(f"basemap_{level}" for level in LEVELS), "names")  # what the map reads: borders and names
_OPTIONS: dict[str, Any] = {
    "zoom_control": False,
    "zoom_snap": 0.05,  # so fine that a view fills its room
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 110,
    "max_bounds_viscosity": 1.0,
    "bounce_at_zoom_limits": False,
    "attribution_control": False,
    "track_resize": False,  # map.js does
}
CENTRE, ZOOM = (55, 24), 5  # until the page moves it


def symbol_address(category: str, status: str, palette: Palette) -> str:
    """The address of a symbol as an image."""
    return f"{ATLAS}/symbols/{palette.name}/{category}-{status}.svg"


class LocalMap(folium.Map):
    """A Folium map whose scripts and styles come from the app itself."""

    default_js = [("map", f"{FROM_FRAME}/{frame_script_name()}")]  # noqa: RUF012 - Folium's own way
    default_css = []  # noqa: RUF012 - the script holds them

    def render(self, **_kwargs: Any) -> str:
        """Add to the page its head alone, which is all that streamlit-folium takes from it.

        Branca would compile head, page and script as templates, twice for every map.
        """
        page = cast("Figure", self.get_root())
        page.header.add_child(_Head(), name="head")
        return ""


class _Head(Element):
    """The head of a page with a Folium map, without its scripts."""

    def render(self, **_kwargs: Any) -> str:
        """The head, which is the same for every map."""
        return _head()


@cache
def _head() -> str:
    map_ = folium.Map(tiles=None)
    head = folium.Map._template.module.header(map_, {})
    return str(head).replace(map_.get_name(), "map_div")


class _Part(MacroElement):
    """A part of the map's script, which streamlit-folium takes from the macro of its template."""

    def render(self, **_kwargs: Any) -> str:
        """Add nothing to the page: branca would compile the finished script, data and all, as a template once more."""
        return ""


class _Stage(_Part):
    """The script that sets up borders, names, marks and panels on the map."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "window.incursions = new IncursionMap(map_div, {{ this.options|tojson }}, {timeline: Object.assign("
        "document.body.appendChild(document.createElement('section')), {id: 'timeline'})});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.options = stage_options({name: f"{FROM_FRAME}/{name}.json" for name in FILES})
        self.options["words"] |= {"player": player_words()}


class _Show(_Part):
    """The script that hands the map everything that changes."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.feature_group = [];
        incursions.show({{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: MapState) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.state = harmless_json(state)


class _Layer(_Part, folium.FeatureGroup):
    """The layer that changes."""


def harmless_json(value: object) -> str:
    """A value as JSON without a character that HTML, or in ``{{'name'}}`` streamlit-folium, would take for its own."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&'\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def leaflet_options() -> dict[str, Any]:
    """The map's options as Leaflet names them."""
    options = {camelize(name): value for name, value in _OPTIONS.items()}
    return {"center": CENTRE, "zoom": ZOOM, "maxZoom": LARGEST_ZOOM} | options


def stage_options(files: Mapping[str, str]) -> dict[str, Any]:
    """The options of ``map.js`` for setting up the map: the addresses of FILES, the region's bounds, and words."""
    west, south, east, north = REGION
    return {
        "files": files,
        "bounds": [
            [south + 0.2, west + 0.2],
            [north - 0.2, east - 0.2],
        ],  # the region's cut edge stays out of sight
        # At small scales, so that the south of the flank comes out from under the legend.
        "widest": [[SURROUNDINGS[1] + 0.5, west + 0.2], [north - 0.2, east - 0.2]],
        "signs": {kind: {"svg": sign_svg(kind), "radius": radius_of(kind)} for kind in SIDES},
        "words": {
            "all": _("Zoom to selection (Z)"),
            "outside": _("{count} outside the map"),
            "show": _("Show"),
            "locale": str(LOCALE).replace("_", "-"),
            "nearer": _("Zoom in"),
            "farther": _("Zoom out"),
            "nearest": _("No more detail"),
            "map": _("Map. Arrow keys move it; plus and minus zoom in and out."),
            "map_of": _("Map of {days}"),
            "north": _("{degrees}° N"),
            "south": _("{degrees}° S"),
            "east": _("{degrees}° E"),
            "west": _("{degrees}° W"),
            "measure": _("Measure a distance (M)"),
            "first": _("Click the first place, or press Enter for the middle of the map. Esc ends."),
            "second": _("Click the second place. Esc ends."),
            "measured": _("{distance}, initial bearing {bearing}°. Click to measure again; Esc ends."),
            "km": _("{distance} km"),
            "m": _("{distance} m"),
            "way": _("{distance} · {bearing}°"),
            "credits": SHORT_CREDITS,
        },
    }


def base_map() -> LocalMap:
    """The map without incidents, always with the same script.

    A map that was given to st_folium is spent: make a new one each time.
    """
    map_ = LocalMap(tiles=None, location=CENTRE, zoom_start=ZOOM, **_OPTIONS)
    map_.options["maxZoom"] = LARGEST_ZOOM  # Folium gives its own argument to tiles alone
    map_.add_child(_Stage())
    return map_


def changing(scene: Scene) -> folium.FeatureGroup:
    """Everything on the map that changes, as the one layer to hand to st_folium; see :func:`state_of`."""
    group = _Layer()
    group.add_child(_Show(state_of(scene)))
    return group
