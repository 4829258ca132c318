"""Pages of a PDF that are written without Matplotlib: what a reader sees, finds and copies, and where links lead."""

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from dashboard.render.sheet.page import LONG_SIDE
from dashboard.render.sheet.pdf_fonts import Typefaces
from dashboard.render.sheet.pdf_page import PdfPage
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.typesetting.fonts import fallback_file, font_file
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.shaping import shaped
from tests.sheets import resources_of

A4 = (11.69, 8.27)  # inches


def written(draw: Callable[[PdfPage], None]) -> PdfReader:
    typefaces, writer = Typefaces(), PdfWriter()
    page = PdfPage(A4, LIGHT, typefaces)
    draw(page)
    page.add_to(writer, typefaces.embed(writer))
    file = io.BytesIO()
    writer.write(file)
    return PdfReader(file)


@pytest.mark.parametrize(
    "text",
    [
        "Office at Vilnius, 12.5 km",  # ff and ffi are one glyph each
        "Şumskas, Gołdap, Košice, Тирасполь, Ναύπακτος",
        "Tbilisi თბილისი, Yerevan Երևան",  # of the fallback font
        "Tel Aviv תל אביב",
    ],
)
def test_text_can_be_found_and_copied(text: str) -> None:
    page = written(lambda page: page.text(100, 100, text, 16)).pages[0]
    assert page.extract_text().split() == text.split()


def test_letters_stand_as_near_as_the_font_wants() -> None:
    [kerned] = shaped("AVATAR To")
    assert kerned.width < sum(glyph.width for glyph in kerned.glyphs)


def test_words_from_the_right_stand_in_their_own_order() -> None:
    [before, hebrew, after] = shaped("a אב גד b")
    assert (before.file, hebrew.file, after.file) == (
        font_file("regular"),
        fallback_file("regular"),
        font_file("regular"),
    )
    assert "".join(glyph.text for glyph in hebrew.glyphs) == "דג בא"  # seen from the left


def test_a_link_leads_where_its_text_stands() -> None:
    url = "https://example.org/(a)?b=c&d=ü"
    page = written(lambda page: page.text(960, 300, "a source", 20, align="right", url=url)).pages[0]
    [link] = (note.get_object() for note in page.annotations or ())
    left, below, right, above = (float(side) * LONG_SIDE / (72 * A4[0]) for side in link["/Rect"])
    assert link["/A"]["/URI"] == url
    assert right == pytest.approx(960, abs=0.1)
    assert left == pytest.approx(960 - text_width("a source", 20), abs=2)
    assert below < LONG_SIDE * A4[1] / A4[0] - 300 < above


def test_fonts_have_the_glyphs_of_the_text_and_no_more() -> None:
    def draw(page: PdfPage) -> None:
        page.text(100, 100, "Warszawa", 16)
        page.text(100, 200, "Wilno", 16, weight="bold")

    fonts = resources_of(written(draw).pages[0], "/Font")
    assert [font["/BaseFont"][8:] for font in fonts] == ["SourceSansPro-Regular", "SourceSansPro-Bold"]
    assert [len(font["/DescendantFonts"][0].get_object()["/W"]) // 2 for font in fonts] == [len({*"Warszawa"}), 5]
