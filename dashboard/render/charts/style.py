"""The one style of all charts: what they are drawn on, their type, and the marks that they share.

Charts are quiet: bars are grey, and the only colours are those of the categories, with the symbols of the map.
Lengths are in pixels; positions are worked out here and not by a scale, so that screen and file agree.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.symbols.shapes import SHAPES
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import shortened

SCREEN_FONT = "Source Sans, sans-serif"  # as Streamlit calls its own
ASSUMED_WIDTH = 430  # of a chart that fills its container, at the least
BOX = 11  # half the side of the box of a symbol in SHAPES
LONGEST_NAME = 11  # of a row, in sizes of text


@dataclass(frozen=True)
class Canvas:
    """The surface that a chart is drawn on.

    width
        None fills the container.
    size
        Of text.
    """

    palette: Palette = field(default=LIGHT)
    width: int | None = None
    height: int = 300
    size: int = 13
    font: str = SCREEN_FONT

    @property
    def least_width(self) -> int:
        """A width that the chart has in any case."""
        return self.width or ASSUMED_WIDTH


def put_together(
    canvas: Canvas, layers: Sequence[alt.Chart], height: float, margins: tuple[float, float] = (0, 0)
) -> alt.LayerChart:
    """Layers as a chart; ``margins`` is the room at the left and right for what is written beside the plot."""
    palette, (left, right) = canvas.palette, margins
    text = {"font": canvas.font, "fontSize": canvas.size, "color": palette.ink}
    axes = {
        "labelFont": canvas.font, "labelFontSize": canvas.size, "labelColor": palette.muted, "titleFont": canvas.font,
        "titleFontSize": canvas.size, "titleFontWeight": 400, "titleColor": palette.muted, "titlePadding": 6,
        "domainColor": palette.muted, "tickColor": palette.hairline, "gridColor": palette.hairline, "labelPadding": 4,
        "tickSize": 4,
    }  # fmt: skip
    chart: alt.LayerChart = (
        alt.layer(*layers)
        .properties(
            width=canvas.width - left - right if canvas.width else "container",
            height=round(height),
            padding={"left": 2, "right": 2, "top": 2, "bottom": 2},
            background="transparent",
            autosize=alt.AutoSizeParams(type="pad" if canvas.width else "fit-x", contains="padding"),
        )
        .configure(text=text, axis=axes, view={"stroke": None}, font=canvas.font)
    )
    return chart


def layer(rows: Sequence[Mapping[str, Any]] | pd.DataFrame) -> alt.Chart:
    """A layer with its rows."""
    return alt.Chart(rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows)))


def axis(labels: Mapping[float, str], title: str = "", *, grid: bool = False, **options: Any) -> alt.Axis:
    """An axis with these labels at these values; an object of Vega's own words would speak one language only."""
    words = json.dumps({f"{value:g}": label for value, label in labels.items()}, ensure_ascii=False)
    return alt.Axis(
        values=list(labels), labelExpr=f"{words}[datum.value]", title=title or None, grid=grid, labelFlush=False,
        **options,
    )  # fmt: skip


def across(low: float, high: float) -> alt.Scale:
    """A scale that runs from one value to another, and no further."""
    return alt.Scale(domain=[low, high], nice=False, zero=False)


def name_width(canvas: Canvas, names: Sequence[str]) -> float:
    """The room that the names of rows need."""
    return max((text_width(fitted(canvas, name), canvas.size, "semibold") for name in names), default=0)


def fitted(canvas: Canvas, name: str) -> str:
    """A name of a row, cut off where it is very long."""
    return shortened(name, canvas.size, LONGEST_NAME * canvas.size, "semibold")


def vega_shape(category: str) -> str:
    """The symbol of a category as Vega has it, in a box from -1 to 1."""
    return re.sub(r"-?[\d.]+", lambda found: f"{float(found[0]) / BOX:.3f}", SHAPES[category])
