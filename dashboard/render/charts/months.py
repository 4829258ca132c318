"""Months as rows of bars, one row for all and one for each part, all with the same scale."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any

import altair as alt
import pandas as pd

from dashboard.core.analysis.trends import Monthly
from dashboard.core.query.periods import Period
from dashboard.language import _, month, number, short_month
from dashboard.render.charts.style import Canvas, across, axis, fitted, layer, name_width, put_together, vega_shape
from dashboard.render.typesetting.measure import text_width

GAP = 1.75  # between rows, in sizes of text: room for the figure above the highest bar
TALLEST = 22  # of a bar for one, in pixels
HATCH = 6  # pixels between lines across days that are not counted
LEAST = 0.1  # of a month that can be seen
SHORT = 24  # months, of which the months are written and not the years alone
LABELS = 7  # at most, where months are written


def rows_of_months(
    canvas: Canvas,
    table: Monthly,
    names: Mapping[str, str],
    heading: str,
    unit: str,
    span: Period,
    colours: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw counts by month.

    Parameters
    ----------
    names
        The name of each part.
    heading
        The kind of the parts: ``State``.
    unit
        The things that are counted, as a heading: ``Incidents``.
    span
        The days that are counted; the others of the first and the last month are hatched.
    colours
        Colours of parts that are categories, which have their symbols then.
    """
    palette, size, colours = canvas.palette, canvas.size, colours or {}
    rows = [(_("All"), "", table.all_, table.total)]
    rows += [(names[part], part, table.parts[part], table.totals[part]) for part in table.parts]
    peaks = [max(int(counts.max()), 1) for _name, _part, counts, _total in rows]
    gap = GAP * size
    step = min((canvas.height - 2 * size - gap * len(rows)) / sum(peaks), TALLEST)
    bars: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    tops: list[dict[str, Any]] = []
    floor = 0.0
    for (name, part, counts, total), peak in zip(rows, peaks, strict=True):
        floor += gap + step * peak
        colour = colours.get(part, palette.muted)
        labels.append({"name": fitted(canvas, name), "total": number(total), "floor": floor, "part": part})
        for place, (first, count) in enumerate(counts.items()):
            if count:
                bars.append(
                    {
                        "from": place + 0.08, "to": place + 0.92, "floor": floor, "top": floor - step * count,
                        "colour": colour, "name": name, "when": month(first), "count": int(count),
                    }
                )  # fmt: skip
        if counts.max():
            place = int(counts.to_numpy().argmax())
            tops.append({"at": place + 0.5, "top": floor - step * int(counts.max()), "count": number(counts.max())})
    x = alt.X(
        "from:Q",
        scale=across(0, len(table.all_)),
        axis=axis(_ticks(table.all_.index), domain=False, ticks=len(table.all_) > SHORT),
    )
    y = alt.Scale(domain=[floor, 0], nice=False, zero=False)
    figures = max(text_width(row["total"], size) for row in labels)
    left = name_width(canvas, [row["name"] for row in labels]) + figures + (3.2 if colours else 1.7) * size
    line = layer(labels).mark_rule(color=palette.hairline).encode(y=alt.Y("floor:Q", scale=y, axis=None))
    marks = layer(bars).mark_rect().encode(
        x=x, x2="to:Q", y=alt.Y("floor:Q", scale=y, axis=None), y2="top:Q", color=alt.Color("colour:N", scale=None),
        tooltip=[
            alt.Tooltip("name:N", title=heading), alt.Tooltip("when:N", title=_("Month")),
            alt.Tooltip("count:Q", title=unit, format=","),
        ],
    )  # fmt: skip
    layers = [
        *_hatching(canvas, span, len(table.all_), floor, y),
        line,
        marks,
        *_words(canvas, labels, y, left - (1.5 * size if colours else 0)),
    ]
    layers.append(
        layer(tops).mark_text(dy=-0.5 * size, fontSize=size - 1, color=palette.muted).encode(
            x=alt.X("at:Q"), y=alt.Y("top:Q", scale=y), text="count:N"
        )
    )  # fmt: skip
    for part, colour in colours.items():
        if part in table.parts:
            own = [row for row in labels if row["part"] == part]
            layers.append(
                layer(own).mark_point(
                    shape=vega_shape(part), size=(size + 1) ** 2, color=colour, fill=colour, strokeWidth=0, opacity=1,
                    yOffset=-0.42 * size,
                ).encode(x=alt.XValue(-left + size * 0.55), y=alt.Y("floor:Q", scale=y))
            )  # fmt: skip
    return put_together(canvas, layers, floor, (left, size))


def _words(canvas: Canvas, labels: list[dict[str, Any]], y: alt.Scale, left: float) -> list[alt.Chart]:
    """The name of each row and its total, beside the plot."""
    names = layer(labels).mark_text(align="left", baseline="bottom", dy=1, fontWeight=600)
    totals = layer(labels).mark_text(align="right", baseline="bottom", dy=1, color=canvas.palette.muted)
    place = alt.Y("floor:Q", scale=y)
    return [
        names.encode(x=alt.XValue(-left), y=place, text="name:N"),
        totals.encode(x=alt.XValue(-0.7 * canvas.size), y=place, text="total:N"),
    ]


def _hatching(canvas: Canvas, span: Period, months: int, floor: float, y: alt.Scale) -> list[alt.Chart]:
    """Lines across the days of the first and the last month that are not counted."""
    before = (span.start.day - 1) / monthrange(span.start.year, span.start.month)[1]
    after = span.end.day / monthrange(span.end.year, span.end.month)[1]
    begins_in_sight = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month < months
    parts = [(0.0, before)] if before >= LEAST and begins_in_sight else []
    parts += [(months - 1 + after, float(months))] if 1 - after >= LEAST else []
    rows = [
        {"left": left, "right": right, "low": low + HATCH, "high": low}
        for left, right in parts
        for low in range(0, int(floor - HATCH) + 1, HATCH)
    ]
    if not rows:
        return []
    rules = layer(rows).mark_rule(color=canvas.palette.border, strokeWidth=0.8, aria=False).encode(
        x=alt.X("left:Q"), x2="right:Q", y=alt.Y("low:Q", scale=y, axis=None), y2="high:Q"
    )  # fmt: skip
    return [rules]


def _ticks(months: pd.DatetimeIndex) -> dict[float, str]:
    """Labels of the axis: months of a short span, else years at their January."""
    days = [date(first.year, first.month, 1) for first in months]
    if len(days) <= SHORT:
        step = ceil(len(days) / LABELS)
        return {
            place + 0.5: short_month(first, year=first.month == 1 or place == 0)
            for place, first in enumerate(days)
            if place % step == 0
        }
    years = {place: str(first.year) for place, first in enumerate(days) if first.month == 1}
    step = ceil(len(years) / LABELS)
    return dict(list(years.items())[::step])
