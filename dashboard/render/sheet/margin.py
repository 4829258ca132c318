"""The margins of a sheet: marking, title, filter, times, figures, counts by state, legend, scale, small print."""

from datetime import datetime

import geopandas as gpd
import pandas as pd
from matplotlib.patches import Circle, Polygon

from dashboard.core.dataset import Dataset
from dashboard.core.incidents import CATEGORIES
from dashboard.core.summary import figures
from dashboard.core.view import View
from dashboard.language import _, number, state_name
from dashboard.render.credits import CREDITS
from dashboard.render.legend import Item, legend
from dashboard.render.marking import marking_colours
from dashboard.render.sheet.chart import Chart
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.page import MARGIN, Page, text_width, wrapped
from dashboard.render.wording import date_time_group, figures_in_words
from dashboard.settings import settings

LINE = 26.0  # of the table and the legend
SMALLEST_POINTS = 6.0  # of text on paper


def draw_margin(
    page: Page,
    frame: Frame,
    chart: Chart,
    dataset: Dataset,
    selection: gpd.GeoDataFrame,
    view: View,
    title: str,
    marking: str,
    produced: datetime,
) -> None:
    """Draw everything around the map."""
    _marking(page, marking)
    _head(page, dataset, selection, view, title, produced)
    left = frame.box[2] + MARGIN
    y = _figures(page, left, frame.box[1], selection)
    y = _counts(page, left, y, chart, dataset, selection)
    items = legend(
        chart.drawn, clusters=chart.clusters, tracks=chart.tracks, accuracy=chart.accuracy, lines=chart.lines
    )
    legend_top = frame.box[3] - LINE * ((len(items) + 1) // 2) - 14
    _states(page, left, y + 34, legend_top - 48, selection)
    _legend(page, left, legend_top, items)
    _scale(page, frame)
    _north(page, frame)
    _sources(page, frame, dataset)


def _marking(page: Page, marking: str) -> None:
    if not marking:
        return
    colour, ground = marking_colours(marking)
    size = max(26.0, 12 / page.points)  # TLP 2.0 wants 12 points or more
    width = text_width(marking, size, "bold") + 36
    for top in (10.0, page.height - 10 - size - 14):
        middle = page.width / 2
        page.rectangle(
            (middle - width / 2, top, middle + width / 2, top + size + 14), fill=ground, edge=colour, width=1.2
        )
        page.text(middle, top + size + 1, marking, size, weight="bold", colour=colour, align="center")


def _head(
    page: Page, dataset: Dataset, selection: gpd.GeoDataFrame, view: View, title: str, produced: datetime
) -> None:
    states = view.filter.states_in_words()
    heading = title or (
        _("Airspace incursions: {states}").format(states=states)
        if view.filter.countries
        else _("Airspace incursions on the eastern flank")
    )
    room = page.width - 2 * MARGIN - 330
    size = 40.0
    while size > 22 and text_width(heading, size, "bold") > room:
        size -= 1
    page.text(MARGIN, 96, heading, size, weight="bold")
    sentence = view.filter.sentence(len(selection), len(dataset.incidents), dataset.first, dataset.last)
    size = 22.0
    while size > 14 and text_width(sentence, size) > page.width - 2 * MARGIN:
        size -= 0.5
    for position, line in enumerate(wrapped(sentence, size, page.width - 2 * MARGIN)[:2]):
        page.text(MARGIN, 130 + 20 * position, line, size, colour=page.palette.muted)
    right = page.width - MARGIN
    information = _("Information to {time}").format(time=date_time_group(dataset.about.cutoff))
    page.text(right, 78, information, 19, weight="semibold", align="right")
    page.text(
        right,
        102,
        _("Produced {time}").format(time=date_time_group(produced)),
        17,
        colour=page.palette.muted,
        align="right",
    )


def _figures(page: Page, left: float, top: float, selection: gpd.GeoDataFrame) -> float:
    """The four figures, two a row; gives the y below."""
    right = page.width - MARGIN
    page.rule(left, top, right, top, 2, page.palette.ink)
    for position, (value, label, _hint) in enumerate(figures_in_words(figures(selection))):
        x = left + (right - left) / 2 * (position % 2)
        y = top + 44 + 74 * (position // 2)
        page.text(x, y, value, 38, weight="bold")
        page.text(x, y + 22, label, 17, colour=page.palette.muted)
    page.rule(left, top + 158, right, top + 158)
    return top + 158


def _counts(page: Page, left: float, top: float, chart: Chart, dataset: Dataset, selection: gpd.GeoDataFrame) -> float:
    """How many incidents are on the map and how many are not; gives the y below."""
    parts = [
        _("{count} on this map").format(count=number(len(chart.drawn))),
        _("{count} outside its frame").format(count=number(chart.outside)),
        _("{count} filtered out").format(count=number(len(dataset.incidents) - len(selection))),
        _("{count} rows set aside").format(count=number(dataset.set_aside)),
    ]
    text = _(" · ").join(parts)
    return page.lines(left, top + 28, text, 16, page.width - MARGIN - left, colour=page.palette.muted)


def _states(page: Page, left: float, top: float, bottom: float, selection: gpd.GeoDataFrame) -> None:
    """Incidents by state and category, as many states as find room."""
    right = page.width - MARGIN
    columns = [category for category in CATEGORIES if (selection["category"] == category).any()]
    table = pd.crosstab(selection["country"], selection["category"]).reindex(columns=columns)
    table = table.assign(all=table.sum(axis=1)).sort_values("all", ascending=False, kind="stable")
    places = [right - 62 - 52 * position for position in reversed(range(len(columns)))]
    page.text(left, top, _("Incidents by state").upper(), 14, weight="bold", colour=page.palette.muted)
    for x, category in zip(places, columns, strict=True):
        page.symbol(x - 5, top - 5, category, "confirmed", scale=0.8)
    page.text(right, top, _("all"), 15, colour=page.palette.muted, align="right")
    room = int((bottom - top - 12) // LINE)
    shown = table if len(table) <= room else table.head(room - 1)
    y = top + 6
    for state, row in shown.iterrows():
        y += LINE
        page.text(left, y, state_name(str(state)), 17)
        for x, category in zip(places, columns, strict=True):
            page.text(
                x,
                y,
                number(row[category]) if row[category] else "–",
                17,
                colour="" if row[category] else page.palette.hairline,
                align="right",
            )
        page.text(right, y, number(row["all"]), 17, weight="semibold", align="right")
        page.rule(left, y + 8, right, y + 8)
    rest = table.iloc[len(shown) :]
    if len(rest):
        text = _("and {count} incidents in {states} more states").format(
            count=number(rest["all"].sum()), states=number(len(rest))
        )
        page.text(left, y + LINE, text, 17, colour=page.palette.muted)


def _legend(page: Page, left: float, top: float, items: list[Item]) -> None:
    half = (page.width - MARGIN - left) / 2
    page.text(left, top - 18, _("Legend").upper(), 14, weight="bold", colour=page.palette.muted)
    rows = (len(items) + 1) // 2
    for position, item in enumerate(items):
        x, y = left + half * (position // rows), top + LINE * (position % rows + 0.5)
        _sample(page, x + 16, y, item)
        page.text(x + 42, y + 5.5, item.label, 16)


def _sample(page: Page, x: float, y: float, item: Item) -> None:
    palette = page.palette
    if item.sample == "symbol":
        page.symbol(x, y, item.category, item.status, scale=0.85)
    elif item.sample == "cluster":
        page.axes.add_artist(
            Circle((x, y), 9, facecolor="none", edgecolor=palette.categories["incursion"], lw=4 * page.points, zorder=4)
        )
        page.text(x, y + 4.5, "9", 12, weight="bold", align="center", zorder=4.2)
    elif item.sample == "accuracy":
        page.axes.add_artist(
            Circle(
                (x, y),
                9,
                facecolor="none",
                edgecolor=palette.muted,
                lw=1.4 * page.points,
                linestyle=(0, (2, 3)),
                zorder=4,
            )
        )
    else:
        colour = palette.categories[item.category] if item.sample == "track" else palette.flank
        width, dash = {"flank": (3.2, None), "flank_sea": (1.6, (6, 4)), "track": (2, (3.5, 3))}[item.sample]
        page.axes.plot(
            [x - 16, x + 16],
            [y, y],
            color=colour,
            lw=width * page.points,
            linestyle=(0, dash) if dash else "solid",
            zorder=4,
        )


def _scale(page: Page, frame: Frame) -> None:
    """A scale bar of a round length, about a fifth of the frame; true, since the projection is centred on it."""
    wanted_km = frame.reach_m[0] / 1000 * 2 / 5
    length_km = max(
        step * 10**power for power in range(5) for step in (1, 2, 5) if step * 10**power <= max(wanted_km, 1)
    )
    length = length_km * 1000 / frame.unit_m
    left, y = frame.box[0], frame.box[3] + 40
    page.rule(left, y, left + length, y, 2.4, page.palette.ink)
    for part, label in (
        (0.0, "0"),
        (0.5, number(length_km / 2, 0 if length_km % 2 == 0 else 1)),
        (1.0, _("{distance} km").format(distance=number(length_km))),
    ):
        x = left + length * part
        page.rule(x, y - 7, x, y, 1.6, page.palette.ink)
        page.text(x, y - 12, label, 15, align="left" if part == 0 else "center")


def _north(page: Page, frame: Frame) -> None:
    x, y = frame.box[2] - 34, frame.box[1] + 60
    head = [(x, y - 34), (x + 11, y + 2), (x, y - 6), (x - 11, y + 2)]
    page.axes.add_artist(
        Polygon(head, facecolor=page.palette.ink, edgecolor=page.palette.paper, lw=1.5 * page.points, zorder=4)
    )
    page.text(x, y + 22, _("N"), 18, weight="bold", align="center", halo=page.palette.paper, zorder=4)


def _sources(page: Page, frame: Frame, dataset: Dataset) -> None:
    north = _("{degrees}° N") if frame.latitude >= 0 else _("{degrees}° S")
    east = _("{degrees}° E") if frame.longitude >= 0 else _("{degrees}° W")
    centre = " ".join(
        side.format(degrees=number(abs(degrees), 1))
        for side, degrees in ((north, frame.latitude), (east, frame.longitude))
    )
    producer = settings().producer
    text = " ".join(
        part
        for part in (
            _("Lambert azimuthal equal-area projection centred on {centre}, WGS 84.").format(centre=centre),
            CREDITS,
            _("Incidents: public reports, each with its sources in the data; places are as accurate as the data says."),
            dataset.about.completeness,
            dataset.about.credit,
            settings().disclaimer,
            _("Produced by {producer}.").format(producer=producer) if producer else "",
        )
        if part
    )
    left = frame.box[0] + 360
    width = page.width - MARGIN - left
    room = page.height - frame.box[3] - 26 - 56  # down to the lower marking
    size, smallest = 16.0, max(10.0, SMALLEST_POINTS / page.points)
    while size > smallest and len(wrapped(text, size, width)) * size * 1.32 > room:
        size -= 0.25
    page.lines(left, frame.box[3] + 26, text, size, width, colour=page.palette.muted)
