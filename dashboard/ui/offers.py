"""The files that can be made of a view: their labels, kinds and sizes, and what makes them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from dashboard.language import _
from dashboard.render.deck import MIME as DECK
from dashboard.render.deck import make_deck
from dashboard.render.export import EXPORTS, make_export, make_notes
from dashboard.render.sheet import SHEETS, make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.brief import BRIEFS, make_brief
from dashboard.render.text.handout import Handout
from dashboard.render.web.webpage import make_webpage
from dashboard.settings import settings
from dashboard.ui.choices import theme_in_name

Make = Callable[[Handout, Palette], bytes]


@dataclass(frozen=True)
class Offer:
    """A file to take away.

    make
        The function that makes it, in these colours where it has any.
    size
        Its difference from others of its ending, also in its name: ``A4-portrait``.
    """

    label: str
    ending: str
    make: Make
    size: str = ""


def _sheet(label: str, kind: str, size: str, *, portrait: bool = False) -> Offer:
    def make(handout: Handout, palette: Palette) -> bytes:
        # Without a theme it is that of its size: light, or print on paper.
        return make_sheet(handout, Format(kind, size, portrait, theme_in_name(palette)))

    return Offer(label, kind, make, f"{size}-portrait" if portrait else size)


def _slides(handout: Handout, palette: Palette) -> bytes:
    return make_deck([handout], template=settings().template, palette=palette)


def _without_colours(label: str, kind: str, make: Callable[[Handout], bytes], size: str = "") -> Offer:
    return Offer(label, kind, lambda handout, _palette: make(handout), size)


def _data(label: str, kind: str) -> Offer:
    return _without_colours(label, kind, partial(make_export, kind=kind))


def _text(label: str, kind: str) -> Offer:
    return _without_colours(label, kind, lambda handout: make_brief([handout], kind))


ROWS = (
    (
        _("Image"),
        (
            _sheet(_("1920 × 1080"), "png", "1920x1080"),
            _sheet(_("3840 × 2160"), "png", "3840x2160"),
            _sheet(_("SVG"), "svg", "16:9"),
        ),
    ),
    (
        _("PDF, with list"),
        (
            _sheet(_("A4"), "pdf", "A4"),
            _sheet(_("A4 portrait"), "pdf", "A4", portrait=True),
            _sheet(_("A3"), "pdf", "A3"),
            _sheet(_("A3 portrait"), "pdf", "A3", portrait=True),
            _sheet(_("16:9"), "pdf", "16:9"),
        ),
    ),
    (
        _("Slides, web"),
        (
            Offer(_("PowerPoint"), "pptx", _slides),
            _without_colours(_("Web page, works offline"), "html", make_webpage),
        ),
    ),
    (
        _("Text"),
        (
            _text(_("Plain text (cable)"), "txt"),
            _text(_("Markdown"), "md"),
        ),
    ),
    (
        _("Data"),
        (
            _data(_("Excel"), "xlsx"),
            _data(_("CSV"), "csv"),
            _without_colours(_("CSV notes"), "txt", make_notes, "about"),
            _data(_("GeoJSON"), "geojson"),
            _data(_("KML"), "kml"),
            _data(_("GeoPackage"), "gpkg"),
            _data(_("GeoParquet"), "parquet"),
        ),
    ),
)
MIME = SHEETS | BRIEFS | EXPORTS | {"pptx": DECK, "html": "text/html"}
DRAWN = (*SHEETS, "pptx")  # that show the map as it stands
