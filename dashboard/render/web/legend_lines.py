"""The lines of the web map's legend, each with its sample as SVG."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from dashboard.core.incidents.columns import CATEGORIES
from dashboard.language import _
from dashboard.render.symbols.app6 import frame_sample, icon_sample
from dashboard.render.symbols.clustering import Cell
from dashboard.render.symbols.land_signs import SIDES, sign_svg
from dashboard.render.symbols.legend import Item, legend
from dashboard.render.symbols.mark_style import Kind, symbol_of
from dashboard.render.symbols.palettes import Palette
from dashboard.render.symbols.shapes import band_svg, circle_svg, drawing, line_svg, ring_svg

CONTEXT = "context"  # the sample of incidents that are drawn pale
PALE = 0.4  # opacity, as the style sheet of the map has it


class LegendLine(TypedDict):
    """A line of the legend; ``name`` tells it from the others."""

    symbol: str
    label: str
    name: str


def legend_lines(
    kinds: Sequence[Kind],
    cells: Sequence[Cell],
    flown: Iterable[str],
    *,
    focus: bool,
    shared: bool,
    palette: Palette,
    context: Kind | None = None,
) -> list[LegendLine]:
    """The lines of the legend.

    Parameters
    ----------
    kinds, cells
        What is drawn one by one, and what is counted.
    flown
        Category of the incident of each flight track.
    focus
        Whether an incident is looked at, whose accuracy is drawn.
    shared
        Whether several incidents are placed at one point, whose accuracy is drawn where it is opened.
    context
        The kind of one of the incidents that are drawn pale, if there are any.
    """
    counted = {c for cell in cells for c, count in zip(CATEGORIES, cell.by_category, strict=True) if count}
    # Whether marks come together to clusters depends on the zoom: the browser hides the line of clusters, those of a
    # status, frame or icon whose marks are all in clusters, where one sees the category alone, and that of a depth if
    # none; that of an accuracy; and one of the two lines of flight tracks, which have bands or are too small for them.
    drawn, flown = {*kinds, *map(Kind, counted)}, list(flown)
    items = legend(drawn, clusters=True, tracks=flown, bands=flown, accuracy=focus or shared, depth=focus, signs=SIDES)
    if context:
        items.append(Item(CONTEXT, _("Pale: recorded already"), context))
    return [{"symbol": _sample(item, palette), "label": item.label, "name": item.name} for item in items]


def _sample(item: Item, palette: Palette) -> str:
    kind = item.kind
    drawn = {
        "symbol": lambda: symbol_of(kind, palette, 20),
        CONTEXT: lambda: symbol_of(kind, palette, 20).replace("<svg ", f'<svg opacity="{PALE}" ', 1),
        "frame": lambda: drawing(frame_sample(kind.identity, palette), 24),
        "icon": lambda: drawing(icon_sample(kind.object_type, palette), 24),
        "cluster": lambda: ring_svg(palette, 20),
        "accuracy": lambda: circle_svg(palette.muted, 20),
        "flank": lambda: line_svg(palette.flank, 3, casing=palette.casing),
        "flank_sea": lambda: line_svg(palette.flank, 1.5, "6 4"),
        "track": lambda: line_svg(palette.categories.get(kind.category, palette.muted), 2, "5 4"),
        "band": lambda: band_svg(palette.categories.get(kind.category, palette.muted), palette.band),
        "depth": lambda: line_svg(palette.ink, 1.5, "1 4"),
    }
    return sign_svg(item.sample) if item.sample in SIDES else drawn[item.sample]()
