"""The file of a sheet as PNG, SVG or PDF: its metadata, its fonts, and the same bytes every time."""

import base64
import io
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader, PdfWriter

from dashboard.render.sheet.page import Page
from dashboard.render.sheet.pdf_fonts import Typefaces
from dashboard.render.sheet.pdf_page import PdfPage
from dashboard.render.sheet.text_block import Lines
from dashboard.render.text.handout import Handout, licences, metadata
from dashboard.render.typesetting.fonts import FALLBACK, FAMILY, WEIGHTS, fallback_file, font_part
from dashboard.render.typesetting.glyphs import drawable, parted
from dashboard.render.typesetting.png_metadata import SOFTWARE, with_text_chunks
from dashboard.settings import settings

# For the whole process, since several sessions may draw at once: text stays text, and names in a file stay the same.
mpl.rcParams.update({"pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "incursions"})
# Keywords of a PNG that programs know: w3.org/TR/png-3, section 11.3.3.1. The others are our own.
PNG_KEYWORDS = {"Producer": "Author", "Filter": "Description", "Sources and licences": "Copyright"}


def pixels_of(page: Page, dots_per_inch: float) -> NDArray[np.uint8]:
    """The page as an array of red, green and blue, shape (height, width, 3)."""
    page.figure.set_dpi(dots_per_inch)
    canvas = FigureCanvasAgg(page.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def png(pixels: NDArray[np.uint8], handout: Handout) -> bytes:
    """A PNG with the metadata of the handout as text chunks."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png")
    return with_text_chunks(
        file.getvalue(), [(PNG_KEYWORDS.get(label, label), text) for label, text in metadata(handout)]
    )


def svg(page: Page, handout: Handout) -> bytes:
    """An SVG whose text is text, with the signs that it needs of each font inside."""
    file = io.StringIO()
    about = {
        "Title": handout.title,
        "Description": handout.sentence,
        "Date": handout.produced.isoformat(),
        "Creator": SOFTWARE,
        "Publisher": settings().producer or None,
        "Identifier": handout.sheet_id,
        "Rights": handout.marking or None,
        "Source": licences(handout),
        "Keywords": _keywords(handout),
    }
    FigureCanvasSVG(page.figure).print_svg(file, metadata=about)
    head, start, rest = file.getvalue().partition("<defs>")
    faces = "".join(_font_face(style, weight, signs) for (style, weight), signs in sorted(_signs(page.figure).items()))
    return f"{head}{start}\n<style>{faces}</style>{rest}".encode()


def pdf(pages: Iterable[Page | PdfPage], typefaces: Typefaces, handout: Handout) -> bytes:
    """A PDF of pages, of which the written ones share their typefaces; each figure is let go when it is drawn."""
    order: list[PdfPage | None] = []  # None for a figure
    figures = io.BytesIO()
    with PdfPages(figures) as file:
        for drawn in pages:
            if isinstance(drawn, Page):
                file.savefig(drawn.figure)
            order.append(None if isinstance(drawn, Page) else drawn)
    writer = PdfWriter()
    fonts, maps = typefaces.embed(writer), iter(PdfReader(figures).pages)
    for page in order:
        if page:
            page.add_to(writer, fonts)
        else:
            writer.add_page(next(maps))
    return written(writer, handout)


def written(writer: PdfWriter, handout: Handout) -> bytes:
    """The file of a PDF with what it says of itself."""
    time = f"D:{handout.produced.astimezone(UTC):%Y%m%d%H%M%S}Z"
    about = {
        "Title": handout.title,
        "Subject": handout.sentence,
        "Author": settings().producer,
        "Keywords": "; ".join(_keywords(handout)),
        "Creator": SOFTWARE,
        "CreationDate": time,
        "ModDate": time,
    }
    writer.add_metadata({f"/{name}": text for name, text in about.items() if text})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _keywords(handout: Handout) -> list[str]:
    """The keywords of a file whose kind has no fields of our own."""
    return [f"{label}: {text}" for label, text in metadata(handout) if label not in ("Title", "Filter", "Producer")]


def _signs(figure: Figure) -> dict[tuple[str, str], set[str]]:
    """The signs that are written in each font, by style and weight."""
    signs: dict[tuple[str, str], set[str]] = {}
    for text in figure.findobj(Text):
        key = text.get_fontstyle(), str(text.get_fontweight())
        signs.setdefault(key, set()).update(text.get_text())
    for lines in figure.findobj(Lines):
        for line in lines.lines:
            signs.setdefault(("normal", line.weight), set()).update(drawable(line.text))
    return {key: found for key, found in signs.items() if found}


def _font_face(style: str, weight: str, signs: set[str]) -> str:
    """Rules that bring along the signs of a font, and those that its fallback draws."""
    parts: dict[Path, set[str]] = {}
    for file, run in parted("".join(sorted(signs)), weight, style):
        parts.setdefault(file, set()).update(run)
    rules = []
    for file, drawn in parts.items():
        family = FALLBACK if file == fallback_file(weight) else FAMILY
        data = base64.b64encode(font_part(file, frozenset(map(ord, drawn)))).decode()
        rules.append(
            f"@font-face{{font-family:'{family}';font-style:{style};font-weight:{WEIGHTS[weight]};"
            f"src:url(data:font/woff;base64,{data})}}"
        )
    return "".join(rules)
