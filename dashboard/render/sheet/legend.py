"""The legend of a sheet, drawn at the foot of its sidebar."""

import shapely
from matplotlib.patches import Circle

from dashboard.language import _
from dashboard.render.sheet.flights import draw_band
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.app6 import frame_sample, icon_sample
from dashboard.render.symbols.land_signs import SIDES, sign_of
from dashboard.render.symbols.legend import Item
from dashboard.render.symbols.mark_style import pieces_of
from dashboard.render.typesetting.measure import text_width

LINE = 26.0
HEADING = 32.0  # above the first line
SAMPLE = 40.0  # width of a sample with its gap
SMALLEST = 12.0  # type of a legend in rows


def legend_height(items: list[Item], columns: int = 2) -> float:
    """The height of the legend in so many columns."""
    return HEADING + LINE * -(-len(items) // columns)


def draw_legend(page: Page, left: float, top: float, right: float, items: list[Item], columns: int = 2) -> None:
    """Draw the legend from its top down."""
    page.rule(left, top, right, top)
    page.text(left, top + 22, _("Legend").upper(), 14, weight="bold", colour=page.palette.muted)
    rows, width = -(-len(items) // columns), (right - left) / columns
    for position, item in enumerate(items):
        x, y = left + width * (position // rows), top + HEADING + LINE * (position % rows + 0.5)
        _sample(page, x + 16, y, item)
        page.fitted(x + 42, y + 5.5, item.label, 16, width - 46)


def draw_legend_strip(page: Page, box: Box, items: list[Item]) -> None:
    """Draw the legend in rows below the map, in type as large as has room."""
    left, top, right, bottom = box
    size = 16.0
    while size > SMALLEST and len(_rows(items, right - left, size)) * 1.5 * size > bottom - top:
        size -= 0.5
    y = top + 0.75 * size
    for row in _rows(items, right - left, size):
        x = left
        for item in row:
            _sample(page, x + 16, y, item)
            page.fitted(x + SAMPLE, y + 0.34 * size, item.label, size, right - x - SAMPLE)
            x += _width(item, size)
        y += 1.5 * size


def _rows(items: list[Item], width: float, size: float) -> list[list[Item]]:
    """Lines of the legend one after the other, in rows no wider than this."""
    rows: list[list[Item]] = [[]]
    used = 0.0
    for item in items:
        if rows[-1] and used + _width(item, size) - 1.2 * size > width:
            rows.append([])
            used = 0.0
        rows[-1].append(item)
        used += _width(item, size)
    return rows


def _width(item: Item, size: float) -> float:
    return SAMPLE + text_width(item.label, size) + 1.4 * size


def _sample(page: Page, x: float, y: float, item: Item) -> None:
    palette = page.palette
    if item.sample == "symbol":
        page.symbol(x, y, pieces_of(item.kind, palette), 20)
    elif item.sample in SIDES:
        page.symbol(x, y, sign_of(item.sample, palette), SIDES[item.sample])
    elif item.sample == "frame":
        page.symbol(x, y, frame_sample(item.kind.identity, palette), 24)
    elif item.sample == "icon":
        page.symbol(x, y, icon_sample(item.kind.object_type, palette), 24)
    elif item.sample == "number":
        page.text(x, y + 5.1, "7", 15, weight="bold", align="center")
    elif item.sample == "cluster":
        edge = palette.categories["incursion"]
        page.axes.add_artist(Circle((x, y), 9, facecolor=palette.rim, edgecolor=edge, lw=4 * page.points, zorder=4))
        page.text(x, y + 4.5, "9", 12, weight="bold", align="center", zorder=4.2)
    elif item.sample == "accuracy":
        properties = {
            "facecolor": "none",
            "edgecolor": palette.muted,
            "lw": 1.4 * page.points,
            "linestyle": (0, (2, 3)),
        }
        page.axes.add_artist(Circle((x, y), 9, zorder=4, **properties))
    else:
        if item.sample == "band":
            band = shapely.LineString([(x - 8, y), (x + 8, y)]).buffer(9)
            draw_band(page.axes, page, band, palette.categories[item.kind.category], zorder=4)
        flight = (2, (3.5, 3), palette.categories.get(item.kind.category))
        width, dash, colour = {
            "flank": (3.2, None, palette.flank),
            "flank_sea": (1.6, (6, 4), palette.flank),
            "depth": (1.4, (1, 3), palette.ink),
        }.get(item.sample, flight)
        style = (0, dash) if dash else "solid"
        page.axes.plot([x - 16, x + 16], [y, y], color=colour, lw=width * page.points, linestyle=style, zorder=4)
