"""Names on a sheet's map: states, seas and towns, the weightiest first, none over another, a mark or the frame."""

import geopandas as gpd
import numpy as np
from matplotlib.patches import Circle

from dashboard.render.sheet.frame import EARTH_M, Frame
from dashboard.render.sheet.page import Box, Page, text_width

GAP = 7.0  # units kept free around a name
MOST_TOWNS = 60
SEA_FROM_ZOOM = {5: 3.0, 4: 4.0, 3: 5.5, 2: 6.5}  # by weight


def write_names(page: Page, frame: Frame, places: gpd.GeoDataFrame, taken: list[Box]) -> None:
    """Write the names that find room; ``taken`` are boxes of the page that stay free."""
    points = frame.on_page(places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    inside = frame.contains(points)
    near = places[inside].assign(x=points[inside, 0], y=points[inside, 1])
    # The zoom at which the web map has the same scale: names thin out alike.
    zoom = np.log2(EARTH_M * np.cos(np.radians(frame.latitude)) / (256 * frame.unit_m))
    space = _Space(frame.box, list(taken))
    _write_states(page, frame, near[near["kind"] == "state"], space)
    for sea in near[near["kind"] == "sea"].itertuples():
        if zoom >= SEA_FROM_ZOOM[int(sea.weight)] and space.take(
            _over(sea.x, sea.y, text_width(sea.name, 16, "regular", "italic"))
        ):
            page.text(
                sea.x,
                sea.y + 5,
                sea.name,
                16,
                style="italic",
                colour=page.palette.muted,
                align="center",
                halo=page.palette.sea,
            )
    _write_towns(page, near[near["kind"].isin(["capital", "town"])], float(zoom), space)


class _Space:
    """Boxes of the map that are taken."""

    def __init__(self, frame: Box, taken: list[Box]) -> None:
        self.frame, self.taken = frame, taken

    def free(self, box: Box) -> bool:
        left, top, right, bottom = self.frame
        if box[0] < left + 4 or box[1] < top + 4 or box[2] > right - 4 or box[3] > bottom - 4:
            return False
        return not any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in self.taken)

    def take(self, *boxes: Box) -> bool:
        if not all(self.free(box) for box in boxes):
            return False
        self.taken += boxes
        return True


def _over(x: float, y: float, width: float, height: float = 18.0) -> Box:
    return x - width / 2 - GAP, y - height / 2 - GAP / 2, x + width / 2 + GAP, y + height / 2 + GAP / 2


def _write_states(page: Page, frame: Frame, states: gpd.GeoDataFrame, space: _Space) -> None:
    for _state, places in states.groupby("state", sort=False):
        for place in places.itertuples():
            name = "\u2009\u2009".join(place.name.upper())
            roomy = place.weight * 1000 / frame.unit_m > 14
            if roomy and space.take(_over(place.x, place.y, text_width(name, 16, "bold"))):
                page.text(
                    place.x,
                    place.y + 5,
                    name,
                    16,
                    weight="bold",
                    colour=page.palette.muted,
                    align="center",
                    halo=page.palette.flank_land,
                )
                break


def _write_towns(page: Page, towns: gpd.GeoDataFrame, zoom: float, space: _Space) -> None:
    rank = towns["weight"] * np.where(towns["kind"] == "capital", 5, 1)
    smallest = 600_000 * 2 ** (-1.55 * (zoom - 5))
    towns = towns.assign(rank=rank)[rank >= smallest].sort_values("rank", ascending=False, kind="stable")
    written = 0
    for town in towns.itertuples():
        if written == MOST_TOWNS:
            break
        weight = "semibold" if town.rank > 6 * smallest or town.kind == "capital" else "regular"
        width = text_width(town.name, 15, weight)
        dot = (town.x - 4, town.y - 4, town.x + 4, town.y + 4)
        for x, y, align in (
            (town.x + 8, town.y + 5, "left"),
            (town.x - 8, town.y + 5, "right"),
            (town.x, town.y - 9, "center"),
            (town.x, town.y + 19, "center"),
        ):
            left = x - {"left": 0.0, "right": width, "center": width / 2}[align]
            if space.free(dot) and space.take(
                (left - GAP / 2, y - 14 - GAP / 2, left + width + GAP / 2, y + 4 + GAP / 2)
            ):
                space.taken.append(dot)
                page.text(
                    x,
                    y,
                    town.name,
                    15,
                    weight=weight,
                    colour=page.palette.muted,
                    align=align,
                    halo=page.palette.flank_land,
                )
                page.axes.add_artist(_dot(page, town.x, town.y))
                written += 1
                break


def _dot(page: Page, x: float, y: float) -> Circle:
    return Circle(
        (x, y), 2.6, facecolor=page.palette.flank_land, edgecolor=page.palette.muted, lw=1.2 * page.points, zorder=2.5
    )
