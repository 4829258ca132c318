"""A chart on a sheet, in a PDF of several views, on a slide and on a web page: headline, caveat and numbers."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngImageFile
from pptx import Presentation
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.deck import make_deck
from dashboard.render.sheet import make_sheet, make_sheets
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.web.webpage import make_webpage
from tests.counted import of_year

pytestmark = pytest.mark.slow

PRODUCED = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
LT_JULY = "country=LT&from=2025-07-01&to=2025-07-31&marking=TLP:AMBER"
FINDING = f"{of_year(2026)} incidents by 3 October 2026, more than in all of 2025 ({of_year(2025)})"
CAVEAT = "Not complete: thin from April 2026 on"


def handout(shipped: Dataset, query: str) -> Handout:
    return make_handout(shipped, parse_query_string(query)[0], PRODUCED)


@pytest.fixture(scope="module")
def years(shipped: Dataset) -> Handout:
    return handout(shipped, "chart=years&marking=TLP:AMBER")


def test_pdf_of_several_views_has_maps_and_charts_in_their_order(shipped: Dataset, years: Handout) -> None:
    views = [handout(shipped, LT_JULY), years, handout(shipped, "chart=statuses&title=Nearly all confirmed")]
    content = make_sheets(views, Format("pdf"))
    reader = PdfReader(io.BytesIO(content))
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Airspace incursions: Lithuania" in texts[0]
    assert FINDING in texts[-2] and CAVEAT in texts[-2] and years.sheet_id in texts[-2] and "TLP:AMBER" in texts[-2]
    assert "Nearly all confirmed" in texts[-1] and "How many are confirmed?" in texts[-1]
    assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in reader.pages} == {(842, 595)}
    for page in reader.pages[-2:]:  # vectors
        resources = page["/Resources"]
        assert isinstance(resources, DictionaryObject)
        assert "/Image" not in str(resources.get("/XObject", ""))
    assert reader.metadata and reader.metadata.creation_date == PRODUCED
    assert make_sheets([years], Format("pdf")) == make_sheets([years], Format("pdf"))


def test_picture_of_a_chart_has_the_size_that_is_asked_for(years: Handout) -> None:
    with Image.open(io.BytesIO(make_sheet(years, Format("png")))) as picture:
        assert picture.size == (1920, 1080)
        assert isinstance(picture, PngImageFile)
        assert picture.text["Sheet"] == years.sheet_id
    svg = make_sheet(years, Format("svg")).decode()
    assert FINDING in svg and CAVEAT in svg


def test_slide_of_a_chart_has_a_vector_picture_and_a_table_that_can_be_edited(years: Handout) -> None:
    content = make_deck([years], ["Say it slowly."])
    (slide,) = [slide for slide in Presentation(io.BytesIO(content)).slides if slide.shapes.title.text == FINDING]
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert CAVEAT in words and "How do the years compare" in words
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Year", "By 3 Oct", "In all"]
    assert rows[2][2] == str(of_year(2025))
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    (reference,) = picture._element.xpath(".//*[local-name()='svgBlip']/@r:embed")
    assert slide.part.related_part(reference).blob.startswith(b"<svg ")
    assert "Say it slowly." in slide.notes_slide.notes_text_frame.text
    boxes = [
        (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
        for shape in slide.shapes
        if shape.has_table or shape.shape_type == 13 or shape.name == "Notes on the chart"
    ]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_web_page_shows_the_chart_above_its_map(years: Handout) -> None:
    page = make_webpage(years).decode()
    assert f'<figure class="chart"><h2>{FINDING}</h2>' in page
    assert page.index("<figure") < page.index('id="map"')
