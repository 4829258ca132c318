"""Bar charts: vertical bars over hours or distances, horizontal ones for shares, hollow where not confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from dashboard.core.incidents.columns import STATUSES
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, number
from dashboard.render.charts.style import Canvas, across, axis, fitted, layer, name_width, put_together, vega_shape
from dashboard.render.symbols.shapes import DASHES
from dashboard.render.typesetting.measure import text_width

ROW = 3.4  # height of a horizontal bar with its distance to the next, in sizes of text
FILLED = 0.62  # of it


def vertical_bars(
    canvas: Canvas,
    counts: Sequence[int],
    labels: Mapping[float, str],
    names: Sequence[str],
    title: str,
    unit: str,
    category: str = "",
) -> alt.LayerChart:
    """Draw a bar for each count, side by side.

    Parameters
    ----------
    labels
        Of the axis: the number of a bar, whose left edge it marks, and what is written there.
    names
        The meaning of each bar.
    title
        The title of the axis, with its unit.
    unit
        The things that are counted, as a heading.
    category
        Of incident, where all are of one.
    """
    size, most = canvas.size, max(*counts, 1)
    rows = [
        {
            "from": place + 0.06,
            "to": place + 0.94,
            "at": place + 0.5,
            "count": count,
            "text": number(count),
            "name": name,
        }
        for place, (count, name) in enumerate(zip(counts, names, strict=True))
    ]
    room = canvas.least_width / len(rows)
    fits = all(text_width(row["text"], size - 1) < room * 0.98 for row in rows)
    written = [row for row in rows if row["count"] and (fits or row["count"] == most)]
    colour = canvas.palette.categories.get(category, canvas.palette.muted)
    floor = alt.Y("count:Q", scale=across(0, most * 1.04), axis=None)
    x = alt.X("from:Q", scale=across(0, len(rows)), axis=axis(labels, title))
    bars = layer(rows).mark_rect(color=colour).encode(
        x=x, x2="to:Q", y=floor, y2=alt.Y2Datum(0),
        tooltip=[alt.Tooltip("name:N", title=title), alt.Tooltip("count:Q", title=unit, format=",")],
    )  # fmt: skip
    texts = layer(written).mark_text(baseline="bottom", dy=-3, fontSize=size - 1).encode(
        x=alt.X("at:Q"), y=alt.Y("count:Q"), text="text:N"
    )  # fmt: skip
    return put_together(canvas, [bars, texts], canvas.height - 3.5 * size, (0.8 * size, 0.8 * size))


def horizontal_bars(canvas: Canvas, counts: Mapping[str, int], title: str, unit: str) -> alt.LayerChart:
    """Draw a bar for each named count, the first on top, with its figure at its end."""
    size, most = canvas.size, max(*counts.values(), 1)
    row = min(ROW * size, canvas.height / len(counts))
    rows = [
        {"name": fitted(canvas, name), "full": name, "count": count, "text": number(count), **_place(position, row)}
        for position, (name, count) in enumerate(counts.items())
    ]
    figures = max(text_width(line["text"], size) for line in rows)
    left = name_width(canvas, list(counts)) + 1.2 * size
    y = alt.Scale(domain=[row * len(rows), 0], nice=False, zero=False)
    bars = layer(rows).mark_rect(color=canvas.palette.muted).encode(
        x=alt.X("count:Q", scale=across(0, most), axis=None), x2=alt.X2Datum(0),
        y=alt.Y("top:Q", scale=y, axis=None), y2="bottom:Q",
        tooltip=[alt.Tooltip("full:N", title=title), alt.Tooltip("count:Q", title=unit, format=",")],
    )  # fmt: skip
    texts = (
        layer(rows)
        .mark_text(align="left", dx=6)
        .encode(x=alt.X("count:Q"), y=alt.Y("middle:Q", scale=y), text="text:N")
    )
    names = layer(rows).mark_text(align="left", fontWeight=600).encode(
        x=alt.XValue(-left), y=alt.Y("middle:Q", scale=y), text="name:N"
    )  # fmt: skip
    return put_together(canvas, [bars, texts, names], row * len(rows), (round(left), round(figures + 10)))


def by_status(canvas: Canvas, table: pd.DataFrame, names: Mapping[str, str], unit: str) -> alt.LayerChart:
    """Draw categories by status as on the map: confirmed filled, reported hollow, disputed hollow and dashed."""
    size, palette = canvas.size, canvas.palette
    head = 2.2 * size
    row = min(ROW * size, (canvas.height - head) / len(table))
    most = int(table.to_numpy().sum(axis=1).max(initial=1))
    bars, rows = [], []
    for position, (category, counts) in enumerate(table.iterrows()):
        place = _place(position, row, head)
        low = 0
        for status in STATUSES:
            count = int(counts[status])
            if count:
                bars.append(
                    {
                        "from": low, "to": low + count, "count": count, "status": status, "name": names[str(category)],
                        "word": word("status", status), "colour": palette.categories.get(str(category), palette.muted),
                        **place,
                    }
                )  # fmt: skip
            low += count
        parts = " + ".join(number(int(counts[status])) for status in STATUSES if counts[status])
        rows.append({"name": names[str(category)], "category": category, "end": low, "text": parts, **place})
    figures = max(text_width(line["text"], size) for line in rows)
    left = name_width(canvas, [line["name"] for line in rows]) + 2.9 * size
    y = alt.Scale(domain=[head + row * len(rows), 0], nice=False, zero=False)
    layers = [
        _segments(canvas, [bar for bar in bars if bar["status"] == status], status, y, most, unit)
        for status in STATUSES
    ]
    layers += _legend(canvas, [status for status in STATUSES if table[status].any()])
    layers.append(
        layer(rows).mark_text(align="left", dx=7).encode(x=alt.X("end:Q"), y=alt.Y("middle:Q", scale=y), text="text:N")
    )
    layers.append(
        layer(rows).mark_text(align="left", fontWeight=600).encode(
            x=alt.XValue(-left + 1.7 * size), y=alt.Y("middle:Q", scale=y), text="name:N"
        )
    )  # fmt: skip
    for line in rows:
        if line["category"] in palette.categories:
            colour = palette.categories[str(line["category"])]
            layers.append(
                layer([line]).mark_point(
                    shape=vega_shape(str(line["category"])), size=(size + 1) ** 2, color=colour, filled=True,
                    strokeWidth=0, opacity=1,
                ).encode(x=alt.XValue(-left + 0.55 * size), y=alt.Y("middle:Q", scale=y))
            )  # fmt: skip
    return put_together(canvas, layers, head + row * len(rows), (round(left), round(figures + 12)))


def _segments(canvas: Canvas, bars: list[dict[str, Any]], status: str, y: alt.Scale, most: int, unit: str) -> alt.Chart:
    """The bars of one status."""
    columns = ["from", "to", "count", "name", "word", "colour", "top", "bottom", "middle"]
    rows = pd.DataFrame(bars, columns=columns)  # a status without any is drawn as well, so that scales are the same
    filled = status == "confirmed"
    properties: dict[str, Any] = {"strokeWidth": 1.6, "fillOpacity": 1 if filled else 0}
    if not bars:
        properties["aria"] = False  # there is nothing to read
    if DASHES[status]:
        properties["strokeDash"] = [float(part) for part in DASHES[status].split()]
    segments: alt.Chart = layer(rows).mark_rect(**properties).encode(
        x=alt.X("from:Q", scale=across(0, most), axis=None), x2="to:Q",
        y=alt.Y("top:Q", scale=y, axis=None), y2="bottom:Q",
        fill=alt.Fill("colour:N", scale=None), stroke=alt.Stroke("colour:N", scale=None),
        tooltip=[
            alt.Tooltip("name:N", title=_("What")), alt.Tooltip("word:N", title=_("Status")),
            alt.Tooltip("count:Q", title=unit, format=","),
        ],
    )  # fmt: skip
    return segments


def _legend(canvas: Canvas, shown: Sequence[str]) -> list[alt.Chart]:
    """A legend of filled, hollow and dashed, in a line above the bars."""
    size, palette, left = canvas.size, canvas.palette, 0.0
    layers = []
    for status in shown:
        text, one = word("status", status), layer([{"text": word("status", status)}])
        dash: dict[str, Any] = (
            {"strokeDash": [float(part) for part in DASHES[status].split()]} if DASHES[status] else {}
        )
        box = one.mark_rect(
            fill=palette.muted,
            stroke=palette.muted,
            strokeWidth=1.6,
            fillOpacity=1 if status == "confirmed" else 0,
            aria=False,  # the word beside it is read
            **dash,
        )
        layers.append(
            box.encode(
                x=alt.XValue(left),
                x2=alt.X2Value(left + 1.5 * size),
                y=alt.YValue(0.15 * size),
                y2=alt.Y2Value(0.95 * size),
            )
        )
        layers.append(
            one.mark_text(align="left").encode(
                x=alt.XValue(left + 2 * size), y=alt.YValue(0.55 * size), text="text:N"
            )
        )  # fmt: skip
        left += 3.4 * size + text_width(text, size)
    return layers


def _place(position: int, row: float, head: float = 0.0) -> dict[str, float]:
    """Top, bottom and middle of a horizontal bar."""
    top = head + row * position
    return {"top": top + row * (1 - FILLED) / 2, "bottom": top + row * (1 + FILLED) / 2, "middle": top + row / 2}
