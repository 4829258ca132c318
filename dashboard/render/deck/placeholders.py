"""The placeholders of a slide: how the template writes in them, and text that fits them.

Colour, font and place stay the template's; the size is made smaller where the text needs it. Lengths are in points.
"""

from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.oxml.ns import qn
from pptx.slide import SlideLayout
from pptx.util import Emu, Pt

from dashboard.render.deck.template import Template
from dashboard.render.typesetting.text_fit import LEADING, Fit, Ruler

Box = tuple[float, float, float, float]  # left, top, right, bottom
_INSETS = {"lIns": 7.2, "tIns": 3.6, "rIns": 7.2, "bIns": 3.6}  # where nobody says otherwise
_STYLES = {"title": "p:titleStyle", "body": "p:bodyStyle"}


@dataclass(frozen=True)
class TextStyle:
    """The type of a placeholder, as its layout and its master have it.

    insets
        Left, top, right and bottom.
    """

    ruler: Ruler
    size: float
    bold: bool
    capitals: bool
    insets: Box

    def fit(self, text: str, box: Box, largest: float, smallest: float) -> Fit:
        """Fit a text into a box, insets included."""
        width = box[2] - box[0] - self.insets[0] - self.insets[2]
        height = box[3] - box[1] - self.insets[1] - self.insets[3]
        shown = text.upper() if self.capitals else text
        size = min(self.size, largest)
        return self.ruler.fit([shown], width, height, size, min(smallest, size), bold=self.bold)


def style_of(shape: Any, layout: SlideLayout, template: Template) -> TextStyle:
    """Find the type of a slide's placeholder."""
    kind = "title" if "title" in str(shape.placeholder_format.type).lower().replace("subtitle", "") else "body"
    heirs = _heirs(shape, layout, kind)
    runs = [run for heir in heirs if (run := heir.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")) is not None]
    bodies = [body for heir in heirs if (body := heir.find(f".//{qn('a:bodyPr')}")) is not None]
    latin = next((one.get("typeface", "") for run in runs if (one := run.find(qn("a:latin"))) is not None), "")
    font = latin if latin and not latin.startswith("+") else template.heading if kind == "title" else template.font
    insets = [float(_first(bodies, name, points * Pt(1))) / Pt(1) for name, points in _INSETS.items()]
    return TextStyle(
        ruler=Ruler(font),
        size=float(_first(runs, "sz", 1800)) / 100,
        bold=_first(runs, "b", "0") in ("1", "true"),
        capitals=_first(runs, "cap", "none") == "all",
        insets=(insets[0], insets[1], insets[2], insets[3]),
    )


def _heirs(shape: Any, layout: SlideLayout, kind: str) -> list[etree._Element]:
    """The ancestors of a placeholder, the nearest first: its layout's, its master's, and the master's style."""
    master = layout.slide_master
    ours: Any = layout.placeholders
    masters: Any = master.placeholders
    index = shape.placeholder_format.idx
    shapes = [
        next((one for one in ours if one.placeholder_format.idx == index), None),
        next((one for one in masters if kind in str(one.placeholder_format.type).lower()), None),
    ]
    style = master._element.find(f"{qn('p:txStyles')}/{qn(_STYLES[kind])}")
    elements = [one._element for one in shapes if one is not None]
    return elements if style is None else [*elements, style]


def _first(elements: list[etree._Element], name: str, otherwise: Any) -> Any:
    return next((element.get(name) for element in elements if element.get(name) is not None), otherwise)


def box_of(shape: Any) -> Box:
    """The box of a shape, from itself or its layout."""
    left, top = (shape.left or 0) / Pt(1), (shape.top or 0) / Pt(1)
    return left, top, left + (shape.width or 0) / Pt(1), top + (shape.height or 0) / Pt(1)


def place(shape: Any, box: Box) -> None:
    """Put a shape somewhere."""
    left, top, right, bottom = (Emu(round(edge * Pt(1))) for edge in box)
    shape.left, shape.top, shape.width, shape.height = left, top, Emu(right - left), Emu(bottom - top)


def fill(shape: Any, text: str, style: TextStyle, fit: Fit) -> None:
    """Write a text that was fitted into a placeholder."""
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.text = fit.paragraphs[0] if fit.cut else text
    for paragraph in frame.paragraphs:
        paragraph.line_spacing = Pt(fit.size * LEADING)
        paragraph.space_before = Pt(0)
        if fit.size != style.size:
            for run in paragraph.runs:
                run.font.size = Pt(fit.size)
