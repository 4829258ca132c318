"""The style of an incident's mark, plain or military, and how it is drawn.

The plain style shows category and status by one shape. The military style puts an APP-6 frame and icon above a small
one, so that category and status look the same wherever they are counted.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd

from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.query.view import APP6
from dashboard.render.symbols import app6
from dashboard.render.symbols.app6 import identity_of
from dashboard.render.symbols.clustering import PLAIN_SIDE
from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import Piece, drawing, pieces

SIDES = {"": PLAIN_SIDE, APP6: 46.0}  # of a mark's box, in pixels of the web map and in units of a sheet
_BELOW, _SMALL = 7.3, 0.46  # where the category stands below a frame, and how much smaller


@dataclass(frozen=True)
class Kind:
    """The meaning of a mark: codes of the data, and in the military style the standard identity and the object.

    The category of an own-side object is FRIENDLY, whatever happened to it.
    """

    category: str
    status: str = "confirmed"
    identity: str = ""
    object_type: str = ""

    @property
    def side(self) -> float:
        """The side of its box, as SIDES has it."""
        return SIDES[APP6 if self.identity else ""]


def kind_of(row: Any) -> Kind:
    """The kind of one incident in the plain style."""
    return Kind(FRIENDLY) if row.side == FRIENDLY else Kind(row.category, row.status)


def kinds_of(incidents: gpd.GeoDataFrame, style: str) -> list[Kind]:
    """The kind of each incident in a style, which is empty for the plain one."""
    columns = (incidents[name].tolist() for name in ("side", "category", "status", "origin", "object_type"))
    return [_kind(*codes, style) for codes in zip(*columns, strict=True)]


@cache
def _kind(side: str, category: str, status: str, origin: str, object_type: str, style: str) -> Kind:
    plain = (FRIENDLY, "confirmed") if side == FRIENDLY else (category, status)
    if style != APP6:
        return Kind(*plain)
    return Kind(*plain, "friend" if side == FRIENDLY else identity_of(origin), object_type)


def pieces_of(kind: Kind, palette: Palette) -> tuple[Piece, ...]:
    """A kind as outlines, from the lowest to the uppermost."""
    plain = pieces(kind.category, kind.status, palette)
    if not kind.identity:
        return plain
    hollow = kind.status != "confirmed"
    return (
        *app6.frame(kind.identity, palette, hollow=hollow),
        *app6.icon(kind.object_type, palette, hollow=hollow),
        *(piece.moved(_SMALL, _BELOW) for piece in plain),
    )


def symbol_of(kind: Kind, palette: Palette, size: float) -> str:
    """A kind as an SVG element."""
    return drawing(pieces_of(kind, palette), size)
