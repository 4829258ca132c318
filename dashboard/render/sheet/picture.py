"""The map alone, without a sheet's margins, for slides."""

import io
from dataclasses import dataclass

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard.render.handout import Handout
from dashboard.render.legend import Item, legend
from dashboard.render.sheet.chart import draw_chart
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.page import WIDTH, Page
from dashboard.render.symbols import LIGHT


@dataclass(frozen=True)
class MapPicture:
    """A picture of the map.

    png
        Its file.
    numbers
        By incident the number it has on the map; empty where they are too many to number and are counted by cell.
    legend
        What is drawn.
    note
        What must be said of it in a sentence (counted by cell, incidents outside the frame), or empty.
    """

    png: bytes
    numbers: dict[str, int]
    legend: list[Item]
    note: str = ""


def map_picture(handout: Handout, width_px: int, height_px: int) -> MapPicture:
    """Draw the map of a handout.

    Raises
    ------
    SheetError
        The map came out blank, or its marks do not match the selection.
    """
    figure = Figure(figsize=(19.2, 19.2 * height_px / width_px), dpi=width_px / 19.2)
    page = Page(figure, LIGHT, (4.0, 4.0, WIDTH - 4, WIDTH * height_px / width_px - 4))
    frame = frame_of(handout.view, handout.incidents, page.map_box)
    chart = draw_chart(page, frame, handout.dataset, handout.incidents, handout.view.selected)
    file = io.BytesIO()
    FigureCanvasAgg(figure).print_png(file)
    items = legend(
        chart.drawn, clusters=chart.clusters, tracks=chart.tracks, accuracy=chart.accuracy, lines=chart.lines
    )
    return MapPicture(file.getvalue(), {}, items)
