"""The first slide of a deck, which says what it is, and the last, which says how far it can be trusted."""

from collections.abc import Sequence

from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number
from dashboard.render.deck.footer import age_of, draw_foot
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide, Stock
from dashboard.render.deck.table import Column, Grid, Row, draw_table
from dashboard.render.deck.text import Paragraph, Run
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout, metadata
from dashboard.render.text.method import method
from dashboard.render.typesetting.text_fit import LEADING
from dashboard.settings import settings


def deck_title(handouts: Sequence[Handout]) -> str:
    """The title of a deck."""
    return one_line(handouts[0].title) if len(handouts) == 1 else _("Airspace incursions")


def draw_cover(stock: Stock, handouts: Sequence[Handout], marking: str) -> None:
    """Add the title slide: title, what it shows, times, producer, and with several views a list of them."""
    slide = stock.slide(marking, cover=True)
    first = handouts[0]
    if len(handouts) == 1:
        subtitle = one_line(first.finding or first.sentence)
    else:
        subtitle = ngettext("{count} view", "{count} views", len(handouts)).format(count=number(len(handouts)))
    slide.cover(deck_title(handouts), subtitle, _room_for(len(handouts)))
    draw_foot(slide, handouts)
    left, top, right, bottom = slide.body
    size, scale = stock.points(14, 10), stock.scale
    lines = _about(handouts, stock.palette)
    about_top = bottom - len(lines) * size * LEADING - 4 * scale
    slide.rule(left, right, about_top - 8 * scale)
    slide.write((left, about_top, right, bottom), lines, size, name=_("Times"))
    room: Box = (left, top, right, about_top - 16 * scale)
    if len(handouts) > 1:
        _draw_views(slide, handouts, room)
    elif first.finding:
        slide.write(room, one_line(first.sentence), stock.points(16), colour=stock.palette.muted, name=_("Filter"))


def _room_for(views: int) -> float:
    """Height of what stands on the cover besides its title, on a slide of 960 x 540: times, foot, and views."""
    return 120.0 if views == 1 else min(280.0, 150.0 + 24.0 * views)


def _about(handouts: Sequence[Handout], palette: Palette) -> list[Paragraph]:
    """The two times and the producer, a line each."""
    cutoffs = listing(list(dict.fromkeys(handout.cutoff_with_group for handout in handouts)))
    produced = listing(list(dict.fromkeys(handout.produced_in_words for handout in handouts)))
    producer, muted = one_line(settings().producer), palette.muted
    lines: list[Paragraph] = [
        [Run(_("Information as of "), colour=muted), Run(cutoffs, bold=True), *age_of(handouts[0], ", ", palette)],
        [Run(_("Produced {time}").format(time=produced), colour=muted)],
    ]
    return [*lines, [Run(_("Producer: {producer}").format(producer=producer), colour=muted)]] if producer else lines


def _draw_views(slide: Slide, handouts: Sequence[Handout], box: Box) -> None:
    """List the views with their sheets, as many as have room, and say how many more there are."""
    left, top, right, bottom = box
    columns = (
        Column(_("View"), 330, bold=True, lines=2),
        Column(_("What it shows"), 400, lines=2),
        Column(_("Sheet"), 90),
    )
    grid = Grid(columns, right - left, slide.stock.points(12, 8), slide.stock.ruler, slide.stock.palette)
    rows = [
        grid.measured([one_line(handout.title), one_line(handout.sentence), handout.sheet_id]) for handout in handouts
    ]
    shown = len(rows)
    while shown and grid.head.height + sum(row.height for row in _with_rest(grid, rows, shown)) > bottom - top:
        shown -= 1
    if shown:
        draw_table(slide, grid, _with_rest(grid, rows, shown), left, top, _("Views"), _("The views of this deck."))


def _with_rest(grid: Grid, rows: list[Row], shown: int) -> list[Row]:
    """The first rows, and where there are more a row that says how many."""
    rest = len(rows) - shown
    if not rest:
        return rows
    words = ngettext("{count} more view", "{count} more views", rest).format(count=number(rest))
    return [*rows[:shown], grid.measured([words, _("on the slides that follow"), ""])]


def draw_closing(stock: Stock, handouts: Sequence[Handout], marking: str) -> None:
    """Add the last slide: method, counts, completeness, sources, boundaries and data; two where one has no room."""
    pairs = [*method(), *_common(handouts)]
    page = 0
    while pairs:
        page += 1
        slide = stock.slide(marking)
        title = _("Method, completeness and sources")
        slide.title(title if page == 1 else _("{title} ({page})").format(title=title, page=page))
        draw_foot(slide, handouts)
        left, top, right, bottom = slide.body
        top += 8 * stock.scale
        columns = (Column("", 130, bold=True, lines=3), Column("", 760, lines=12))
        for size in (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0):
            grid = Grid(columns, right - left, stock.points(size, 8), stock.ruler, stock.palette)
            rows = [grid.measured([label, one_line(text)]) for label, text in pairs]
            if sum(row.height for row in rows) <= bottom - top:
                break
        shown = max(1, sum(sum(row.height for row in rows[: i + 1]) <= bottom - top for i in range(len(rows))))
        draw_table(slide, grid, rows[:shown], left, top, title, _("What must be known of method, data and sources."))
        pairs = pairs[shown:]


def _common(handouts: Sequence[Handout]) -> list[tuple[str, str]]:
    """Labels and texts that all views share, but for those on their own slides."""
    all_ = [dict(metadata(handout)) for handout in handouts]
    hidden = {_("Marking"), _("Title"), _("Key message")}
    return [
        (label, text)
        for label, text in all_[0].items()
        if label not in hidden and all(other.get(label) == text for other in all_)
    ]
