"""The sheet: one picture of a view with everything needed to quote it, drawn without a browser.

A sheet is drawn from the same selection as the screen, in an azimuthal equal-area projection centred on the view, so
that north is up and the scale bar true. Only this folder imports Matplotlib.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic

from dashboard.language import _, number
from dashboard.render.sheet.chart_page import chart_asked, chart_page, chart_picture, joined
from dashboard.render.sheet.checks import check_marks, check_pixels, look_at
from dashboard.render.sheet.frame import Frame, frame_of
from dashboard.render.sheet.head_and_foot import draw_foot, draw_head, draw_identity, draw_marking
from dashboard.render.sheet.layout import Format, layout_for
from dashboard.render.sheet.listing import (
    AnyPaper,
    Blank,
    draw_listing,
    draw_stories,
    listing_rows,
    paginate,
    whole_stories,
)
from dashboard.render.sheet.map import DrawnMap, draw_map
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.pdf_fonts import Typefaces
from dashboard.render.sheet.pdf_page import PdfPage
from dashboard.render.sheet.save import pdf, pixels_of, png, svg
from dashboard.render.sheet.sidebar import draw_facts
from dashboard.render.sheet.telling import counts_in_print, draw_told, link_in_print, told_of
from dashboard.render.text.handout import Handout
from dashboard.render.typesetting.glyphs import missing_in_words
from dashboard.settings import settings

SHEETS = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}  # by ending


def missing_signs(handout: Handout) -> str:
    """A sentence on the signs of a handout that no font of a sheet has, or empty."""
    about = handout.dataset.about
    words = [handout.title, handout.finding, handout.marking, handout.sentence, handout.completeness, about.credit]
    words.append(handout.maker)
    return missing_in_words([*words, settings().producer, settings().disclaimer, *handout.incidents["place"].unique()])


def make_sheet(handout: Handout, format_: Format) -> bytes:
    """Draw one sheet; see :func:`make_sheets`."""
    return make_sheets([handout], format_)


def make_sheets(
    handouts: Sequence[Handout], format_: Format, progress: Callable[[str], None] = lambda _line: None
) -> bytes:
    """Draw sheets and give their file's content.

    Parameters
    ----------
    handouts
        One for a picture; a PDF has the pages of all: for each the map, followed by the list of its incidents.

    Raises
    ------
    SheetError
        A map came out blank, or its marks do not match the selection.
    """
    charts = [chart_asked(handout) for handout in handouts]
    if format_.kind == "pdf" and any(charts):
        parts = [
            chart_page(handout, chart, format_) if chart else make_sheets([handout], format_, progress)
            for handout, chart in zip(handouts, charts, strict=True)
        ]
        return joined(parts, handouts[0])
    if format_.kind == "pdf":
        typefaces = Typefaces()
        blank = partial(PdfPage, typefaces=typefaces)
        pages = (page for handout in handouts for page in _pages(handout, format_, blank, progress))
        return pdf(pages, typefaces, handouts[0])
    (handout,) = handouts
    if chart := charts[0]:
        return chart_picture(handout, chart, format_)
    first: _First[Page] = _first_page(handout, format_, None)
    if format_.kind == "png":
        pixels = pixels_of(first.page, format_.pixels[0] / format_.inches[0])
        check_pixels(pixels, first.page, first.frame)
        return png(pixels, handout)
    look_at(first.page, first.frame)
    return svg(first.page, handout)


def make_pictures(
    handout: Handout, format_: Format, progress: Callable[[str], None] = lambda _line: None
) -> Iterator[bytes]:
    """Draw the pages of a sheet as pictures, one after the other: the map, then the list of its incidents.

    Raises
    ------
    SheetError
        The map came out blank, or its marks do not match the selection.
    """
    for page in _pages(handout, format_, Page, progress):
        if format_.kind == "png":
            yield png(pixels_of(page, format_.pixels[0] / format_.inches[0]), handout)
        else:
            yield svg(page, handout)


@dataclass(frozen=True, eq=False)
class _First(Generic[AnyPaper]):
    """The page with the map, and the functions that draw the pages after it, given their number and that of all."""

    page: Page
    frame: Frame
    others: list[Callable[[int, int], Page | AnyPaper]]


def _first_page(handout: Handout, format_: Format, blank: Blank[AnyPaper] | None) -> _First[AnyPaper]:
    """Draw the page with the map, and count what came onto it; ``blank`` gives the pages of a list, if one follows."""
    layout, page = layout_for(handout, format_), Page(format_.inches, format_.palette)
    told = told_of(handout, layout, format_.palette)
    frame = frame_of(handout, layout.map)
    map_ = draw_map(page, frame, handout)
    everything = bool(handout.nil) or (told is not None and told.whole)
    others = _others(handout, format_, map_, page, blank) if blank and not everything else []
    draw_marking(page, handout.marking)
    draw_head(page, handout, handout.finding)
    if told:
        draw_told(page, layout, map_, handout, told)
    else:
        draw_facts(page, layout, map_, handout, _elsewhere(len(handout.incidents), 1 + len(others)))
    counts = counts_in_print(map_, handout) if told else ""
    draw_foot(page, layout, frame, handout, format_, counts, link_in_print(handout) if everything else "")
    draw_identity(page, layout.identity, handout, 1, 1 + len(others))
    check_marks(page.figure, map_, len(handout.incidents))
    return _First(page, frame, others)


def _others(
    handout: Handout, format_: Format, map_: DrawnMap, page: Page, blank: Blank[AnyPaper]
) -> list[Callable[[int, int], Page | AnyPaper]]:
    """The pages after the first: the whole stories of a few incidents, else the list of all."""
    if cards := whole_stories(handout, format_):
        return [partial(draw_stories, format_, handout, cards)]
    lists = paginate(listing_rows(handout, map_, page.width), page.height)
    return [partial(draw_listing, format_, handout, rows, blank) for rows in lists]


def _pages(
    handout: Handout, format_: Format, blank: Blank[AnyPaper], progress: Callable[[str], None]
) -> Iterator[Page | AnyPaper]:
    """The pages of a sheet, each drawn when it is asked for."""
    first = _first_page(handout, format_, blank)
    look_at(first.page, first.frame)
    yield first.page
    pages = 1 + len(first.others)
    for count, draw in enumerate(first.others, start=2):
        words = _("Sheet {sheet}, page {number} of {pages}")
        progress(words.format(sheet=handout.sheet_id, number=number(count), pages=number(pages)))
        yield draw(count, pages)


def _elsewhere(incidents: int, pages: int) -> str:
    """A sentence on where the whole list is."""
    if pages == 2:
        return _("Page 2 lists all {count} incidents.").format(count=number(incidents))
    if pages > 2:
        return _("Page 2 and those after it list all {count} incidents.").format(count=number(incidents))
    return _("The PDF of this sheet lists all {count} incidents.").format(count=number(incidents))
