"""The slides that list incidents. Lengths are in points."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.core.analysis.numbering import chronological
from dashboard.core.geo.precision import is_established
from dashboard.core.incidents.own_side import own_side_in_words, with_own_side
from dashboard.core.incidents.vocabulary import WORDS, word
from dashboard.core.query.view import one_line
from dashboard.language import _, month, ngettext, number, state_name
from dashboard.render.deck.footer import draw_foot, draw_times
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide, Stock
from dashboard.render.deck.table import Column, Grid, Row, draw_table
from dashboard.render.deck.text import Paragraph, Run
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.handout import Handout
from dashboard.render.text.incident import OWN_SIDE, category_in_words, what_in_words, when_in_words
from dashboard.render.text.sources import publisher_in_words, safe_address
from dashboard.render.text.story import CUTS, Story, in_full, shortened, stories_of
from dashboard.render.typesetting.text_fit import LEADING

MOST_LISTED = 300  # incidents of a view; own-side objects stand after them and are not counted
LONGEST_LINK = 2000  # characters; Office opens no file with one above 2083
# Size of the font, and lines of sources: the first at which all incidents stand on one slide, else the last.
SIZES = ((14.0, 6), (13.0, 6), (12.0, 4), (11.0, 3), (11.0, 2))


def draw_list_slides(stock: Stock, handout: Handout, marking: str) -> None:
    """Add the slides with the table of a view's incidents."""
    incidents = chronological(handout.incidents).tail(MOST_LISTED)
    columns = _columns(states=incidents["country"].nunique(), numbers=len(handout.incidents))
    counted = len(incidents)
    incidents = with_own_side(incidents, chronological(handout.friendly))
    all_ = [_cells(row, str(handout.numbers.get(row.id, OWN_SIDE))) for row in incidents.itertuples()]
    cells = [{name: cell for name, cell in row.items() if name in columns} for row in all_]
    listed = page = most = 0
    while listed < len(cells):
        page += 1
        slide = stock.slide(marking)
        title = _("{title}: incidents").format(title=one_line(handout.title))
        slide.title(title if page == 1 else _("{title} ({page})").format(title=title, page=page))
        draw_foot(slide, [handout], one_line(handout.sentence))
        left, top, right, bottom = slide.body
        size = stock.points(12, 9)
        below = draw_times(slide, [handout], (right - 238 * stock.scale, top, right, top + 3.1 * size * LEADING), size)
        table_top = below + 8 * stock.scale
        if page == 1:
            grid, pages = _shared_out(stock, columns, right - left, cells, bottom - table_top)
            most = math.ceil(len(cells) / pages)  # so that no slide is left with a row or two
        rows = _as_many_as_fit(grid, cells[listed : listed + most], bottom - table_top)
        words = _listed_in_words(handout, listed, listed + len(rows), counted)
        slide.write(
            (left, top, right - 258 * stock.scale, below),
            words,
            stock.points(15),
            smallest=stock.points(9, 8),
            colour=stock.palette.muted,
            name=_("Which incidents"),
        )
        y = draw_table(slide, grid, rows, left, table_top, _("Incidents"), words)
        if len(rows) == len(cells):
            _write_stories(slide, handout, (left, y + 14 * stock.scale, right, bottom))
        listed += len(rows)


def _columns(states: int, numbers: int) -> dict[str, Column]:
    """The columns by name, one for states where there are several."""
    columns = {
        "number": Column(_("No."), 32, bold=True, whole=("0" * max(3, len(str(numbers))),)),
        "when": Column(_("Date"), 108, lines=4, whole=(month(date(2000, 9, 1)).split()[0],)),
        "place": Column(_("Place"), 150, bold=True, lines=5),
        "state": Column(_("State"), 70, lines=2),
        "coordinates": Column(_("Coordinates"), 104, lines=3),
        "what": Column(_("What"), 132, lines=3),
        "depth": Column(_("From border"), 118, lines=2),
        "status": Column(_("Status"), 72, lines=2, whole=tuple(WORDS["status"].values())),
        "sources": Column(_("Sources"), 160, lines=2),
    }
    return {name: column for name, column in columns.items() if name != "state" or states > 1}


def _shared_out(
    stock: Stock, columns: dict[str, Column], width: float, cells: list[dict[str, Paragraph]], room: float
) -> tuple[Grid, int]:
    """The largest table in which all incidents stand on one slide, else the smallest, and how many slides it takes."""
    for size, lines in SIZES:
        shaped = {**columns, "sources": replace(columns["sources"], lines=lines)}
        grid = Grid(list(shaped.values()), width, stock.points(size, 8), stock.ruler, stock.palette)
        pages = listed = 0
        while listed < len(cells) and (not pages or (size, lines) == SIZES[-1]):
            listed += len(_as_many_as_fit(grid, cells[listed:], room))
            pages += 1
        if listed == len(cells):
            break
    return grid, pages


def _as_many_as_fit(grid: Grid, cells: Sequence[dict[str, Paragraph]], room: float) -> list[Row]:
    """Rows for the first of the incidents, as many as have room, at least one."""
    rows: list[Row] = []
    used = grid.head.height
    for incident in cells:
        row = grid.measured([_shortened(name, cell, grid) for name, cell in incident.items()])
        used += row.height
        if rows and used > room:
            break
        rows.append(row)
    return rows


def _write_stories(slide: Slide, handout: Handout, box: Box) -> None:
    """Write the stories under a table that leaves room for all of them, cut no more than they must be."""
    stock = slide.stock
    left, top, right, bottom = box
    width = min(right - left, 720 * stock.scale)
    largest, smallest = stock.points(15), stock.points(12, 9)
    whole = [story for story in stories_of(handout) if story.summary]
    for cuts in range(CUTS if whole else 0):
        told = [_story(shortened(story, cuts)) for story in whole]
        texts = ["".join(run.text for run in story) for story in told]
        if not stock.ruler.fit(texts, width, bottom - top, largest, smallest, bold=True).cut:
            slide.write((left, top, left + width, bottom), told, largest, smallest=smallest, name=_("Summaries"))
            return


def _story(story: Story) -> list[Run]:
    name = _("{number} {place}. ").format(number=story.number, place=story.place)
    return [Run(name, bold=True), Run(in_full(story))]


def _listed_in_words(handout: Handout, before: int, after: int, counted: int) -> str:
    """The incidents that a slide lists, and the own-side objects after them.

    Parameters
    ----------
    before, after
        The number of rows listed before this slide, and with it.
    counted
        The number of incidents among all rows.
    """
    parts = []
    if before < counted:
        parts.append(_range_in_words(before + 1, min(after, counted), counted, len(handout.incidents)))
    if after > counted:
        parts.append(own_side_in_words(handout.friendly))
    rows, rest = _(", and ").join(parts), len(handout.incidents) - counted
    if not rest or before >= counted:
        return rows
    return ngettext(
        "{rows}. {rest} earlier incident is not listed on slides; the data export has all {count}.",
        "{rows}. {rest} earlier incidents are not listed on slides; the data export has all {count}.",
        rest,
    ).format(rows=rows, rest=number(rest), count=number(len(handout.incidents)))


def _range_in_words(first: int, last: int, listed: int, count: int) -> str:
    """The part of the listed incidents that is on a slide."""
    if count == 1:
        return _("1 incident")
    if listed < count:
        return _("Rows {first} to {last} of {listed}, the latest incidents").format(
            first=number(first), last=number(last), listed=number(listed)
        )
    return ngettext("Incident {first} of {count}", "Incidents {first} to {last} of {count}", last - first + 1).format(
        first=number(first), last=number(last), count=number(count)
    )


def _cells(row: Any, name: str) -> dict[str, Paragraph]:
    """An incident as the cells of its row, by column."""
    depth = depth_in_words(row, short=True)
    if is_established(row.depth_km, row.location_accuracy_km) and not row.certain:
        depth = _("{depth}, not certain").format(depth=depth)
    what = what_in_words(row)
    links: dict[str, str] = {}
    for source in row.cited:
        address = safe_address(source.address)
        links.setdefault(publisher_in_words(source.publisher), address if len(address) <= LONGEST_LINK else "")
    return {
        "number": name,
        "when": when_in_words(row),
        "place": one_line(row.place),
        "state": state_name(row.country),
        "coordinates": _("{degrees}, {mgrs}").format(degrees=row.coordinates, mgrs=row.mgrs),
        "what": _("{category}: {what}").format(
            category=category_in_words(row), what=one_line(what[:1].lower() + what[1:])
        ),
        "depth": depth,
        "status": word("status", row.status),
        "sources": [Run(one_line(name), link=link) for name, link in links.items()],
    }


def _shortened(name: str, cell: Paragraph, grid: Grid) -> Paragraph:
    """A cell of sources with as many as it has room for, the best first, and how many more there are."""
    if name != "sources" or isinstance(cell, str):
        return cell
    column = len(grid.columns) - 1
    for shown in range(len(cell), 0, -1):
        runs: list[Run] = []
        for run in cell[:shown]:
            runs += [Run(_(", ")), run] if runs else [run]
        if shown < len(cell):
            runs.append(Run(_(" and {count} more").format(count=number(len(cell) - shown)), colour=grid.palette.muted))
        text = "".join(run.text for run in runs)
        if len(grid.ruler.lines(text, grid.size, grid.room(column))) <= grid.columns[column].lines:
            break
    return runs
