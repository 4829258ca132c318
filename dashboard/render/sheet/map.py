"""The map of a sheet: land and sea, borders, tracks, marks with their clusters, and names that keep out of the way."""

from dataclasses import dataclass
from itertools import chain

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Polygon

from dashboard.core.analysis.numbering import chronological
from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.basemap import WATER
from dashboard.language import _
from dashboard.render.sheet.flights import draw_tracks
from dashboard.render.sheet.focus import draw_focus, draw_shared_places
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.graticule import draw_graticule
from dashboard.render.sheet.inset import draw_inset
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.marks import draw_marks, draw_own_side
from dashboard.render.sheet.nil import write_nil
from dashboard.render.sheet.numbering import number_marks
from dashboard.render.sheet.page import Box, Page, area_outline
from dashboard.render.sheet.place_names import write_names
from dashboard.render.sheet.water import draw_water
from dashboard.render.sheet.water_names import write_water_names
from dashboard.render.symbols.legend import Item, legend
from dashboard.render.symbols.mark_style import SIDES, Kind, kinds_of
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
    dataset, selected = handout.dataset, handout.view.selected
    axes = page.axes_in(frame.box, zorder=1)
    left, top, right, bottom = frame.box
    axes.set(xlim=(left, right), ylim=(bottom, top))
    page.rectangle(frame.box, edge=page.palette.ink, width=1.2, zorder=6)
    is_charted = _draw_ground(axes, page, frame)
    draw_graticule(axes, page, frame)
    flank, water = _draw_basemap(axes, page, frame, dataset)
    selection = chronological(handout.incidents)
    inside = frame.holds(selection)
    shown = selection[inside]
    points = frame.on_page(shown["longitude"].to_numpy(), shown["latitude"].to_numpy())
    tracks = handout.tracks[handout.tracks["incident_id"].isin(shown["id"])]
    tracks = tracks.assign(category=tracks["incident_id"].map(shown.set_index("id")["category"]))
    banded = draw_tracks(axes, page, frame, tracks)
    space = LabelRoom(frame.box)
    if handout.nil:
        write_nil(page, handout, space)
    chosen = (shown["id"] == selected).to_numpy()
    accuracy, way = draw_focus(axes, page, frame, shown[chosen], space)
    along = {kind: _boxes_along(line) for kind, line in {**flank, "way": way}.items()}
    lines = LabelRoom(frame.box, chain.from_iterable(along.values()))
    kinds = kinds_of(shown, handout.view.symbols)
    numbers = [handout.numbers[id_] for id_ in shown["id"]]
    numbering = number_marks(points, numbers, chosen, space, lines, frame.unit_m, SIDES[handout.view.symbols])
    draw_marks(axes, page, shown, kinds, numbering, chosen)
    accuracy |= draw_shared_places(axes, page, frame, shown, numbering, space)
    friendly = draw_own_side(axes, page, frame, handout, space)
    if frame.small:
        draw_inset(page, frame, dataset, space, lines)
    space.add(*along["flank"], *along["way"])
    write_names(page, frame, dataset, space)
    write_water_names(page, water, frame.zoom, space)
    alone = {row for group in numbering.groups for row in group if len(group) == 1}
    items = legend(
        # In a ring one sees the category alone.
        [
            *(kind if row in alone else Kind(kind.category) for row, kind in enumerate(kinds)),
            *kinds_of(friendly, handout.view.symbols),
        ],
        clusters=any(len(group) > 1 for group in numbering.groups),
        tracks=() if banded.any() else tracks["category"],
        bands=tracks["category"][banded],
        accuracy=accuracy,
        depth=not way.is_empty,
        lines=[kind for kind, line in flank.items() if not line.is_empty],
        numbers=bool(numbering.labels),
    )
    return DrawnMap(
        shown=frozenset([*shown["id"], *friendly["id"]]),
        inside=len(shown),
        outside=int((~inside).sum()),
        items=items,
        note=" ".join(filter(None, (numbering.note, "" if is_charted else _("Hatched: not charted.")))),
    )


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
