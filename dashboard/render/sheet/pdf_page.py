"""A page of a PDF written without Matplotlib, which takes a second for ten pages of a list: text, rules, rectangles."""

from functools import lru_cache
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import PdfObject

from dashboard.render.sheet.page import Box, Paper
from dashboard.render.sheet.pdf_fonts import Typefaces, add_stream, pdf_dictionary
from dashboard.render.symbols.palettes import Palette
from dashboard.render.typesetting.shaping import EM, Run, shaped

LINK_ABOVE, LINK_BELOW = 0.75, 0.25  # of a line of text, in sizes


class PdfPage(Paper):
    """A page in the making: its content, its links and the fonts that it shares with the other pages of its file."""

    def __init__(self, inches: tuple[float, float], palette: Palette, typefaces: Typefaces) -> None:
        super().__init__(inches, palette)
        self._typefaces = typefaces
        self._content: list[str] = []
        self._links: list[dict[str, Any]] = []
        self.rectangle((0, 0, self.width, self.height), fill=palette.paper)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: str = "regular",
        colour: str = "",
        align: str = "left",
        url: str = "",
    ) -> None:
        """Write a line of text with its baseline at y, as a link where ``url`` is given."""
        runs = list(shaped(text, weight))
        width = sum(run.width for run in runs) * size / EM
        left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        right = left
        self._content.append(f"BT {_rgb(colour or self.palette.ink)} rg")
        for run in runs:
            font = f"/{self._typefaces.use(run)} {size * self.points:.4g} Tf"
            self._content.append(f"{font} 1 0 0 1 {self._place(right, y)} Tm {_shown(run, size * self.points)}")
            right += run.width * size / EM
        self._content.append("ET")
        if url:
            self._link((left, y - LINK_ABOVE * size, right, y + LINK_BELOW * size), url)

    def rule(self, x1: float, y1: float, x2: float, y2: float, width: float = 1.0, colour: str = "") -> None:
        """Draw a line."""
        pen = f"{_rgb(colour or self.palette.hairline)} RG {width * self.points:.3f} w"
        self._content.append(f"{pen} {self._place(x1, y1)} m {self._place(x2, y2)} l S")

    def rectangle(self, box: Box, fill: str = "none", edge: str = "none", width: float = 1.0) -> None:
        """Draw a rectangle."""
        left, top, right, bottom = box
        sides = f"{(right - left) * self.points:.3f} {(bottom - top) * self.points:.3f}"
        colours = "" if fill == "none" else f"{_rgb(fill)} rg "
        colours += "" if edge == "none" else f"{_rgb(edge)} RG {width * self.points:.3f} w "
        paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[fill != "none", edge != "none"]
        self._content.append(f"{colours}{self._place(left, bottom)} {sides} re {paint}")

    def add_to(self, writer: PdfWriter, fonts: PdfObject) -> None:
        """Put the page behind the others of a PDF."""
        page = writer.add_blank_page(self.width * self.points, self.height * self.points)
        content = add_stream(writer, "\n".join(self._content).encode("ascii"))
        page.update(pdf_dictionary({"/Contents": content, "/Resources": {"/Font": fonts}, "/Annots": self._links}))

    def _place(self, x: float, y: float) -> str:
        """A place in points, from the left and from below, as a PDF has it."""
        return f"{x * self.points:.3f} {(self.height - y) * self.points:.3f}"

    def _link(self, box: Box, address: str) -> None:
        left, top, right, bottom = box
        corners = [left, self.height - bottom, right, self.height - top]
        self._links.append(
            {
                "/Type": "/Annot",
                "/Subtype": "/Link",
                "/Rect": [corner * self.points for corner in corners],
                "/Border": [0, 0, 0],
                "/A": {"/S": "/URI", "/URI": address},
            }
        )


@lru_cache(maxsize=100)
def _rgb(colour: str) -> str:
    return " ".join(f"{part / 255:.3f}" for part in bytes.fromhex(colour[1:]))


def _shown(run: Run, size: float) -> str:
    """The glyphs of a run as a PDF shows them: strings of numbers, and how far back what follows them begins."""
    parts, shift, up = ["[<"], 0.0, 0.0
    for glyph in run.glyphs:
        if glyph.up != up:
            up = glyph.up
            parts.append(f">] TJ {up / EM * size:.3f} Ts [<")
        shift -= glyph.right
        if shift:
            parts.append(f">{shift:.0f}<")
        parts.append(f"{glyph.number:04X}")
        shift = glyph.width - glyph.advance + glyph.right
    parts.append(">] TJ 0 Ts" if up else ">] TJ")
    return "".join(parts)
