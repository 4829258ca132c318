"""Geometries of files: brought to EPSG:4326, and to the kinds that can be a place or a way."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from dashboard.core.imports.files.raw import FEATURE, places_in_words
from dashboard.errors import UnreadableFileError
from dashboard.language import _

KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
WGS84 = CRS.from_epsg(4326)


def crs_of(definition: Any) -> CRS:
    """A coordinate reference system by its code or definition.

    Raises
    ------
    UnreadableFileError
        It is none that is known.
    """
    try:
        return CRS.from_user_input(definition)
    except (CRSError, TypeError, ValueError) as error:
        message = _("Its coordinate reference system is not known: {name}. Save it in WGS 84 (EPSG:4326).")
        raise UnreadableFileError(message.format(name=str(definition)[:60])) from error


def as_wgs84(
    shapes: Sequence[BaseGeometry | None], crs: CRS | None, notes: list[str], counted: str = FEATURE
) -> list[BaseGeometry | None]:
    """Bring geometries to EPSG:4326, longitude first, and say so; what cannot be a place becomes None, and is said."""
    made = [_simple(shape) for shape in shapes]
    if crs is not None and not crs.equals(WGS84, ignore_axis_order=True):
        turn = Transformer.from_crs(crs, WGS84, always_xy=True)
        made = [None if shape is None else _moved(shape, turn) for shape in made]
        notes.append(_("Coordinates were turned from {name} into WGS 84.").format(name=crs.name))
    both = enumerate(zip(made, shapes, strict=True), start=1)
    odd = [place for place, (shape, given) in both if given is not None and shape is None]
    if odd:
        message = _("A geometry that is neither a point nor a line nor an area on Earth was left out: {places}.")
        notes.append(message.format(places=places_in_words(odd, counted)))
    return made


def _simple(shape: BaseGeometry | None) -> BaseGeometry | None:
    """A geometry of the kinds that are read, without heights; one part of a collection of one."""
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "GeometryCollection" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type not in KINDS:
        return None
    shape = shapely.force_2d(shape)
    if shape.geom_type.startswith("Multi") and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    return shape if np.isfinite(shape.bounds).all() else None


def _moved(shape: BaseGeometry, turn: Transformer) -> BaseGeometry | None:
    moved = shapely.transform(shape, lambda pairs: np.column_stack(turn.transform(pairs[:, 0], pairs[:, 1])))
    return moved if np.isfinite(moved.bounds).all() else None
