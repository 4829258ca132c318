"""The sheet: right size, right counts, its text readable, and an error rather than a wrong picture."""

import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render import sheet as sheets
from dashboard.render.sheet import checks as proof
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.layout import FOOT, Format
from dashboard.render.sheet.listing import draw_listing, listing_rows, paginate
from dashboard.render.sheet.map import DrawnMap, draw_map
from dashboard.render.sheet.page import LONG_SIDE, Page
from dashboard.render.sheet.text_block import Lines
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.text.incident import OWN_SIDE, when_in_words
from tests.counted import ALL, count
from tests.sheets import LT_JULY, MARKED_NIGHT, PRODUCED, WORDED, links_of, pages_of, sheet, sheet_anew, texts_of

pytestmark = pytest.mark.slow


def pixels(dataset: Dataset, view: View, size: str = "", *, portrait: bool = False) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(sheet(dataset, view, "png", size, portrait=portrait))).convert("RGB"))


@pytest.mark.parametrize(
    ("size", "portrait", "shape"),
    [
        ("1920x1080", False, (1080, 1920, 3)),
        ("3840x2160", False, (2160, 3840, 3)),
        ("1920x1080", True, (1920, 1080, 3)),
    ],
)
def test_picture_has_its_size(shipped: Dataset, size: str, portrait: bool, shape: tuple[int, int, int]) -> None:
    assert pixels(shipped, WORDED, size, portrait=portrait).shape == shape


def colour_share(picture: np.ndarray, colour: str) -> float:
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((picture == wanted).all(axis=-1).mean())


def test_map_shows_land_sea_flank_and_marks(shipped: Dataset) -> None:
    picture = pixels(shipped, parse_query_string("country=LT&country=LV")[0])[148:920, 40:1340]
    for colour in (LIGHT.sea, LIGHT.land, LIGHT.flank_land, LIGHT.flank, LIGHT.categories["crash"]):
        assert colour_share(picture, colour) > 0.0005, colour


def test_page_says_everything(shipped: Dataset) -> None:
    (first,) = pages_of(sheet(shipped, WORDED, "pdf"))
    number = make_handout(shipped, WORDED, PRODUCED).sheet_id
    for part in (
        "Drones & <Lithuania>",
        "Two fell.",
        f"Lithuania, 1–31 July 2025: 2 of {ALL} incidents",
        "Information as of 3 October 2026, 23:59 UTC",
        "Produced 31 January 2026, 12:00 UTC",
        f"2 on this map · {ALL - 2} filtered out · 0 not located",
        "Eastern-flank border",
        "Scale about 1 : ",
        "km",
        "datum WGS 84",
        "OpenStreetMap contributors (ODbL)",
        "do not imply official endorsement",
        "are a small sample",
        f"Sheet {number}",
        f"Data {shipped.fingerprint[:12]}",
        f"sheet={number}",
    ):
        assert part in first, part
    assert first.count("TLP:AMBER") == 2 + first.count("marking=TLP:AMBER")


def test_page_of_few_incidents_tells_their_stories(shipped: Dataset) -> None:
    content = sheet(shipped, LT_JULY, "pdf")
    (page,) = pages_of(content)
    for part in (
        "Gaižiūnai Crash: drone, Gerbera Monday 28 July 2025",
        "92 km ± 7 km inside, from the border with Belarus",
        "Explosive charge, neutralised",
        "Its 2 kg explosive device was neutralised on site",
        "reports by residents helped to find it",
        "Second drone attributed to Russia recorded in Lithuania within a month",
        "NATO asked for more air defence",
        "55.05° N, 24.37° E · 35U LB 3 0 · within 7 km",
        "First noticed by Residents; altitude 200 m",
        "as reported by: The Gaze",
        "ERR (Estonian Public Broadcasting) – public broadcaster, in Estonian",
    ):
        assert part in page, part
    assert set(links_of(PdfReader(io.BytesIO(content)).pages[0])) == {
        source for sources in make_handout(shipped, LT_JULY, PRODUCED).incidents["sources"] for source in sources
    }


@pytest.mark.parametrize("portrait", [False, True])
def test_stories_that_were_cut_are_whole_on_the_next_page(shipped: Dataset, portrait: bool) -> None:
    six = parse_query_string("country=EE&from=2025-01-01&to=2025-09-30")[0]
    first, second = pages_of(sheet(shipped, six, "pdf", portrait=portrait))
    for row in make_handout(shipped, six, PRODUCED).incidents.itertuples():
        for part in (row.place, "inside", row.coordinates):
            assert part in first, part
        assert row.summary in second
        assert row.response in second


def sizes_of(page: PageObject, words: str) -> list[float]:
    """The sizes in which a page has some words."""
    sizes: list[float] = []

    def visit(text: str, _matrix: object, _text_matrix: object, _font: object, size: float) -> None:
        if words in text:
            sizes.append(size)

    page.extract_text(visitor_text=visit)
    return sizes


def test_every_page_carries_its_marking_in_twelve_points_or_more(shipped: Dataset) -> None:
    for page in PdfReader(io.BytesIO(sheet(shipped, MARKED_NIGHT, "pdf"))).pages:
        sizes = sizes_of(page, "TLP:RED")
        assert len(sizes) == 2
        assert min(sizes) >= 12


def test_list_has_every_incident_with_its_number(shipped: Dataset) -> None:
    content = sheet(shipped, MARKED_NIGHT, "pdf", "A4")
    _first, *lists = pages_of(content)
    listed = " ".join(lists)
    handout = make_handout(shipped, MARKED_NIGHT, PRODUCED)
    asked = handout.objects
    assert (len(handout.incidents), len(asked)) == (23, 24)  # and the missile of one's own that fell on Wyryki
    for place in asked["place"]:
        assert f"{place}, Poland" in listed
    for row in handout.incidents.itertuples():
        assert f" {handout.numbers[row.id]} {when_in_words(row)}"[:12] in listed
    pages = PdfReader(io.BytesIO(content)).pages[1:]
    links = [link for page in pages for link in links_of(page)]
    assert set(links) == {source for sources in asked["sources"] for source in sources}


def test_list_of_all_incidents_loses_none(shipped: Dataset) -> None:
    handout, format_ = make_handout(shipped, View(), PRODUCED), Format("pdf")
    width, height = (side * LONG_SIDE / max(format_.inches) for side in format_.inches)
    everything = DrawnMap(frozenset(shipped.incidents["id"]), ALL, 0, [], "")
    lists = paginate(listing_rows(handout, everything, width), height)
    assert len(lists) > 5
    pages = [draw_listing(format_, handout, rows, Page, 2, 2) for rows in lists]
    texts = [line.text for page in pages for lines in page.figure.findobj(Lines) for line in lines.lines]
    assert sum(text in ("Confirmed", "Reported", "Disputed") for text in texts) == ALL + 1  # the own-side object
    assert {*map(str, range(1, ALL + 1)), f"({OWN_SIDE})"} <= {*texts}
    assert all(line.y < height - FOOT for page in pages for lines in page.figure.findobj(Lines) for line in lines.lines)


def test_picture_lists_few_incidents_and_counts_many_by_state(shipped: Dataset) -> None:
    lithuania = parse_query_string("country=LT")[0]
    few, many = (texts_of(sheet(shipped, view, "svg")) for view in (LT_JULY, lithuania))
    assert "Šumskas" in few
    assert "INCIDENTS BY STATE" not in few
    assert "INCIDENTS BY STATE" in many
    assert f"The PDF of this sheet lists all {count(country='LT')} incidents." in many


def test_seven_to_thirty_incidents_are_told_in_two_lines_each(shipped: Dataset) -> None:
    (first, second, *_more) = pages_of(sheet(shipped, MARKED_NIGHT, "pdf", "A4"))
    for row in make_handout(shipped, MARKED_NIGHT, PRODUCED).objects.itertuples():
        assert row.place in first
        assert row.summary in second + " ".join(_more)
    assert "10 Sept 25 Smyków (Raków municipality) Crash: drone, decoy drone · 166 km ± 10 km · no payload" in first


def test_no_marking_unless_one_is_set(shipped: Dataset) -> None:
    assert "TLP" not in " ".join(pages_of(sheet(shipped, LT_JULY, "pdf")))


def test_blank_map_is_an_error(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "pixels_of", lambda *_: np.full((1080, 1920, 3), 220, np.uint8))
    with pytest.raises(SheetError, match="The map of the sheet is blank; the sheet is not issued"):
        sheet_anew(shipped, LT_JULY)
    monkeypatch.setattr(proof, "pixels_of", lambda *_: np.full((1080, 1920, 3), 220, np.uint8))
    with pytest.raises(SheetError, match="The map of the sheet is blank; the sheet is not issued"):
        sheet_anew(shipped, LT_JULY, "pdf")


def test_marks_that_do_not_match_are_an_error(shipped: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:

    def losing_one(page: Page, frame: Frame, handout: Handout) -> DrawnMap:
        chart = draw_map(page, frame, handout)
        marks = page.figure.findobj(lambda artist: str(artist.get_gid()).startswith(("mark:", "cluster:")))
        marks[0].set_gid(None)
        return chart

    monkeypatch.setattr(sheets, "draw_map", losing_one)
    with pytest.raises(SheetError, match="incidents, 0 outside its frame; it is not issued"):
        sheet_anew(shipped, LT_JULY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("gif",), "choose one of png, svg, pdf"),
        (("png", "A4"), "choose one of 1920x1080, 3840x2160"),
        (("pdf", "1920x1080"), "choose one of A4, A3, 16:9"),
    ],
)
def test_wrong_format_cannot_be_asked_for(wrong: tuple[Any, ...], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        Format(*wrong)


def test_rows_that_are_set_aside_are_counted(shipped: Dataset) -> None:
    text = " ".join(texts_of(sheet(replace(shipped, rows=shipped.rows + 3), LT_JULY, "svg", "A4")))
    assert "0 not located · 3 records set aside for other faults" in text
