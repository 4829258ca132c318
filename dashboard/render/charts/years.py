"""Years as lines over the calendar, each with its name at its end."""

from datetime import date, timedelta
from math import ceil
from typing import Any

import altair as alt

from dashboard.core.analysis.trends import DAYS, Yearly
from dashboard.language import _, number, short_day, short_month
from dashboard.render.charts.style import Canvas, across, axis, layer, put_together
from dashboard.render.typesetting.measure import text_width

LEAP_YEAR = 2024
HATCH = 3  # days between lines across those that are not counted
BAND = 0.035  # of the height
DASHES = ([1, 0], [7, 3], [3, 3], [1, 3], [9, 3, 2, 3], [5, 2, 1, 2], [12, 4])  # of earlier years, the latest first


def lines_of_years(canvas: Canvas, table: Yearly, unit: str) -> alt.LayerChart:
    """Draw how each year's count grew: the latest year strong, those before it fine, each with a dash of its own."""
    size, palette = canvas.size, canvas.palette
    growth = table.growth.assign(
        year=table.growth["year"].astype(str),
        at=table.growth["day"] - 1,
        when=[short_day(day_of(place), year=False) for place in table.growth["day"]],
    )
    height = canvas.height - 3 * size
    most = max(int(growth["count"].max()), 1)
    ticks = _steps(most)
    top = max(most * 1.06, *ticks)
    years = sorted(growth["year"].unique(), reverse=True)
    ends = growth.groupby("year").last()
    labels = [
        {"year": year, "at": float(ends["at"][year]), "count": int(ends["count"][year]), "text": year} for year in years
    ]
    for label in labels:
        label["text"] = _("{year}: {count}").format(year=label["year"], count=number(label["count"]))
    _spread(labels, top / height * size * 1.12, top)
    x = alt.X("at:Q", scale=across(0, DAYS - 1), axis=axis(_months(canvas)))
    y = alt.Y(
        "count:Q", scale=across(0, top),
        axis=axis({tick: number(tick) for tick in ticks}, grid=True, domain=False, ticks=False),
    )  # fmt: skip
    layers = []
    for age, year in reversed(list(enumerate(years))):
        colour = palette.muted if age else palette.ink
        line = layer(growth[growth["year"] == year]).mark_line(
            interpolate="step-after", color=colour, strokeWidth=1.6 if age else 3, strokeJoin="round",
            strokeDash=DASHES[(age - 1) % len(DASHES)] if age else [1, 0],
        )  # fmt: skip
        layers.append(
            line.encode(
                x=x, y=y,
                tooltip=[
                    alt.Tooltip("year:N", title=_("Year")), alt.Tooltip("when:N", title=_("By the end of")),
                    alt.Tooltip("count:Q", title=unit, format=","),
                ],
            )
        )  # fmt: skip
    layers += _hatching(canvas, int(growth["at"].iloc[-1]), top)
    names = layer(labels).encode(x="at:Q", y=alt.Y("place:Q"), text="text:N")
    shade = alt.condition(f"datum.year == '{years[0]}'", alt.value(palette.ink), alt.value(palette.muted))
    style: dict[str, Any] = {"align": "left", "dx": 6, "fontWeight": 600}
    # A halo keeps them clear of the lines.
    layers.append(names.mark_text(stroke=palette.paper, strokeWidth=4, strokeJoin="round", **style))
    layers.append(names.mark_text(**style).encode(color=shade))
    right = max(text_width(str(label["text"]), size, "semibold") for label in labels) + 10
    return put_together(canvas, layers, height, (0, round(right)))


def _hatching(canvas: Canvas, last: int, top: float) -> list[alt.Chart]:
    """Lines along the axis across the days of the latest year that are not counted, after its last in this place."""
    rows = [
        {"left": float(left), "right": min(left + HATCH, DAYS - 1.0), "low": 0.0, "high": top * BAND}
        for left in range(last + 1, DAYS - 1, HATCH)
    ]
    if not rows:
        return []
    rules = layer(rows).mark_rule(color=canvas.palette.ink, strokeWidth=0.8, aria=False).encode(
        x=alt.X("left:Q"), x2="right:Q", y=alt.Y("low:Q"), y2="high:Q"
    )  # fmt: skip
    return [rules]


def day_of(place: int) -> date:
    """The day that is in this place of a leap year, from 1 to 366."""
    return date(LEAP_YEAR, 1, 1) + timedelta(days=int(place) - 1)


def _spread(labels: list[dict[str, object]], apart: float, top: float) -> None:
    """Give each label a place beside its line's end, none nearer to the next than ``apart``."""
    labels.sort(key=lambda label: (label["count"], label["year"]))
    last = -apart
    for label in labels:
        last = max(float(str(label["count"])), last + apart)
        label["place"] = last
    limit = top
    for label in reversed(labels):
        label["place"] = min(float(str(label["place"])), limit)
        limit = float(str(label["place"])) - apart


def _months(canvas: Canvas) -> dict[float, str]:
    """Months of the axis at their first days; every other one where there is little room."""
    step = 1 if canvas.least_width > 40 * canvas.size else 2
    first = [date(LEAP_YEAR, month, 1) for month in range(1, 13, step)]
    return {(day - date(LEAP_YEAR, 1, 1)).days: short_month(day) for day in first}


def _steps(most: int) -> list[int]:
    """Whole numbers for an axis from 0, about four of them."""
    step = next(
        unit * 10**power for power in range(12) for unit in (1, 2, 5) if unit * 10**power * 4 >= most
    )  # fmt: skip
    return [step * place for place in range(ceil(most / step) + 1)]
