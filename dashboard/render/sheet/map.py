"""The map of a sheet: land and sea, borders, tracks, marks with their clusters, and names that keep out of the way."""

from dataclasses import dataclass, replace
from itertools import chain

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Polygon
from numpy.typing import NDArray

from dashboard.core.analysis.event_parts import without_site
from dashboard.core.analysis.numbering import chronological
from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.basemap import WATER
from dashboard.language import _
from dashboard.render.sheet.detail import Detail, draw_window, find_detail, write_strip, write_window
from dashboard.render.sheet.flights import draw_tracks
from dashboard.render.sheet.focus import draw_accuracies, draw_focus, write_depth
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.graticule import draw_graticule
from dashboard.render.sheet.inset import draw_inset
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.marks import DrawnIncidents, draw_incidents
from dashboard.render.sheet.nil import write_nil
from dashboard.render.sheet.page import Box, Page, area_outline
from dashboard.render.sheet.place_names import capitals_with_names, dots_of_large_towns, write_names
from dashboard.render.sheet.town_names import Near
from dashboard.render.sheet.water import draw_water
from dashboard.render.sheet.water_names import write_water_names
from dashboard.render.symbols.legend import Item, legend
from dashboard.render.symbols.mark_style import SIDES
from dashboard.render.text.handout import Handout

FAR_UNIT_M = 620.0  # from this scale on the far level of the light map is enough


@dataclass(frozen=True)
class DrawnMap:
    """Everything that came to be on the map: for the legend, the list, the counts and the check.

    shown
        The IDs of those that lie inside the frame, own-side objects included.
    inside, outside
        The numbers of incidents inside the frame and outside it.
    items
        The legend: what is drawn.
    note
        A note on the map, or empty.
    """

    shown: frozenset[str]
    inside: int
    outside: int
    items: list[Item]
    note: str


def draw_map(page: Page, frame: Frame, handout: Handout) -> DrawnMap:
    """Draw the map of a handout into the page."""
    selection = chronological(handout.incidents)
    inside = frame.holds(selection)
    shown, friendly = selection[inside], handout.friendly[frame.holds(handout.friendly)]
    page.rectangle(frame.box, edge=page.palette.ink, width=1.2, zorder=6)
    land = _draw_land(page, frame, handout, shown, zorder=1)
    draw_graticule(land.axes, page, frame)
    space = LabelRoom(frame.box)
    if handout.nil:
        write_nil(page, handout, space)
    looked_at = shown[shown["id"] == handout.view.selected]
    way = draw_focus(land.axes, page, frame, looked_at)
    write_depth(page, frame, looked_at, space)
    vague = shown[without_site(shown)] if handout.view.filter.event else shown[:0]
    draw_accuracies(land.axes, page, frame, vague[vague["id"] != handout.view.selected])
    along = {kind: _boxes_along(line) for kind, line in {**land.flank, "way": way}.items()}
    lines = LabelRoom(frame.box, chain.from_iterable(along.values()))
    kept = LabelRoom(frame.box, [*along["flank"], *capitals_with_names(frame, handout.dataset)])
    detail = find_detail(frame, shown, SIDES[handout.view.symbols], space, kept)
    clear = LabelRoom(frame.box, [*chain.from_iterable(along.values()), *dots_of_large_towns(frame, handout.dataset)])
    drawn = []
    if detail:
        enlarged, own = detail.frame.holds(shown), detail.frame.holds(friendly)
        draw_window(land.axes, page, frame, detail, space)
        drawn.append(_draw_detail(page, detail, handout, shown, friendly[own]))
        shown_here, friendly_here = shown[~enlarged], friendly[~own]
    else:
        shown_here, friendly_here = shown, friendly
    drawn.append(draw_incidents(land.axes, page, frame, handout, shown_here, friendly_here, space, clear))
    if detail:
        write_window(page, frame, detail, len(shown) - len(shown_here), space)
    if frame.small:
        draw_inset(page, frame, handout.dataset, space, lines)
    space.add(*along["flank"], *along["way"])
    signs = write_names(page, frame, handout, space, _near(frame, land, shown, drawn[-1]))
    write_water_names(page, land.water, frame.zoom, space)
    banded = land.banded.any() or any(part.banded for part in drawn)
    return DrawnMap(
        shown=frozenset([*shown["id"], *friendly["id"]]),
        inside=len(shown),
        outside=int((~inside).sum()),
        items=legend(
            chain.from_iterable(part.kinds for part in drawn),
            clusters=any(part.rings for part in drawn),
            tracks=() if banded else land.tracks["category"],
            bands=land.tracks["category"] if banded else (),
            accuracy=len(looked_at) > 0 or len(vague) > 0 or any(part.shared for part in drawn),
            depth=not way.is_empty,
            lines=[kind for kind, line in land.flank.items() if not line.is_empty],
            numbers=any(part.numbered for part in drawn),
            signs=signs.union(*(part.signs for part in drawn)),
        ),
        note=" ".join(
            filter(None, (*(part.note for part in drawn), "" if land.is_charted else _("Hatched: not charted.")))
        ),
    )


@dataclass(frozen=True, eq=False)
class _Land:
    """Everything beneath the incidents: the axes, the flank's lines, and the tracks with which of them have a band."""

    axes: Axes
    is_charted: bool
    flank: dict[str, shapely.Geometry]
    water: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    banded: NDArray[np.bool_]


def _draw_land(page: Page, frame: Frame, handout: Handout, shown: gpd.GeoDataFrame, zorder: float) -> _Land:
    """Draw land, sea, lines, and the flight tracks of the incidents that are shown."""
    axes = page.axes_in(frame.box, zorder)
    left, top, right, bottom = frame.box
    axes.set(xlim=(left, right), ylim=(bottom, top))
    is_charted = _draw_ground(axes, page, frame)
    flank, water = _draw_basemap(axes, page, frame, handout.dataset)
    tracks = handout.tracks[handout.tracks["incident_id"].isin(shown["id"])]
    tracks = tracks.assign(category=tracks["incident_id"].map(shown.set_index("id")["category"]))
    return _Land(axes, is_charted, flank, water, tracks, draw_tracks(axes, page, frame, tracks))


def _draw_detail(
    page: Page, detail: Detail, handout: Handout, shown: gpd.GeoDataFrame, friendly: gpd.GeoDataFrame
) -> DrawnIncidents:
    """Draw the detail, which is a map of its own."""
    frame = detail.frame
    land = _draw_land(page, frame, handout, shown, zorder=2)
    enlarged = shown[frame.holds(shown)]
    draw_focus(land.axes, page, frame, shown[shown["id"] == handout.view.selected])
    along = [*_boxes_along(land.flank["flank"])]
    space = LabelRoom(frame.box)
    lines = LabelRoom(frame.box, [*along, *dots_of_large_towns(frame, handout.dataset)])
    drawn = draw_incidents(land.axes, page, frame, handout, enlarged, friendly, space, lines)
    space.add(*along)
    signs = write_names(page, frame, handout, space, _near(frame, land, enlarged, drawn))
    write_water_names(page, land.water, frame.zoom, space)
    write_strip(page, detail, len(enlarged))
    return replace(drawn, banded=bool(land.banded.any()), signs=frozenset(signs))


def _near(frame: Frame, land: _Land, shown: gpd.GeoDataFrame, drawn: DrawnIncidents) -> Near:
    """The incidents and the flank border near which towns are named."""
    points = frame.on_page(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    return Near(points, shapely.get_coordinates(shapely.segmentize(land.flank["flank"], 10.0)), drawn.boxes)


def _draw_ground(axes: Axes, page: Page, frame: Frame) -> bool:
    """Draw the sea, as far as the map is charted; what lies beyond is hatched, lest it be taken for sea.

    Returns
    -------
    Whether all of the frame is charted.
    """
    whole, charted = shapely.box(*frame.box), frame.charted()
    is_charted = bool(charted.covers(whole.buffer(-1)))
    if not is_charted:
        beyond = Polygon(shapely.get_coordinates(whole), gid="uncharted", hatch="///", lw=0, zorder=0)
        beyond.set(facecolor=page.palette.panel, edgecolor=page.palette.border)
        axes.add_artist(beyond)
    sea = area_outline(charted)
    if sea is not None:
        axes.add_artist(PathPatch(sea, facecolor=page.palette.sea, edgecolor="none", zorder=0.1))
    return is_charted


def _draw_basemap(
    axes: Axes, page: Page, frame: Frame, dataset: Dataset
) -> tuple[dict[str, shapely.Geometry], gpd.GeoDataFrame]:
    """Draw areas, lines and water; gives the flank's lines inside the frame and the water, in units of the page."""
    palette, points = page.palette, page.points
    level = "far" if frame.unit_m >= FAR_UNIT_M else "near"
    water = dataset.basemap[level]["kind"].isin(WATER)
    shapes = dataset.basemap[level][~water]
    by_kind = dict(zip(shapes["kind"], frame.shapes_on_page(shapes.geometry.values), strict=True))
    for kind, fill, edge in (
        ("flank_airspace", palette.flank_sea, "none"),
        ("land", palette.land, palette.coast),
        ("flank_land", palette.flank_land, palette.coast),
    ):
        patch = area_outline(by_kind[kind])
        if patch is not None:
            axes.add_artist(PathPatch(patch, facecolor=fill, edgecolor=edge, lw=0.9 * points, zorder=1))
    for kind, colour, width, dash, order in (
        ("limit", palette.coast, 0.8, (2, 4), 1.1),
        ("border", palette.border, 1.2, None, 1.2),
        ("flank_sea", palette.flank, 1.6, (6, 4), 1.3),
        ("flank", palette.casing, 6.5, None, 1.4),
        ("flank", palette.flank, 3.2, None, 1.5),
    ):
        lines = [
            shapely.get_coordinates(part) for part in shapely.get_parts(by_kind[kind]) if part.geom_type == "LineString"
        ]
        style = (0, dash) if dash else "solid"
        axes.add_collection(
            LineCollection(
                lines, colors=colour, linewidths=width * points, linestyles=[style], zorder=order, capstyle="round"
            )
        )
    axes.set(xlim=(frame.box[0], frame.box[2]), ylim=(frame.box[3], frame.box[1]))
    flank = {kind: shapely.clip_by_rect(by_kind[kind], *frame.box) for kind in ("flank", "flank_sea")}
    return flank, draw_water(axes, page, frame, dataset.basemap[level][water])


def _boxes_along(line: shapely.Geometry) -> list[Box]:
    """Small boxes along a line, so that names do not cross it."""
    return [(x - 4, y - 4, x + 4, y + 4) for x, y in shapely.get_coordinates(shapely.segmentize(line, 10.0))]
