"""The side of a sheet whose incidents are too many to be told: figures, counts, a count by state, and the legend."""

import geopandas as gpd
import pandas as pd

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import _, ngettext, number, state_name
from dashboard.render.sheet.layout import Layout
from dashboard.render.sheet.legend import draw_legend, legend_height
from dashboard.render.sheet.map import DrawnMap
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.shapes import pieces
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import figures_in_words
from dashboard.render.text.left_out import left_out
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import wrapped

ROW = 26.0  # of the count by state
EVENT = 17.0  # size of the words on an event


def draw_facts(page: Page, layout: Layout, map_: DrawnMap, handout: Handout, elsewhere: str) -> None:
    """Draw figures, counts, the count by state and the legend.

    Parameters
    ----------
    elsewhere
        A sentence on where the whole list is.
    """
    left, top, right, bottom = layout.side
    page.rule(left, top, right, top, 2, page.palette.ink)
    y = draw_event(page, left, top, right, handout)
    y = draw_figures(page, left, y, right, handout)
    y = _counts(page, left, y, right, map_, handout)
    legend = bottom - legend_height(map_.items)
    if layout.listing:
        draw_legend(page, left, max(y, min(y + 24, legend)), right, map_.items)
        box = layout.listing
        page.rule(box[0], box[1], box[2], box[1], 2, page.palette.ink)
        room = (box[0], box[1] + 26, box[2], box[3])
    else:
        room = (left, y + 28, right, legend - 26)
        draw_legend(page, left, legend, right, map_.items)
    if not handout.nil:  # else the map says so
        _states(page, room, handout.incidents, elsewhere)


def event_height(handout: Handout, width: float) -> float:
    """The height of what :func:`draw_event` draws in a width."""
    lines = [len(wrapped(sentence, EVENT, width)) for sentence in handout.event[:2]]
    return 36 + sum(count * EVENT * 1.32 + 3 for count in lines) if lines else 0.0


def draw_event(page: Page, left: float, top: float, right: float, handout: Handout) -> float:
    """Draw what was counted of an event officially, and below it what is recorded; gives the y below."""
    if not handout.event:
        return top
    heading, y = _("Officially counted, and recorded"), top + 48
    page.text(left, top + 25, heading.upper(), 14, weight="bold", colour=page.palette.muted)
    for sentence in handout.event[:2]:
        y = page.lines(left, y, sentence, EVENT, right - left) + 3
    page.rule(left, y - 12, right, y - 12)
    return y - 12


def draw_figures(page: Page, left: float, top: float, right: float, handout: Handout) -> float:
    """Draw the figures in a row of equal columns, with their labels in up to two lines; gives the y below."""
    figures = [(value, label) for value, label, _hint in figures_in_words(handout.figures, states=False)]
    gap = 16.0
    width = (right - left - gap * (len(figures) - 1)) / len(figures)
    room = 0.96 * width  # texts are drawn a little wider than they measure
    size, small = 34.0, 16.0
    while max(text_width(value, size, "bold") for value, _label in figures) > room:
        size *= 0.97
    while max(lines := [len(wrapped(label, small, room)) for _value, label in figures]) > 2:
        small *= 0.97
    for column, (value, label) in enumerate(figures):
        x = left + column * (width + gap)
        page.text(x, top + 42, value, size, weight="bold")
        page.lines(x, top + 63, label, small, room, colour=page.palette.muted)
    bottom = top + 78 + (max(lines) - 1) * small * 1.32
    page.rule(left, bottom, right, bottom)
    return bottom


def _counts(page: Page, left: float, top: float, right: float, map_: DrawnMap, handout: Handout) -> float:
    """Draw the counts of incidents on the map and outside it, and notes on them; gives the y below."""
    y = page.lines(left, top + 24, counts_on_sheet(map_, handout), 16, right - left, colour=page.palette.muted)
    if map_.note:
        y = page.lines(left, y + 2, map_.note, 16, right - left, weight="semibold")
    return y - 10


def counts_on_sheet(map_: DrawnMap, handout: Handout) -> str:
    """The numbers of incidents on the map, outside its frame, and not shown at all."""
    counts = [_("{count} on this map").format(count=number(map_.inside))]
    if map_.outside:
        counts.append(_("{count} outside its frame").format(count=number(map_.outside)))
    aside = [own_side_in_words(handout.friendly)] if len(handout.friendly) else []
    return _(" · ").join([*counts, *left_out(handout), *aside])


def _states(page: Page, room: Box, incidents: gpd.GeoDataFrame, elsewhere: str) -> None:
    """Incidents by state and category, as many states as find room, and where the list is."""
    palette, (left, top, right, bottom) = page.palette, room
    columns = [category for category in CATEGORIES if (incidents["category"] == category).any()]
    table = pd.crosstab(incidents["country"], incidents["category"]).reindex(columns=columns)
    table = table.assign(all=table.sum(axis=1)).sort_values("all", ascending=False, kind="stable")
    places = [right - 62 - 52 * position for position in reversed(range(len(columns)))]
    y = top + 6
    page.text(left, y, _("Incidents by state").upper(), 14, weight="bold", colour=palette.muted)
    for x, category in zip(places, columns, strict=True):
        page.symbol(x - 5, y - 5, pieces(category, "confirmed", palette), 19)
    page.text(right, y, _("all"), 15, colour=palette.muted, align="right")
    fit = max(int((bottom - y - ROW) // ROW), 1)
    shown = table if len(table) <= fit else table.head(max(fit - 1, 0))
    y += 6
    for state, row in shown.iterrows():
        y += ROW
        page.fitted(left, y, state_name(str(state)), 17, places[0] - 40 - left)
        for x, category in zip(places, columns, strict=True):
            count = number(row[category]) if row[category] else "–"
            page.text(x, y, count, 17, colour="" if row[category] else palette.hairline, align="right")
        page.text(right, y, number(row["all"]), 17, weight="semibold", align="right")
        page.rule(left, y + 8, right, y + 8)
    rest = table.iloc[len(shown) :]
    if len(rest):
        y += ROW
        incidents = int(rest["all"].sum())
        more = incidents_in_words(incidents)
        text = ngettext("and {incidents} in {states} more state", "and {incidents} in {states} more states", len(rest))
        text = text.format(incidents=more, states=number(len(rest)))
        page.text(left, y, text, 17, colour=palette.muted)
    page.lines(left, y + ROW, elsewhere, 16, right - left, colour=palette.muted)
