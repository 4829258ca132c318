"""Our own template: wide slides in the colours of a palette, which are those of the theme as well."""

from collections.abc import Iterable

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.shapes.base import BaseShape
from pptx.util import Emu, Pt

from dashboard.render.symbols.palettes import Palette

WIDTH, HEIGHT = 960.0, 540.0  # of a slide in points: 13.333 x 7.5 inches
MARGIN = 34.0
TITLE = (MARGIN, 30.0, WIDTH - MARGIN, 66.0)  # left, top, right, bottom of a slide's title
COVER_TITLE, COVER_SUBTITLE = (MARGIN, 104.0, 860.0, 212.0), (MARGIN, 220.0, 860.0, 286.0)
# Which of a theme's dark and light colours are ground and text; a dark design swaps them, as PowerPoint's own do.
_MAPS = {
    False: {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"},
    True: {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"},
}


def house_presentation(palette: Palette) -> PresentationType:
    """A presentation without slides; its layouts are those of python-pptx, made wide and put into our colours."""
    presentation = Presentation()
    wider = Pt(WIDTH) / (presentation.slide_width or 1)
    presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
    size = presentation.part._element.find(qn("p:sldSz"))
    size.attrib.pop("type", None)  # it says 4 to 3
    master = presentation.slide_master
    for holder in (master, *master.slide_layouts):
        _widen(holder.placeholders, wider)
    _place(master.placeholders[0], TITLE)
    title = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    _style(title, 28)
    cover = next(layout for layout in master.slide_layouts if layout._element.get("type") == "title")
    heading, subtitle = list(cover.placeholders)[:2]
    _place(heading, COVER_TITLE)
    _place(subtitle, COVER_SUBTITLE)
    _style(_first_level(heading), 40)
    _style(_first_level(subtitle), 20, bold=False)
    _anchor(master.placeholders[0], "ctr")
    _anchor(heading, "b")
    _anchor(subtitle, "t")
    _recolour(presentation, palette)
    return presentation


def _widen(shapes: Iterable[BaseShape], factor: float) -> None:
    for shape in shapes:
        if shape._element.find(f"{qn('p:spPr')}/{qn('a:xfrm')}") is not None:  # else it is where its master's is
            shape.left, shape.width = Emu(round(shape.left * factor)), Emu(round(shape.width * factor))


def _place(shape: BaseShape, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(right - left), Pt(bottom - top)


def _first_level(shape: BaseShape) -> etree._Element:
    """Properties of the first level of a placeholder's text, made where they are not."""
    styles = shape._element.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}")
    level = styles.find(qn("a:lvl1pPr"))
    return etree.SubElement(styles, qn("a:lvl1pPr")) if level is None else level


def _style(level: etree._Element, size: float, *, bold: bool = True) -> None:
    """Left, in the colour of text."""
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    if run is None:
        run = etree.SubElement(level, qn("a:defRPr"))
    for fill in run.findall(qn("a:solidFill")):
        run.remove(fill)
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:schemeClr")).set("val", "tx1")
    run.insert(0, fill)
    run.set("sz", str(round(size * 100)))
    run.set("b", "1" if bold else "0")


def _anchor(shape: BaseShape, anchor: str) -> None:
    body = shape._element.find(f"{qn('p:txBody')}/{qn('a:bodyPr')}")
    body.set("anchor", anchor)
    for side in ("lIns", "tIns", "rIns", "bIns"):
        body.set(side, "0")


def _recolour(presentation: PresentationType, palette: Palette) -> None:
    """Put the palette into the theme, so that what users draw themselves fits."""
    colours_map = _MAPS[_brightness(palette.ink) > _brightness(palette.paper)]
    mapped = presentation.slide_master._element.find(qn("p:clrMap"))
    for role, name in colours_map.items():
        mapped.set(role, name)
    grounds = {"bg1": palette.paper, "tx1": palette.ink, "bg2": palette.panel, "tx2": palette.action}
    accents = (*palette.categories.values(), palette.muted)
    colours = {
        **{colours_map[role]: colour for role, colour in grounds.items()},
        **{f"accent{position}": colour for position, colour in enumerate(accents, 1)},
        "hlink": palette.action,
        "folHlink": palette.muted,
    }
    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    theme.set("name", "Incursion map")
    for name, colour in colours.items():
        entry = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        entry.clear()
        etree.SubElement(entry, qn("a:srgbClr")).set("val", colour.lstrip("#"))
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _brightness(colour: str) -> int:
    """The brightness of ``#RRGGBB``, well enough to tell ink from paper."""
    return sum(bytes.fromhex(colour.lstrip("#")))
