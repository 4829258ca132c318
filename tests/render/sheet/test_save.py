"""The files of sheets: fonts and metadata inside, always the same bytes, and harmless whatever the data hold."""

import base64
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.core.query.view import parse_query_string
from dashboard.render.sheet import make_pictures, make_sheets
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import make_handout
from tests.counted import ALL
from tests.sheets import LT_JULY, PRODUCED, SVG, WORDED, pages_of, resources_of, sheet, sheet_anew, texts_of

pytestmark = pytest.mark.slow

EIGHT = parse_query_string("country=LV&from=2024-01-01&to=2025-12-31")[0]


@pytest.mark.parametrize(
    ("size", "portrait", "points"),
    [
        ("A4", False, (841.9, 595.3)),
        ("A4", True, (595.3, 841.9)),
        ("A3", False, (1190.6, 841.9)),
        ("A3", True, (841.9, 1190.6)),
        ("16:9", False, (960, 540)),
    ],
)
def test_page_has_its_size_and_its_fonts_inside(
    shipped: Dataset, size: str, portrait: bool, points: tuple[float, float]
) -> None:
    reader = PdfReader(io.BytesIO(sheet(shipped, WORDED, "pdf", size, portrait=portrait)))
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(points, abs=0.1)
        fonts = resources_of(page, "/Font")
        assert fonts
        for found in fonts:
            inner = found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            assert "SourceSans" in inner["/BaseFont"]
            assert "/FontFile2" in inner["/FontDescriptor"]


def test_text_of_an_svg_is_text_in_a_font_that_it_carries(shipped: Dataset) -> None:
    content = sheet(shipped, WORDED, "svg")
    texts = texts_of(content)
    for part in (
        "Drones & <Lithuania>",
        "Vilnius",
        "Gaižiūnai",
        "Monday 28 July 2025",
        "Information as of 3 October 2026, 23:59 UTC",
    ):
        assert part in texts, part
    faces = re.findall(
        r"@font-face\{font-family:'Source Sans Pro';font-style:(\w+);font-weight:(\d+)", content.decode()
    )
    assert {("normal", "400"), ("normal", "700")} <= set(faces)


def test_svg_carries_every_sign_that_it_shows(shipped: Dataset) -> None:
    for content in make_pictures(make_handout(shipped, EIGHT, PRODUCED), Format("svg")):
        carried = {
            (style, weight): set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())
            for style, weight, data in re.findall(
                r"font-style:(\w+);font-weight:(\d+);src:url\(data:font/woff;base64,([^)]*)\)", content.decode()
            )
        }
        for text in ElementTree.fromstring(content).iter(f"{SVG}text"):
            style = dict(part.split(": ", 1) for part in text.attrib["style"].split("; "))
            font_of = style.get("font-style", "normal"), style.get("font-weight", "400")
            assert {ord(sign) for sign in "".join(text.itertext())} <= carried[font_of], style


def test_files_say_what_they_are(shipped: Dataset) -> None:
    number = make_handout(shipped, WORDED, PRODUCED).sheet_id
    told = Image.open(io.BytesIO(sheet(shipped, WORDED))).info
    assert (told["Title"], told["Marking"], told["Sheet"]) == ("Drones & <Lithuania>", "TLP:AMBER", number)
    assert f"2 of {ALL} incidents" in told["Description"]
    assert told["Information as of"] == "3 October 2026, 23:59 UTC (032359Z OCT 26)"
    about = PdfReader(io.BytesIO(sheet(shipped, WORDED, "pdf"))).metadata
    assert about and about.subject and about.keywords
    assert (about.title, about.creation_date) == ("Drones & <Lithuania>", PRODUCED)
    assert f"2 of {ALL} incidents" in about.subject
    drawn = sheet(shipped, WORDED, "svg").decode()
    for part in (number, "TLP:AMBER", "3 October 2026, 23:59 UTC (032359Z OCT 26)"):
        assert part in about.keywords
        assert part in drawn.partition("</metadata>")[0]


def test_several_sheets_are_one_pdf(shipped: Dataset) -> None:
    handouts = [make_handout(shipped, view, PRODUCED) for view in (EIGHT, LT_JULY)]
    said: list[str] = []
    pages = pages_of(make_sheets(handouts, Format("pdf"), said.append))
    assert ["Page 1 of" in page for page in pages] == [True, *[False] * (len(pages) - 1)]
    assert f"Page {len(pages) - 1} of {len(pages) - 1}" in pages[-2]
    assert handouts[1].sheet_id in pages[-1]
    assert len(said) == len(pages) - 2


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_same_view_data_and_time_give_the_same_bytes(shipped: Dataset, kind: str) -> None:
    assert sheet_anew(shipped, WORDED, kind) == sheet(shipped, WORDED, kind)


def hostile(dataset: Dataset, **fields: object) -> Dataset:
    """The data with other words in the incidents of Hungary."""
    rows = dataset.incidents.copy()
    for column, text in fields.items():
        rows[column] = rows[column].where(rows["country"] != "HU", text)
    return replace(dataset, incidents=rows)


def test_text_of_others_does_no_harm(shipped: Dataset) -> None:
    words = '</text><script>alert(1)</script> ]]> $x^2$ \\alpha & "quotes" თბილისი Київ'
    data = hostile(shipped, place=words)
    view = replace(parse_query_string("country=HU")[0], title=words, finding=words)
    content = sheet(data, view, "svg")
    root = ElementTree.fromstring(content)
    assert not list(root.iter(f"{SVG}script"))
    assert words in texts_of(content)
    told = pages_of(sheet(data, view, "pdf"))[0]
    assert "</text><script>alert(1)</script>" in told


def test_endless_text_is_cut_where_it_must_and_says_so(shipped: Dataset) -> None:
    links = tuple(f"https://{'long.' * 12}example.org/{n}" for n in range(60))
    data = hostile(shipped, place="Place " * 800)
    rows = data.incidents
    rows["sources"] = [
        links if country == "HU" else own for country, own in zip(rows["country"], rows["sources"], strict=True)
    ]
    data = replace(data, incidents=with_sources(rows, Publishers()))
    pages = pages_of(sheet(data, parse_query_string("country=HU")[0], "pdf"))
    assert len(pages) == 2
    assert "Page 2 of 2" in pages[1]
    assert "Place…" in pages[1] or "Plac…" in pages[1]
    assert re.search(r"and \d+ more, in the data", pages[1])
