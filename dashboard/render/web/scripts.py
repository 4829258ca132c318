"""The map's scripts in their order: as one file for its frame on the screen, and as one for a page to take away."""

import hashlib
import json
from collections.abc import Iterable
from functools import cache

from dashboard.render.web.page_assets import asset, leaflet_script, leaflet_style

ATLAS = "atlas"  # the folder of the app's address that serves the map's files
FROM_FRAME = f"../../{ATLAS}"  # from the component's own page, two folders down
# Each after those whose parts it needs while it is read.
_MAP = (
    "dom.js",
    "columns.js",
    "clustering.js",
    "topology.js",
    "water.js",
    "basemap.js",
    "ranks.js",
    "states.js",
    "names.js",
    "water_names.js",
    "bands.js",
    "shared_places.js",
    "marks.js",
    "surroundings.js",
    "panels.js",
    "sight.js",
    "keyboard.js",
    "coordinates.js",
    "geodesic.js",
    "pointer.js",
    "measure.js",
    "messages.js",
    "map.js",
)
SCREEN = (
    *_MAP,
    "days.js",
    "bars.js",
    "timeline.js",
    "playing.js",
    "player.js",
    "twin.js",
    "chart.js",
    "briefing.js",
    "printing.js",
    "incident_list.js",
    "picking.js",
)
PAGE = (*_MAP, "card.js", "incident_table.js", "webpage.js")
STYLES = ("map.css", "timeline.css", "briefing.css", "frame.css", "panels.css", "small-map.css")


def joined(names: Iterable[str], *before: str) -> str:
    """Scripts as one, each under its name, so that an error can be traced; ``before`` comes before them."""
    return "\n".join(['"use strict";', *before, *(f"\n// ---- {name}\n{asset(name)}" for name in names)])


def page_script() -> str:
    """The scripts of a page to take away, which come after Leaflet."""
    return joined(PAGE)


@cache
def frame_script() -> bytes:
    """The one script of the map's frame: Leaflet, the style sheets, and the scripts of the screen's map.

    With the style sheets in it, what stands over the map has its size from the first moment on.
    """
    styles = "\n".join([leaflet_style(), *map(asset, STYLES)]).replace('url("fonts/', f'url("{FROM_FRAME}/fonts/')
    sheet = f"Object.assign(document.createElement('style'), {{ textContent: {json.dumps(styles)} }})"
    return joined(SCREEN, leaflet_script(), f"document.head.append({sheet});").encode()


@cache
def frame_script_name() -> str:
    """The name under which the script is served: another one for every content, so that browsers may keep it."""
    return f"map-{hashlib.sha256(frame_script()).hexdigest()[:16]}.js"
