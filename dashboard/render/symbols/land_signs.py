"""Signs of capitals, airports and airfields, as quiet outlines in the box of our symbols."""

from dataclasses import replace

from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.symbols.shapes import BOX, SVG, Piece, drawing

CAPITAL, AIRPORT, AIRFIELD = "capital", "airport", "airfield"
SIDES = {CAPITAL: 16.0, AIRPORT: 20.0, AIRFIELD: 16.0}  # of the box of each on the map, in pixels or units
_PLANE = (
    "M0 -6 C0.8 -6 1.2 -5 1.2 -4 L1.2 -1.6 L6 1.6 L6 3 L1.2 1.6 L1.2 4 L2.8 5.2 L2.8 6.2 "
    "L0 5.6 L-2.8 6.2 L-2.8 5.2 L-1.2 4 L-1.2 1.6 L-6 3 L-6 1.6 L-1.2 -1.6 L-1.2 -4 C-1.2 -5 -0.8 -6 0 -6 Z"
)
_RUNWAY = "M-5.5 -1.4 L5.5 -1.4 L5.5 1.4 L-5.5 1.4 Z"


def _circle(radius: float) -> str:
    r, b = f"{radius:g}", f"{0.5523 * radius:.3f}"  # four curves, which together are a circle
    right = f"M0 -{r} C{b} -{r} {r} -{b} {r} 0 C{r} {b} {b} {r} 0 {r} "
    return f"{right}C-{b} {r} -{r} {b} -{r} 0 C-{r} -{b} -{b} -{r} 0 -{r} Z"


def sign_of(kind: str, palette: Palette) -> tuple[Piece, ...]:
    """The sign of a capital (a ring with a dot), an airport (a plane in a ring) or an airfield (a runway in a ring)."""
    if kind == CAPITAL:
        ring = Piece(_circle(8.5), palette.flank_land, palette.ink, 1.9)
        return ring, Piece(_circle(3.6), palette.ink, "none", 0.0)
    ring = Piece(_circle(9.5), palette.flank_land, palette.airport, 1.5)
    return ring, Piece(_PLANE if kind == AIRPORT else _RUNWAY, palette.airport, "none", 0.0)


def sign_svg(kind: str) -> str:
    """A sign for the web map, in colours that follow those of the page."""
    palette = replace(LIGHT, ink="var(--ink)", flank_land="var(--flank-land)", airport="var(--airport)")
    return drawing(sign_of(kind, palette), SIDES[kind]).replace(f' xmlns="{SVG}"', "")  # HTML needs no name of it


def radius_of(kind: str) -> float:
    """The reach of a sign from its middle, in pixels or units."""
    return SIDES[kind] / BOX * 10.3
