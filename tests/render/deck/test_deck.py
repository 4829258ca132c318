"""The deck: what stands on its slides, that all of it fits, same bytes twice, and a ministry's template."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Inches, Length, Pt

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.publishers import Publishers, with_sources
from dashboard.core.query.view import parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render.deck import make_deck, mapslide
from dashboard.render.deck.listing import MOST_LISTED
from dashboard.render.deck.save import repacked
from dashboard.render.sheet.picture import MapPicture
from dashboard.render.symbols.legend import Item
from dashboard.render.symbols.mark_style import Kind
from dashboard.render.symbols.marking import TLP
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.typesetting.measure import text_width
from dashboard.render.typesetting.text_fit import Ruler
from tests.counted import ALL

pytestmark = pytest.mark.slow

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
NIGHT = (
    "country=PL&from=2025-09-09&to=2025-09-10&title=Drones over Poland&finding=Fourteen crash sites.&marking=TLP:AMBER"
)
METHOD = "Method, completeness and sources"  # of as many slides as it takes at a size that can be read
LT_JULY = "country=LT&from=2025-07-20&to=2025-07-31&marking=TLP:GREEN"


def handout(dataset: Dataset, query: str, **changes: object) -> Handout:
    made = make_handout(dataset, parse_query_string(query)[0], PRODUCED)
    return replace(made, incidents=made.incidents.assign(**changes)) if changes else made


def opened(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def shapes_of(slide: Slide) -> list[Any]:
    """The shapes, of which python-pptx's types know only what all have in common."""
    return list(slide.shapes)


def every_shape(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, and those in groups."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def title_of(slide: Slide) -> str:
    assert slide.shapes.title
    return str(slide.shapes.title.text_frame.text)


def notes_of(slide: Slide) -> str:
    assert slide.notes_slide.notes_text_frame
    return slide.notes_slide.notes_text_frame.text


def texts(slide: Slide) -> list[str]:
    """All text of a slide, tables included."""
    found = [shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame]
    for shape in shapes_of(slide):
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found


def tables(deck: Deck) -> list[Table]:
    """The tables of incidents: those with a column of sources."""
    found = [shape.table for slide in deck.slides for shape in shapes_of(slide) if shape.has_table]
    return [table for table in found if table.cell(0, len(table.columns) - 1).text_frame.text == "Sources"]


def rows_of(deck: Deck) -> list[list[str]]:
    return [[cell.text_frame.text for cell in row.cells] for table in tables(deck) for row in list(table.rows)[1:]]


def lines_needed(text: str, size: float, width: float, weight: str) -> int:
    """Lines that a paragraph takes, counted sign by sign where a word is too wide."""
    lines, used = 1, 0.0
    for word in text.split():
        length = text_width(word, size, weight)
        if used and used + text_width(" ", size, weight) + length > width:
            lines, used = lines + 1, 0.0
        used += length + (text_width(" ", size, weight) if used else 0.0)
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def overflow(frame: TextFrame, width: float, height: float) -> float:
    """By how many points the text of a frame is higher than its room."""
    needed = 0.0
    for paragraph in frame.paragraphs:
        spacing = paragraph.line_spacing
        if spacing is None or not paragraph.runs:
            continue
        assert isinstance(spacing, Length)
        size = max(run.font.size.pt if run.font.size else spacing.pt / 1.2 for run in paragraph.runs)
        weight = "bold" if any(run.font.bold for run in paragraph.runs) else "regular"
        text = "".join(run.text for run in paragraph.runs)
        needed += lines_needed(text, size, width, weight) * spacing.pt
    return needed - height


def check_slides(deck: Deck) -> None:
    """Nothing leaves the slide, no text its box, and no two things lie on each other."""
    assert deck.slide_width and deck.slide_height
    for number, slide in enumerate(deck.slides, 1):
        for shape in every_shape(slide.shapes):
            name = f"slide {number}: {shape.name}"
            assert shape.left >= 0, name
            assert shape.top >= 0, name
            assert shape.left + shape.width <= deck.slide_width + 1, name
            assert shape.top + shape.height <= deck.slide_height + 1, name
            if shape.has_text_frame and shape.text_frame.text:
                frame = shape.text_frame
                margins = (0, 0) if shape.is_placeholder else (frame.margin_left.pt * 2, frame.margin_top.pt * 2)
                width, height = shape.width.pt - margins[0], shape.height.pt - margins[1]
                assert overflow(frame, width, height) <= 0.5, name
        for shape in shapes_of(slide):
            if shape.has_table:
                check_table(shape)
        check_apart(slide, number)


def check_table(shape: GraphicFrame) -> None:
    table = shape.table
    columns = [table.columns[place] for place in range(len(table.columns))]
    assert sum(row.height for row in table.rows) == shape.height
    assert sum(column.width for column in columns) == pytest.approx(shape.width, abs=20)
    for row in table.rows:
        for cell, column in zip(row.cells, columns, strict=True):
            width = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
            height = row.height.pt - cell.margin_top.pt - cell.margin_bottom.pt
            assert overflow(cell.text_frame, width, height) <= 0.5, cell.text_frame.text


def check_apart(slide: Slide, number: int) -> None:
    boxes = [
        (shape.name, shape.left / Pt(1), shape.top / Pt(1), *_lower_right(shape))
        for shape in shapes_of(slide)
        if shape.name != "Ground"
    ]
    for position, (one, left, top, right, bottom) in enumerate(boxes):
        for other, left_, top_, right_, bottom_ in boxes[position + 1 :]:
            across, down = min(right, right_) - max(left, left_), min(bottom, bottom_) - max(top, top_)
            assert across <= 0.5 or down <= 0.5, f"slide {number}: {one} on {other}"


def check_package(content: bytes) -> None:
    """Every part is XML or a picture, every relation leads somewhere, every shape of a slide has its own ID."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name))
                if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                    ids = root.xpath("//*[local-name()='cNvPr']/@id")
                    assert len(ids) == len(set(ids)), name
            if name.endswith(".rels"):
                base = Path("/") / Path(name).parent.parent
                for relation in etree.fromstring(package.read(name)):
                    if relation.get("TargetMode") != "External":
                        target = (base / relation.get("Target")).as_posix()
                        clean = re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+/\.\./", "", target)).lstrip("/")
                        assert clean in names, (name, clean)


def _lower_right(shape: BaseShape) -> tuple[float, float]:
    return (shape.left + shape.width) / Pt(1), (shape.top + shape.height) / Pt(1)


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


HOSTILE = (
    "</a:t></a:r><a:r><a:t>\"'&<script>alert(1)</script>",
    "=1+1",
    "W" * 200,
    "Very long name of a place " * 8,
    "\N{RIGHT-TO-LEFT OVERRIDE}مطار \N{ARABIC LETTER ALEF}" + "قاعدة جوية " * 12,
    "空" * 90,
    "a\x00b\x07c",
)


@pytest.fixture
def plain_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """A grey picture in place of the map, which takes the most time."""

    def grey(_handout: Handout, width_px: int, height_px: int, _palette: Palette) -> MapPicture:
        file = io.BytesIO()
        Image.new("L", (width_px, height_px), 200).save(file, "png", compress_level=1)
        return MapPicture(file.getvalue(), [Item("symbol", "Crash", Kind("crash"))], "Counted by cell.")

    monkeypatch.setattr(mapslide, "map_picture", grey)


def test_note_of_the_map_stands_beside_it(shipped: Dataset, plain_map: None) -> None:
    deck = opened(make_deck([handout(shipped, "country=LT&country=PL&from=2025-07-01&to=2025-08-31")]))
    check_slides(deck)
    headings = [cell.text_frame.text for cell in tables(deck)[0].rows[0].cells]
    assert headings == ["No.", "Date", "Place", "State", "Coordinates", "What", "From border", "Status", "Sources"]
    assert any("Counted by cell." in text for text in texts(deck.slides[1]))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_harmless_and_fits(shipped: Dataset, words: str, plain_map: None) -> None:
    made = handout(shipped, LT_JULY, place=words, model=words, summary=words * 5)
    view = replace(made.view, title=words[:120], finding=(words * 3)[:240], marking=words[:80])
    content = make_deck([replace(made, view=view)], [words])
    check_package(content)
    deck = opened(content)
    check_slides(deck)
    said = " ".join(texts(deck.slides[2]))
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said
    assert "".join(words.split())[:1].replace("\N{RIGHT-TO-LEFT OVERRIDE}", "") in said
    assert not re.search(rb"<script", b"".join(_parts(content, "ppt/slides/")))


def _parts(content: bytes, start: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in package.namelist() if name.startswith(start)]


def test_link_that_no_program_could_open_is_no_link(shipped: Dataset, plain_map: None) -> None:
    made = handout(shipped, LT_JULY)
    sources = [("https://a.example/" + "x" * 3000, "https://b.example/\N{SNOWMAN}")]
    incidents = with_sources(made.incidents.assign(sources=sources), Publishers())
    deck = opened(make_deck([replace(made, incidents=incidents)]))
    (row,) = list(tables(deck)[0].rows)[1:]
    runs = row.cells[len(tables(deck)[0].columns) - 1].text_frame.paragraphs[0].runs
    assert [(run.text, run.hyperlink.address) for run in runs] == [
        ("a.example", None),
        (", ", None),
        ("b.example", "https://b.example/%E2%98%83"),
    ]


def a_template(path: Path, width: float = 10.0, height: float = 7.5, *, layouts: tuple[str, ...] = ()) -> Path:
    """A ministry's file with slides of its own, notes, pictures, and links between slides."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(width), Inches(height)
    for layout in list(presentation.slide_layouts):
        if layouts and layout.name not in layouts:
            presentation.slide_layouts.remove(layout)
        else:
            for place in range(len(layout.placeholders)):
                shape = layout.placeholders[place]
                box = [shape.left * width / 10, shape.top * height / 7.5, shape.width * width / 10]
                box.append(shape.height * height / 7.5)
                shape.left, shape.top, shape.width, shape.height = (Length(int(edge)) for edge in box)
    for number in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        box = slide.shapes.add_textbox(0, 0, Inches(2), Inches(1))
        box.text_frame.text = f"SECRET {number}"
        box.click_action.target_slide = presentation.slides[0]
        slide.notes_slide.notes_text_frame.text = "SECRET NOTE"
        picture = io.BytesIO()
        Image.new("RGB", (9, 9), (number, 0, 0)).save(picture, "png")
        slide.shapes.add_picture(io.BytesIO(picture.getvalue()), 0, 0)
    presentation.core_properties.author = "SECRET AUTHOR"
    presentation.save(str(path))
    return path


@pytest.mark.parametrize(
    ("width", "height", "methods"), [(10, 7.5, 2), (10.83, 7.5, 2), (20, 11.25, 2), (7.5, 10.83, 1)]
)
def test_template_keeps_its_size_and_loses_its_slides(
    shipped: Dataset, tmp_path: Path, plain_map: None, width: float, height: float, methods: int
) -> None:
    path = a_template(tmp_path / "ministry.pptx", width, height)
    content = make_deck([handout(shipped, LT_JULY)], template=path)
    check_package(content)
    deck = opened(content)
    check_slides(deck)
    assert (deck.slide_width, deck.slide_height) == (Inches(width), Inches(height))
    assert [slide.slide_layout.name for slide in deck.slides] == ["Title Slide", *["Title Only"] * (2 + methods)]
    titles = [title_of(slide) for slide in deck.slides]
    assert titles[3:] == [METHOD, f"{METHOD} (2)"][:methods]  # after cover, map and list; none of the ministry's
    assert not any(b"SECRET" in part for part in _parts(content, ""))
    assert len(_parts(content, "ppt/media/")) == 1
    assert len(_parts(content, "ppt/slides/slide")) == 3 + methods
    assert make_deck([handout(shipped, LT_JULY)], template=path) == content


def test_title_keeps_the_look_of_the_template(shipped: Dataset, tmp_path: Path, plain_map: None) -> None:
    deck = opened(make_deck([handout(shipped, LT_JULY)], template=a_template(tmp_path / "ministry.pptx")))
    for slide in deck.slides:
        for run in slide.shapes.title.text_frame.paragraphs[0].runs:
            assert run.font.name is None
            assert run.font.color.type is None
        assert all(shape.text_frame.text for shape in slide.placeholders)


def test_template_with_other_layouts_lends_one_with_a_title(shipped: Dataset, tmp_path: Path, plain_map: None) -> None:
    path = a_template(tmp_path / "few.pptx", layouts=("Title and Content", "Blank"))
    deck = opened(make_deck([handout(shipped, LT_JULY)], template=path))
    check_slides(deck)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title and Content"}
    assert all(len(slide.placeholders) == 1 for slide in deck.slides)


def a_text(path: Path) -> Path:
    path.write_text("no presentation")
    return path


def a_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "a")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (a_text, "it is not a presentation"),
        (a_zip, "it is not a presentation"),
        (lambda path: path, "No such file"),
        (lambda path: path.parent, "Is a directory"),
        (lambda path: a_template(path, layouts=("Blank",)), "no layout with a title"),
        (lambda path: a_template(path, 4, 3), "are 10.2 by 7.6 cm"),
    ],
    ids=["text", "zip", "missing", "folder", "untitled", "tiny"],
)
def test_template_that_cannot_be_used_is_an_error(
    shipped: Dataset, tmp_path: Path, make: Callable[..., Any], said: str
) -> None:
    with pytest.raises(QueryError, match="template") as error:
        make_deck([handout(shipped, LT_JULY)], template=make(tmp_path / "wrong.pptx"))
    assert said in str(error.value)
    assert len(str(error.value).splitlines()) == 1


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
