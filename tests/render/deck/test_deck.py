"""The deck: what stands on its slides, that all of it fits, and the same bytes twice."""

import io

import pytest
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.core.data.dataset import Dataset
from dashboard.errors import SheetError
from dashboard.render.deck import make_deck
from dashboard.render.deck.listing import MOST_LISTED
from dashboard.render.deck.save import repacked
from dashboard.render.symbols.marking import TLP
from dashboard.render.text.handout import Handout
from dashboard.render.typesetting.text_fit import Ruler
from tests.counted import ALL
from tests.slides import (
    LT_JULY,
    METHOD,
    PRODUCED,
    check_package,
    check_slides,
    handout,
    opened,
    rows_of,
    shapes_of,
    tables,
    texts,
    title_of,
)

pytestmark = pytest.mark.slow
NIGHT = (
    "country=PL&from=2025-09-09&to=2025-09-10&title=Drones over Poland&finding=Fourteen crash sites.&marking=TLP:AMBER"
)


def notes_of(slide: Slide) -> str:
    assert slide.notes_slide.notes_text_frame
    return slide.notes_slide.notes_text_frame.text


@pytest.fixture(scope="module")
def night(shipped: Dataset) -> Handout:
    return handout(shipped, NIGHT)


@pytest.fixture(scope="module")
def content(night: Handout) -> bytes:
    return make_deck([night], ["Say this first.\nThen that."])


@pytest.fixture(scope="module")
def deck(content: bytes) -> Deck:
    return opened(content)


@pytest.fixture(scope="module")
def whole(shipped: Dataset) -> Deck:
    return opened(make_deck([handout(shipped, "")]))


def test_slides_are_wide_and_in_order(deck: Deck) -> None:
    assert (deck.slide_width, deck.slide_height) == (Inches(40 / 3), Inches(7.5))
    titles = [title_of(slide) for slide in deck.slides]
    assert titles[:3] == ["Drones over Poland", "Drones over Poland", "Drones over Poland: incidents"]
    assert titles[3:5] == [f"Drones over Poland: incidents ({page})" for page in (2, 3)]
    assert titles[5:] == [METHOD, f"{METHOD} (2)"]


def test_map_slide_says_everything(deck: Deck, night: Handout) -> None:
    said = " ".join(texts(deck.slides[1]))
    for part in (
        "Fourteen crash sites.",
        f"Poland, 9–10 September 2025: 23 of {ALL} incidents, and 1 own-side object (missile)",
        "Information as of 3 October 2026, 23:59 UTC",
        "Produced 31 January 2026, 12:00 UTC",
        f"23 shown, {ALL - 23} filtered out, 0 not located and 1 own-side object (missile)",
        "238 km",
        "deepest: drone, nearest border",
        "objects or more",
        "crash, landing and debris sites",
        "OpenStreetMap contributors (ODbL)",
        "do not imply official endorsement",
        "LEGEND",
        "Crash",
        f"Sheet {night.sheet_id}",
        f"Data {night.fingerprint}",
    ):
        assert part in said, part


def test_map_is_a_sharp_picture_of_its_box_with_words_for_who_cannot_see_it(deck: Deck) -> None:
    (picture,) = [shape for shape in shapes_of(deck.slides[1]) if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    width, height = Image.open(io.BytesIO(picture.image.blob)).size
    assert width / height == pytest.approx(picture.width / picture.height, rel=0.005)
    assert width / picture.width.inches > 240
    said = picture._element.nvPicPr.cNvPr.get("descr")
    for part in (
        "Map: Drones over Poland.",
        "23 incidents, which belong to 1 event",
        "Crash, landing and debris sites: 20",
        "By state: Poland 23.",
        "By kind: crashes 18, shootdowns 2, debris recoveries 2 and overflights 1.",
        "238 km ± 3 km, at Mniszków, Poland, 10 September 2025",
    ):
        assert part in said, part


def test_legend_is_drawn_and_not_a_picture(deck: Deck) -> None:
    (group,) = [shape for shape in shapes_of(deck.slides[1]) if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    names = [shape.name for shape in group.shapes]
    assert {"Overflight", "Crash", "Shot down", "Own side, not counted", "Eastern-flank border"} <= set(names)
    # One for each of five symbols; of the own-side object a disc and a letter, of the capital a ring and its dot.
    assert len(group._element.xpath(".//a:custGeom")) == 9
    # Four for each circle: the disc, and the capital with its dot. At this scale no airport is named.
    assert "Airport, IATA code" not in names
    assert len(group._element.xpath(".//a:cubicBezTo")) == 12


def test_notes_have_the_speakers_words_the_incidents_and_their_sources(deck: Deck, night: Handout) -> None:
    notes = notes_of(deck.slides[1])
    assert notes.startswith("TLP:AMBER\nSay this first.\nThen that.\n")
    assert notes.endswith("TLP:AMBER")
    for row in night.incidents.itertuples():
        assert row.place in notes
        assert all(source in notes for source in row.sources)
    assert f"Link, to be added to the app's address: {night.link}" in notes


def test_notes_say_what_they_leave_out(whole: Deck) -> None:
    notes = notes_of(whole.slides[1])
    assert f"The latest 40 incidents follow; {ALL - 40} earlier ones are not in these notes." in notes
    assert notes.count("\n\n") < 60


def test_table_has_each_incident_once_with_its_number_and_links(deck: Deck, night: Handout) -> None:
    rows = rows_of(deck)
    headings = [cell.text_frame.text for cell in tables(deck)[0].rows[0].cells]
    assert headings == ["No.", "Date", "Place", "Coordinates", "What", "From border", "Status", "Sources"]
    assert sorted(row[2] for row in rows[:-1]) == sorted(night.incidents["place"])
    assert [row[0] for row in rows] == [*map(str, range(1, 24)), "F"]
    assert rows[-1][2] == "Wyryki-Wola"  # the own-side object, after the incidents
    links = {
        run.hyperlink.address
        for table in tables(deck)
        for row in table.rows
        for run in row.cells[len(table.columns) - 1].text_frame.paragraphs[0].runs
        if run.hyperlink.address
    }
    assert len(links) >= 24
    every = [*night.incidents.itertuples(), *night.friendly.itertuples()]
    assert links <= {source for row in every for source in row.sources}


def test_table_stops_and_says_so(whole: Deck) -> None:
    rows = rows_of(whole)
    assert MOST_LISTED == 300
    assert [int(row[0]) for row in rows[:-1]] == list(range(ALL - 299, ALL + 1))
    assert rows[-1][0] == "F"  # the own-side object is no incident and takes the place of none
    rest = f". {ALL - 300} earlier incidents are not listed on slides; the data export has all {ALL}."
    said = [text for slide in whole.slides for text in texts(slide) if text.endswith(rest)]
    assert said[0].endswith(f" of 300, the latest incidents{rest}")
    assert said[-1].endswith(f" to 300 of 300, the latest incidents, and 1 own-side object (missile){rest}")
    assert len(said) == len(tables(whole))


@pytest.mark.parametrize("made", ["deck", "whole"])
def test_everything_fits_and_nothing_overlaps(made: str, request: pytest.FixtureRequest) -> None:
    check_slides(request.getfixturevalue(made))


def test_marking_stands_at_top_and_bottom_of_every_slide(deck: Deck) -> None:
    assert deck.slide_height
    for slide in deck.slides:
        marks = [shape for shape in shapes_of(slide) if shape.has_text_frame and shape.text_frame.text == "TLP:AMBER"]
        assert [shape.top < deck.slide_height / 2 for shape in marks] == [True, False]
        for shape in marks:
            (run,) = shape.text_frame.paragraphs[0].runs
            assert run.font.size >= Pt(12)
            assert (f"#{run.font.color.rgb}", f"#{shape.fill.fore_color.rgb}") == (TLP["TLP:AMBER"], "#000000")


def test_sheet_stands_on_every_slide(deck: Deck, night: Handout) -> None:
    assert all(any(night.sheet_id in text for text in texts(slide)) for slide in deck.slides)


def test_last_slides_say_how_far_to_trust_it(deck: Deck) -> None:
    last = [slide for slide in deck.slides if title_of(slide).startswith(METHOD)]
    assert [*deck.slides][-len(last) :] == last
    said = " ".join(text for slide in last for text in texts(slide))
    for part in ("An incident is one record", "Not complete", "CC BY 4.0", "do not imply", "SHA-256"):
        assert part in said, part


def test_properties_find_the_file_again(deck: Deck, night: Handout) -> None:
    found = deck.core_properties
    assert found.title == "Drones over Poland"
    assert found.subject == night.sentence
    assert (
        found.keywords
        == f"Sheet {night.sheet_id}; Information as of 3 October 2026, 23:59 UTC (032359Z OCT 26); TLP:AMBER"
    )
    assert found.created == found.modified == PRODUCED.replace(tzinfo=None)
    assert found.last_modified_by == ""


def test_file_holds_together(content: bytes) -> None:
    check_package(content)


def test_same_views_and_time_give_the_same_bytes(shipped: Dataset) -> None:
    first, second = (make_deck([handout(shipped, LT_JULY)], ["Words."]) for _ in range(2))
    assert first == second
    assert repacked(first) == first


def test_several_views_have_a_list_their_own_markings_and_the_highest_in_front(
    shipped: Dataset, night: Handout
) -> None:
    lt = handout(shipped, LT_JULY)
    told: list[str] = []
    deck = opened(make_deck([lt, night], ["Only to the first."], progress=told.append))
    check_slides(deck)
    first = texts(deck.slides[0])
    assert title_of(deck.slides[0]) == "Airspace incursions"
    assert {"2 views", lt.title, lt.sentence, lt.sheet_id, night.sheet_id} <= set(first)
    (legend,) = [shape for shape in shapes_of(deck.slides[1]) if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    airport = [shape._element for shape in legend.shapes if shape.name == "Airport, IATA code"]
    # Four for the ring of its sign, two for the plane in it; the third shape is the words.
    assert [len(one.xpath(".//a:cubicBezTo")) for one in airport] == [4, 2, 0]
    markings = ["".join(set(texts(slide)) & set(TLP)) for slide in deck.slides]
    assert markings[:4] == ["TLP:AMBER", "TLP:GREEN", "TLP:GREEN", "TLP:AMBER"]
    assert markings[-1] == "TLP:AMBER"
    assert [line.split(":")[0] for line in told] == ["Slides of view 1 of 2", "Slides of view 2 of 2"]
    assert len(rows_of(deck)) == 1 + 24


def test_no_marking_unless_one_is_set(shipped: Dataset) -> None:
    deck = opened(make_deck([handout(shipped, "country=LT&from=2025-07-20&to=2025-07-31")]))
    check_slides(deck)
    assert not any("TLP" in text for slide in deck.slides for text in texts(slide))


def test_no_view_is_an_error() -> None:
    with pytest.raises(SheetError, match="no view"):
        make_deck([])


def test_note_of_the_map_stands_beside_it(shipped: Dataset, plain_map: None) -> None:
    deck = opened(make_deck([handout(shipped, "country=LT&country=PL&from=2025-07-01&to=2025-08-31")]))
    check_slides(deck)
    headings = [cell.text_frame.text for cell in tables(deck)[0].rows[0].cells]
    assert headings == ["No.", "Date", "Place", "State", "Coordinates", "What", "From border", "Status", "Sources"]
    assert any("Counted by cell." in text for text in texts(deck.slides[1]))


@pytest.mark.parametrize("text", ["Warsaw", "1 July – 30 September 2025: 18 of 336 incidents", "空" * 50, "W" * 300])
def test_fitted_text_is_no_higher_than_its_box(text: str) -> None:
    for font in ("Calibri", "Nowhere Sans"):
        fit = Ruler(font).fit([text, text], 120, 40, 14, 10)
        assert fit.height <= 40
        assert fit.cut == (not all(part == text for part in fit.paragraphs))
        assert all(Ruler(font).width(line, fit.size) <= 120 for line in Ruler(font).lines(text, fit.size, 120))


def test_slides_of_few_incidents_tell_their_stories(shipped: Dataset) -> None:
    deck = opened(make_deck([handout(shipped, "country=LT&from=2025-07-01&to=2025-07-31")]))
    told = " ".join(text for slide in deck.slides for text in texts(slide))
    for part in (
        "Its 2 kg explosive device was neutralised",
        "reports by residents",
        "NATO asked for more air defence",
    ):
        assert part in told
    assert "Second drone attributed to Russia recorded in Lithuania within a month" in told
