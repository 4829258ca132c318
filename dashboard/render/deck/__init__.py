"""The deck: a PowerPoint file of one view or several, all of whose words and tables can be edited.

A title slide; for each view its map with figures and legend, then its incidents as tables; at the end what must be
known of method and data. Everything stands where it fits by measure: nothing waits for PowerPoint to shrink it. Same
views, same time, same bytes.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard.errors import QueryError, SheetError
from dashboard.language import _
from dashboard.render.charts.projected import chart_of
from dashboard.render.deck.chartslide import draw_chart_slide
from dashboard.render.deck.cover_and_closing import draw_closing, draw_cover
from dashboard.render.deck.listing import draw_list_slides
from dashboard.render.deck.mapslide import draw_map_slide
from dashboard.render.deck.save import packed
from dashboard.render.deck.slide import Stock
from dashboard.render.deck.template import open_template
from dashboard.render.symbols.palettes import LIGHT, Palette
from dashboard.render.text.handout import Handout
from dashboard.render.text.selection import highest_marking

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def make_deck(
    handouts: Sequence[Handout],
    notes: Sequence[str] = (),
    template: Path | None = None,
    progress: Callable[[str], None] | None = None,
    palette: Palette = LIGHT,
) -> bytes:
    """Make the slides of one view or several.

    Parameters
    ----------
    notes
        Speaker notes of each view; those of the last may be missing.
    template
        A ministry's own .pptx; its slides are left out, its size, layouts, fonts and colours are kept.
    progress
        Is called with a text on what is being made.
    palette
        Colours of slides and map; a template has its own, and beside those the map is light.

    Raises
    ------
    QueryError
        The template cannot be used or is to have another theme, or the views carry markings of which the higher cannot
        be known.
    SheetError
        There is no view, or a map came out wrong.
    """
    if not handouts:
        raise SheetError(_("There is nothing to export: no view is given."))
    if len(notes) > len(handouts):
        raise ValueError(f"{len(notes)} notes for {len(handouts)} views")
    if template and palette != LIGHT:
        raise QueryError(
            _(
                "Slides made with the template {path} have its colours and cannot have the theme {look!r}; choose "
                "light or do without it."
            ).format(path=template, look=palette.name)
        )
    marking = highest_marking(handouts)
    stock = Stock(open_template(template, palette), palette)
    draw_cover(stock, handouts, marking)
    all_notes = [*notes, *[""] * (len(handouts) - len(notes))]
    for position, (handout, note) in enumerate(zip(handouts, all_notes, strict=True), 1):
        if progress:
            progress(
                _("Slides of view {position} of {count}: {title}").format(
                    position=position, count=len(handouts), title=handout.title
                )
            )
        mark = handout.marking or marking
        if asked := chart_of(handout.dataset, handout.view, handout.selection):
            draw_chart_slide(stock, handout, asked, note, mark)
            continue
        draw_map_slide(stock, handout, note, mark)
        draw_list_slides(stock, handout, mark)
    draw_closing(stock, handouts, marking)
    return packed(stock.template.presentation, handouts, marking)
