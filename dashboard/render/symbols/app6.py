"""Frames and icons of NATO's APP-6, as outlines in the box of our own symbols.

The frame tells the standard identity of an object, the icon what it is. Both come from the library milsymbol, as SVG;
here they become the M, L, C and Z that screens, sheets and slides draw.
"""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib import SVGPath
from milsymbol import Symbol

from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import Piece, scaled
from dashboard.settings import settings

# Symbol set and entity of each object in APP-6: in the air, and missiles. No icon says that the object is not known.
ICONS = {
    "uav": ("01", "110300"),
    "missile": ("02", "110000"),
    "aircraft": ("01", "110100"),
    "helicopter": ("01", "110200"),
    "balloon": ("01", "110500"),
    "unknown": ("01", "000000"),
}
_FRAMES = {"suspect": "5", "neutral": "4", "unknown": "1", "friend": "3"}
_SCALE = 0.125  # units of our box in a unit of the library's
_LEFT, _TOP = 100.0, 114.0  # what of the library lies in the middle of our box
_EDGE, _DASH = 1.6, 3.0  # how much bolder than the library's the frame is, so that it is seen on a map
_STROKE = 1.4  # and the lines of an icon
_RIM = 3.0
_LETTERS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}


def frame(identity: str, palette: Palette, *, hollow: bool = False) -> tuple[Piece, ...]:
    """The frame of a standard identity with a rim around it; hollow it has the colours of the palette alone."""
    edges = _frame(identity)
    rim = replace(edges[0], fill=palette.rim, edge=palette.rim, width=_RIM)
    return (rim, *(_inked(piece, palette) for piece in edges)) if hollow else (rim, *edges)


def icon(object_type: str, palette: Palette, *, hollow: bool = False) -> tuple[Piece, ...]:
    """The icon of an object; none for one that is not known."""
    drawn = _icon(object_type)
    return tuple(_inked(piece, palette) for piece in drawn) if hollow else drawn


def frame_sample(identity: str, palette: Palette) -> tuple[Piece, ...]:
    """A frame as the legend shows it, in the middle of its box."""
    return tuple(piece.moved(1.25, 4.5) for piece in frame(identity, palette))


def icon_sample(object_type: str, palette: Palette) -> tuple[Piece, ...]:
    """An icon as the legend shows it, in the middle of its box."""
    return tuple(piece.moved(1.8, 3.2) for piece in icon(object_type, palette, hollow=True))


def _inked(piece: Piece, palette: Palette) -> Piece:
    """A piece whose black is ink, and whose every other colour is that of the paper."""
    fill, edge = (
        {"none": "none", "#000000": palette.ink}.get(colour, palette.rim) for colour in (piece.fill, piece.edge)
    )
    return replace(piece, fill=fill, edge=edge)


@cache
def _frame(identity: str) -> tuple[Piece, ...]:
    return tuple(
        replace(piece, width=piece.width * _EDGE, dash=scaled(piece.dash.split(), _DASH))
        for piece in _drawn("unknown", identity)
    )


@cache
def _icon(object_type: str) -> tuple[Piece, ...]:
    drawn = _drawn(object_type, "unknown")[len(_drawn("unknown", "unknown")) :]
    return tuple(replace(piece, width=piece.width * _STROKE) for piece in drawn)


def _drawn(object_type: str, identity: str) -> tuple[Piece, ...]:
    """A whole symbol of the library."""
    symbol_set, entity = ICONS[object_type]
    drawn = ElementTree.fromstring(Symbol(f"100{_FRAMES[identity]}{symbol_set}0000{entity}0000").as_svg())  # noqa: S314
    return tuple(_piece(element) for element in drawn)


def _piece(element: ElementTree.Element) -> Piece:
    width = float(element.get("stroke-width", "1")) * _SCALE
    dash = scaled(re.findall(r"[\d.]+", element.get("stroke-dasharray", "")), _SCALE)
    fill, edge = (_colour(element.get(name, "none")) for name in ("fill", "stroke"))
    return Piece(_outline(element), fill, edge, width, dash)


def _outline(element: ElementTree.Element) -> str:
    """An element of an SVG in our box: the frame stands above its middle, and leaves room below for the category."""
    pen = RecordingPen()
    wrapped = b"<svg xmlns='http://www.w3.org/2000/svg'>" + ElementTree.tostring(element) + b"</svg>"
    SVGPath.fromstring(wrapped).draw(TransformPen(pen, (_SCALE, 0, 0, _SCALE, -_LEFT * _SCALE, -_TOP * _SCALE)))
    return " ".join(
        _LETTERS[command] + " ".join(f"{x:.2f} {y:.2f}" for x, y in points)
        for command, points in pen.value
        if command != "endPath"
    )


def _colour(text: str) -> str:
    """A colour of the library, a name or ``rgb(…)``, as ``#RRGGBB``."""
    channels = [int(channel) for channel in re.findall(r"\d+", text)]
    return "#" + bytes(channels).hex().upper() if channels else {"black": "#000000"}.get(text, text)


IDENTITIES = ("suspect", "neutral", "unknown", "friend")


def identity_of(origin: str) -> str:
    """One of IDENTITIES for an ``origin``, an alpha-2 code or empty where no attribution is noted."""
    if not origin:
        return "unknown"
    return "suspect" if origin in settings().suspect else "neutral"
