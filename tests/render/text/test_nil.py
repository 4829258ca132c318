"""A nil result of readable data is an answer: it can be handed out as every kind of file, and says as of when."""

import io
import json
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.__main__ import main
from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import SheetError
from dashboard.render.deck import make_deck
from dashboard.render.export import make_export, make_notes
from dashboard.render.sheet.frame import frame_of
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.web.webpage import make_webpage
from tests.conftest import csv_text
from tests.sheets import pages_of, sheet, texts_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
QUERY = "country=HU&from=2025-09-09&to=2025-09-10&marking=TLP%3ACLEAR"
NIL = "No incident is known in Hungary, 9–10 September 2025."
AS_OF = "Information as of 3 October 2026, 23:59 UTC (032359Z OCT 26)."


@pytest.fixture(scope="module")
def nil(shipped: Dataset) -> Handout:
    return make_handout(shipped, parse_query_string(QUERY)[0], PRODUCED)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (QUERY, NIL),
        ("from=2022-03-03&to=2022-03-03", "No incident is known in any state, 3 March 2022."),
        (
            "country=LT&category=debris&q=zzzz&from=2025-09-09&to=2025-09-09",
            "No such incident is known in Lithuania, 9 September 2025: debris recoveries, with “zzzz”.",
        ),
        ("country=LT", ""),
    ],
)
def test_sentence_claims_no_more_than_was_asked(shipped: Dataset, query: str, sentence: str) -> None:
    assert make_handout(shipped, parse_query_string(query)[0], PRODUCED).nil == sentence


def test_sheet_shows_the_area_asked_for_and_says_it_large(shipped: Dataset, nil: Handout) -> None:
    texts = texts_of(sheet(shipped, nil.view, "svg"))
    for said in (
        AS_OF,
        "TLP:CLEAR",
        "Information as of 3 October 2026, 23:59 UTC",
        f"Sheet {nil.sheet_id}",
        "Budapest",
        "H U N G A R Y",
    ):
        assert said in texts
    assert NIL in " ".join(texts)
    (page,) = pages_of(sheet(shipped, nil.view, "pdf", portrait=True))
    assert NIL in page
    frame = frame_of(nil, (0.0, 0.0, 1300.0, 800.0))
    west, south, east, north = frame.degrees()
    # Hungary lies between 16.1 and 22.9 degrees east, 45.7 and 48.6 north.
    assert west < 16.1 and east > 22.9 and 42 < south < 45.7 and 48.6 < north < 51


def test_sheet_of_a_nil_area_on_the_screen_shows_that_area(shipped: Dataset) -> None:
    view = parse_query_string("q=zzzz&lat=47&lon=19&zoom=7")[0]
    frame = frame_of(make_handout(shipped, view, PRODUCED), (0.0, 0.0, 1300.0, 800.0))
    assert (frame.longitude, frame.latitude) == pytest.approx((19, 47), abs=0.2)
    assert sheet(shipped, view, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_brief_says_it_and_lists_nothing(nil: Handout, kind: str) -> None:
    text = make_brief([nil], kind).decode()
    text = text if kind == "md" else " ".join(text.split())
    assert NIL in text and AS_OF in text and nil.sheet_id in text
    assert "figures" not in text.lower() and "0 states" not in text


def test_slides_say_it_in_words_that_can_be_edited(nil: Handout) -> None:
    slides = Presentation(io.BytesIO(make_deck([nil]))).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    method = "Method, completeness and sources"
    assert titles[2:] == [method, f"{method} (2)"]  # after cover and map: no table
    words = [shape.text_frame.text for shape in slides[1].shapes if shape.has_text_frame]
    assert any(NIL in text and AS_OF in text for text in words)
    assert NIL in slides[1].notes_slide.notes_text_frame.text


def test_web_page_says_it(nil: Handout) -> None:
    page = make_webpage(nil).decode()
    assert f'<caption id="caption">{NIL}</caption>' in page
    assert f"{NIL} {AS_OF}" in page


def test_data_files_have_their_header_and_say_it(nil: Handout, tmp_path: Path) -> None:
    lines = make_export(nil, "csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 1 and ",id,event,date," in lines[0]
    assert NIL in make_notes(nil).decode()
    book = load_workbook(io.BytesIO(make_export(nil, "xlsx")))
    assert NIL in book["Incidents"]["A1"].value
    assert "id" in [cell.value for cell in book["Data"][1]]
    assert book["Data"].max_row == 1
    assert any(NIL in str(row[1].value) for row in book["About"].iter_rows())
    collection = json.loads(make_export(nil, "geojson"))
    assert collection["features"] == [] and NIL in collection["about"]["Result"]
    assert NIL in ET.fromstring(make_export(nil, "kml")).findtext(".//{*}description", "")
    (tmp_path / "nil.gpkg").write_bytes(make_export(nil, "gpkg"))
    with sqlite3.connect(tmp_path / "nil.gpkg") as file:
        assert file.execute("SELECT count(*) FROM incidents").fetchone() == (0,)
        assert NIL in file.execute("SELECT text FROM about WHERE label = 'Result'").fetchone()[0]


def test_one_quiet_view_does_not_stop_a_briefing_of_many(tmp_path: Path) -> None:
    (tmp_path / "views.yaml").write_text(
        "- query: country=PL&from=2025-09-09&to=2025-09-10\n  title: Poland\n"
        "- query: country=HU&from=2025-09-09&to=2025-09-10\n  title: Hungary, quiet\n",
        "utf-8",
    )
    asked = ["--views", str(tmp_path / "views.yaml"), "-o"]
    assert main(["deck", *asked, str(tmp_path / "x.pptx")]) == 0
    assert main(["brief", *asked, str(tmp_path / "x.txt")]) == 0
    text = " ".join((tmp_path / "x.txt").read_text("utf-8").split())
    assert "Poland" in text and NIL in text
    with zipfile.ZipFile(tmp_path / "x.pptx") as file:
        assert sum(name.startswith("ppt/slides/slide") for name in file.namelist()) >= 5


def test_of_data_that_could_not_be_read_nobody_says_that_nothing_is_known(data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({"date": "x"}, {"date": "y"}), "utf-8")
    with pytest.raises(SheetError, match="None of 2 rows could be read"):
        make_handout(read_dataset(data_folder), View(), PRODUCED)
