"""The sidebar of a sheet: finding, figures, counts, and the list or, if too long, a count by state."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import _, ngettext, number, short_day, state_name
from dashboard.render.sheet.layout import Layout
from dashboard.render.sheet.legend import draw_legend, legend_height
from dashboard.render.sheet.map import DrawnMap
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.shapes import pieces
from dashboard.render.text.handout import Handout, left_out
from dashboard.render.text.incident import OWN_SIDE, figures_in_words, kind_in_words
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import at_most, wrapped

LINES = (27.0, 24.0, 21.0, 19.0)  # height of a row, the first at which all find room
ROW = 26.0  # of the count by state


@dataclass(frozen=True)
class Room:
    """The room that is left for a list."""

    left: float
    top: float
    right: float
    bottom: float


def draw_facts(page: Page, layout: Layout, map_: DrawnMap, handout: Handout, elsewhere: str) -> None:
    """Draw the facts and the legend.

    Parameters
    ----------
    elsewhere
        A sentence on where the whole list is, for a page on which it finds no room.
    """
    left, top, right, bottom = layout.facts
    page.rule(left, top, right, top, 2, page.palette.ink)
    y = _finding(page, layout.facts, handout.finding)
    y = _event(page, (left, y, right, bottom), handout.event[:2])
    y = _figures(page, left, y, right, handout)
    y = _counts(page, left, y, right, map_, handout)
    if layout.listing:
        # Nearer to the counts, and in more columns, where a long finding leaves less room.
        columns = 2 if y + legend_height(map_.items) <= bottom else 3
        height = legend_height(map_.items, columns)
        draw_legend(page, left, max(y, min(y + 24, bottom - height)), right, map_.items, columns)
        box = layout.listing
        page.rule(box[0], box[1], box[2], box[1], 2, page.palette.ink)
        room = Room(box[0], box[1] + 26, box[2], box[3])
    else:
        room = Room(left, y + 28, right, bottom - legend_height(map_.items) - 26)
        draw_legend(page, left, bottom - legend_height(map_.items), right, map_.items)
    if handout.nil:  # the map says so
        return
    lists = (_list_of(handout, line, room.right - room.left) for line in LINES)
    found = next((rows for rows in lists if sum(row.height for row in rows) <= room.bottom - room.top), None)
    if found:
        _draw_list(page, room, found)
    else:
        _states(page, room, handout.incidents, elsewhere)


def _finding(page: Page, box: Box, finding: str) -> float:
    """Draw the finding; gives the y below."""
    left, top, right, _bottom = box
    if not finding:
        return top
    page.text(left, top + 25, _("Key message").upper(), 14, weight="bold", colour=page.palette.muted)
    size = 22.0
    while size > 15 and len(wrapped(finding, size, right - left)) > 4:
        size -= 0.5
    y = page.lines(left, top + 36 + size * 0.8, finding, size, right - left) - size * 0.7
    page.rule(left, y, right, y)
    return y


def _event(page: Page, box: Box, sentences: list[str]) -> float:
    """Draw what was counted of an event officially, and below it what is recorded; gives the y below."""
    left, y, right, _bottom = box
    if not sentences:
        return y
    heading = _("Officially counted, and recorded")
    page.text(left, y + 25, heading.upper(), 14, weight="bold", colour=page.palette.muted)
    y += 48
    for sentence in sentences:
        y = page.lines(left, y, sentence, 17, right - left) + 3
    page.rule(left, y - 12, right, y - 12)
    return y - 12


def _figures(page: Page, left: float, top: float, right: float, handout: Handout) -> float:
    """The four figures in a row; gives the y below."""
    figures = [(value, label) for value, label, _hint in figures_in_words(handout.figures, states=False)]
    size, small, gap = 34.0, 16.0, 22.0
    room = 0.98 * (right - left)  # labels are drawn a little wider than they measure
    while (total := sum(_widths(figures, size, small)) + 3 * gap) > room:
        size, small, gap = size * 0.97, small * 0.97, gap * 0.97
    x, spread = left, min((room - total) / 3, 30.0)
    for (value, label), width in zip(figures, _widths(figures, size, small), strict=True):
        page.text(x, top + 42, value, size, weight="bold")
        page.text(x, top + 63, label, small, colour=page.palette.muted)
        x += width + gap + spread
    page.rule(left, top + 78, right, top + 78)
    return top + 78


def _widths(figures: list[tuple[str, str]], size: float, small: float) -> list[float]:
    return [max(text_width(value, size, "bold"), text_width(label, small)) for value, label in figures]


def _counts(page: Page, left: float, top: float, right: float, map_: DrawnMap, handout: Handout) -> float:
    """Draw the counts of incidents on the map and outside it, and notes on them; gives the y below."""
    counts = [_("{count} on this map").format(count=number(map_.inside))]
    if map_.outside:
        counts.append(_("{count} outside its frame").format(count=number(map_.outside)))
    aside = [own_side_in_words(handout.friendly)] if len(handout.friendly) else []
    text = _(" · ").join([*counts, *left_out(handout), *aside])
    y = page.lines(left, top + 24, text, 16, right - left, colour=page.palette.muted)
    if map_.note:
        y = page.lines(left, y + 2, map_.note, 16, right - left, weight="semibold")
    return y - 10


@dataclass(frozen=True)
class Row:
    """An incident in the list: its number, day, the lines of its place, what happened; and where they stand."""

    number: str
    day: str
    place: list[str]
    kind: str
    size: float
    line: float
    place_at: float

    @property
    def height(self) -> float:
        """Height in units."""
        return self.line + (len(self.place) - 1) * self.size * 1.1


def _list_of(handout: Handout, line: float, width: float) -> list[Row]:
    """The rows of the list, each at least ``line`` high; a long place goes on in a second line."""
    rows = with_own_side(chronological(handout.incidents), chronological(handout.friendly))
    size = min(line - 5, 17.0)
    years, states = rows["date"].dt.year.nunique() > 1, rows["country"].nunique() > 1
    kinds = [kind_in_words(row) for row in rows.itertuples()]
    place_at = 40 + text_width("30 Sept 25" if years else "30 Sept", size) + 12
    room = width - place_at - max(text_width(kind, size) for kind in kinds) - 14
    listed = []
    for row, kind in zip(rows.itertuples(), kinds, strict=True):
        place = _("{place}, {state}").format(place=row.place, state=row.country) if states else row.place
        lines = at_most(wrapped(place, size, room), 2, size, room)
        listed.append(
            Row(
                str(handout.numbers.get(row.id, OWN_SIDE)),
                short_day(row.date, year=years),
                lines,
                kind,
                size,
                line,
                place_at,
            )
        )
    return listed


def _draw_list(page: Page, room: Room, rows: list[Row]) -> None:
    """Number, day, place and kind of each incident."""
    top = room.top
    for row in rows:
        y = top + row.line - 6.5
        page.text(room.left + 28, y, row.number, row.size, weight="bold", align="right")
        page.text(room.left + 40, y, row.day, row.size, colour=page.palette.muted)
        page.text(room.right, y, row.kind, row.size, align="right")
        for position, text in enumerate(row.place):
            page.text(room.left + row.place_at, y + position * row.size * 1.1, text, row.size)
        top += row.height
        page.rule(room.left, top, room.right, top)


def _states(page: Page, room: Room, incidents: gpd.GeoDataFrame, elsewhere: str) -> None:
    """Incidents by state and category, as many states as find room, and where the list is."""
    palette, left, right = page.palette, room.left, room.right
    columns = [category for category in CATEGORIES if (incidents["category"] == category).any()]
    table = pd.crosstab(incidents["country"], incidents["category"]).reindex(columns=columns)
    table = table.assign(all=table.sum(axis=1)).sort_values("all", ascending=False, kind="stable")
    places = [right - 62 - 52 * position for position in reversed(range(len(columns)))]
    y = room.top + 6
    page.text(left, y, _("Incidents by state").upper(), 14, weight="bold", colour=palette.muted)
    for x, category in zip(places, columns, strict=True):
        page.symbol(x - 5, y - 5, pieces(category, "confirmed", palette), 19)
    page.text(right, y, _("all"), 15, colour=palette.muted, align="right")
    fit = max(int((room.bottom - y - ROW) // ROW), 1)
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
