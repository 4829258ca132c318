"""The side of a sheet whose incidents are told one by one: as stories, or in two lines each."""

from dashboard.language import _
from dashboard.render.sheet.layout import SCALE, Layout, is_few, is_told
from dashboard.render.sheet.legend import draw_legend_strip
from dashboard.render.sheet.map import DrawnMap
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.sidebar import counts_on_sheet, draw_event, draw_figures, event_height
from dashboard.render.sheet.story_cards import Cards, draw_cards, fitted_cards
from dashboard.render.sheet.story_list import Rows, draw_rows, fitted_rows
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout, link_label
from dashboard.render.text.story import stories_of

FIGURES = 113.0  # height of the figures above rows, with labels in two lines

Told = Cards | Rows


def told_of(handout: Handout, layout: Layout, palette: Palette) -> Told | None:
    """The incidents as they are told at the side of the map; None where they are counted by state."""
    if not is_told(handout):
        return None
    left, top, right, bottom = layout.side
    stories, width = stories_of(handout), right - left
    height = bottom - top - event_height(handout, width)
    cards = fitted_cards(stories, width, height, palette) if is_few(handout) else None
    return cards or fitted_rows(stories, width, height - FIGURES, palette)


def draw_told(page: Page, layout: Layout, map_: DrawnMap, handout: Handout, told: Told) -> None:
    """Draw the incidents as they are told, and the legend below the map; above rows the figures as well."""
    left, top, right, bottom = layout.side
    if layout.strip:
        x1, y1, x2, y2 = layout.strip
        draw_legend_strip(page, (x1 + SCALE, y1 + 10, x2, y2), map_.items)
    if handout.event or isinstance(told, Rows):  # cards have a line each
        page.rule(left, top, right, top, 2, page.palette.ink)
    y = draw_event(page, left, top, right, handout)
    if isinstance(told, Cards):
        draw_cards(page, told, (left, y, right, bottom))
        return
    draw_figures(page, left, y, right, handout)
    draw_rows(page, told, (left, y + FIGURES, right, bottom))


def counts_in_print(map_: DrawnMap, handout: Handout) -> str:
    """The counts and the note on the map, which stand in the small print where incidents are told."""
    return " ".join(filter(None, (_("{counts}.").format(counts=counts_on_sheet(map_, handout)), map_.note)))


def link_in_print(handout: Handout) -> str:
    """The link that opens the view again, for a sheet of one page; else the pages of the list have it."""
    return _("{label}: {link}").format(label=link_label(), link=handout.link)
