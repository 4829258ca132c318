"""Colours of what is taken away: slides and charts in each look, the choice on the page, and names of files."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.text.text import TextFrame

from dashboard.__main__ import main
from dashboard.core.analysis.counting import Tally, span_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import QueryError
from dashboard.render.charts import QUESTIONS, save
from dashboard.render.deck import make_deck
from dashboard.render.symbols.marking import marking_colours
from dashboard.render.symbols.palettes import CONTRAST, DARK, LIGHT, PRINT, THEMES, Palette, tinted
from dashboard.render.text.file_names import file_name
from dashboard.render.text.handout import make_handout
from dashboard.settings import settings
from tests.takeaway import Offers

pytestmark = pytest.mark.slow

PRODUCED = datetime(2026, 10, 4, 12, 0, tzinfo=UTC)
MARKING = "TLP:AMBER"
VIEWS = (  # with a finding and a track; with rings and several slides of incidents
    f"country=LT&from=2025-07-01&to=2025-07-31&finding=A finding.&marking={MARKING}",
    f"country=PL&country=LV&marking={MARKING}",
)
LEAST = {"light": 4.5, "dark": 4.5, "contrast": 7.0}  # contrast of text: WCAG 2.2, levels AA and AAA


def luminance(colour: str) -> float:
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def colours_of(palette: Palette) -> set[str]:
    values = [value for value in vars(palette).values() if isinstance(value, str) and value.startswith("#")]
    return {colour.upper() for colour in (*values, *palette.categories.values())}


@pytest.fixture(scope="module", params=[*THEMES.values()], ids=[*THEMES])
def palette(request: pytest.FixtureRequest) -> Palette:
    chosen: Palette = request.param
    return chosen


@pytest.fixture(scope="module")
def content(shipped: Dataset, palette: Palette) -> bytes:
    return make_deck(
        [make_handout(shipped, parse_query_string(query)[0], PRODUCED) for query in VIEWS],
        ["Say this."],
        palette=palette,
    )


@pytest.fixture(scope="module")
def deck(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def scheme(deck: Deck) -> dict[str, str]:
    """The colours that the theme's names stand for on a slide, as the master maps them."""
    master = deck.slide_master
    theme = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    entries = etree.fromstring(theme.blob).find(f".//{qn('a:clrScheme')}")
    named = {etree.QName(one).localname: f"#{one[0].get('lastClr') or one[0].get('val')}" for one in entries}
    return {role: named[name] for role, name in master._element.find(qn("p:clrMap")).attrib.items()}


def fill_of(shape: Any) -> str:
    """The colour that a shape is filled with, or an empty text."""
    fill = shape._element.find(f"{qn('p:spPr')}/{qn('a:solidFill')}/{qn('a:srgbClr')}")
    return "" if fill is None else f"#{fill.get('val')}"


def paragraphs_of(shapes: Iterable[Any], ground: str) -> Iterator[tuple[TextFrame, str]]:
    """Each text frame with the colour behind it, groups and tables included."""
    for shape in shapes:
        if shape.shape_type == 6:
            yield from paragraphs_of(shape.shapes, ground)
        elif shape.has_text_frame:
            yield shape.text_frame, fill_of(shape) or ground
        elif shape.has_table:
            yield from ((cell.text_frame, ground) for row in shape.table.rows for cell in row.cells)


def test_slides_stand_on_the_paper_of_their_look(deck: Deck, palette: Palette) -> None:
    colours = scheme(deck)
    assert (colours["bg1"], colours["tx1"]) == (palette.paper, palette.ink)
    assert colours["hlink"] == palette.action
    assert [colours[f"accent{place}"] for place in range(1, 6)] == list(palette.categories.values())
    for holder in (deck.slide_master, *deck.slide_layouts, *deck.slides):
        ground = holder._element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        assert ground is None or ground.find(f".//{qn('a:schemeClr')}").get("val") == "bg1"
        over = holder._element.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
        assert over is None


def test_theme_calls_its_darker_colour_dark(content: bytes, palette: Palette) -> None:
    (theme,) = re.findall(rb'<a:dk1><a:srgbClr val="(\w+)"/></a:dk1><a:lt1><a:srgbClr val="(\w+)"', _theme(content))
    assert luminance(theme[0].decode()) < luminance(theme[1].decode())
    assert {f"#{colour.decode()}" for colour in theme} == {palette.ink, palette.paper}


def _theme(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        themes = [package.read(name) for name in package.namelist() if name.startswith("ppt/theme/")]
    (ours,) = [theme for theme in themes if b'name="Incursion map"' in theme]
    return ours


def test_every_text_of_the_slides_can_be_read(deck: Deck, palette: Palette) -> None:
    named, seen = scheme(deck), 0
    for slide in deck.slides:
        for frame, ground in paragraphs_of(slide.shapes, named["bg1"]):
            for run in frame._txBody.iter(qn("a:rPr")):
                own = run.find(f"{qn('a:solidFill')}/{qn('a:srgbClr')}")
                colour = named["tx1"] if own is None else f"#{own.get('val')}"
                assert contrast(colour, ground) >= LEAST[palette.name], (frame.text, colour, ground)
                seen += 1
    assert seen > 200


def test_slides_have_the_colours_of_their_look_and_no_others(content: bytes, palette: Palette) -> None:
    bands = {tinted(palette.paper, colour, palette.band) for colour in palette.categories.values()}
    allowed = colours_of(palette) | {colour.upper() for colour in marking_colours(MARKING)} | bands
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        slides = [package.read(name).decode() for name in package.namelist() if name.startswith("ppt/slides/slide")]
    used = {f"#{colour.upper()}" for slide in slides for colour in re.findall(r'srgbClr val="(\w+)"', slide)}
    assert used <= allowed
    assert {palette.ink, palette.muted, palette.hairline, palette.action, palette.categories["crash"]} <= used
    assert not any("schemeClr" in slide for slide in slides)


def test_map_of_a_slide_has_its_paper_and_sea(content: bytes, palette: Palette) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        pictures = [package.read(name) for name in package.namelist() if name.startswith("ppt/media/")]
    assert len(pictures) == len(VIEWS)
    for picture in pictures:
        with Image.open(io.BytesIO(picture)) as map_:
            shown = map_.convert("RGB")
            assert hexadecimal(shown.getpixel((shown.width - 1, shown.height - 1))) == palette.paper
            counted = shown.getcolors(1 << 20)
            assert counted
            assert {palette.flank_land, palette.flank} <= {hexadecimal(colour) for _count, colour in counted}


def hexadecimal(pixel: object) -> str:
    assert isinstance(pixel, tuple)
    return "#{:02X}{:02X}{:02X}".format(*pixel[:3])


def test_notes_stay_dark_on_white(deck: Deck) -> None:
    master = deck.notes_master
    assert master._element.find(qn("p:clrMap")).get("bg1") == "lt1"
    assert "Say this." in deck.slides[1].notes_slide.notes_text_frame.text


def a_template(path: Path) -> Path:
    Presentation().save(str(path))
    return path


def test_template_has_its_own_colours(shipped: Dataset, tmp_path: Path) -> None:
    handouts = [make_handout(shipped, parse_query_string(VIEWS[0])[0], PRODUCED)]
    path = a_template(tmp_path / "ministry.pptx")
    with pytest.raises(QueryError, match=r"ministry\.pptx have its colours and cannot have the theme 'dark'"):
        make_deck(handouts, template=path, palette=DARK)
    assert scheme(Presentation(io.BytesIO(make_deck(handouts, template=path))))["bg1"] != DARK.paper


def test_command_line_makes_slides_in_a_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, query = tmp_path / "lt.pptx", "country=LT&from=2025-07-01&to=2025-07-31"
    assert main(["deck", "--query", query, "--look", "contrast", "-o", str(out)]) == 0
    assert scheme(Presentation(str(out)))["bg1"] == CONTRAST.paper
    assert main(["deck", "--query", query, "--look", "print", "-o", str(out)]) == 2
    assert "cannot have the theme 'print'; choose one of light, dark, contrast." in capsys.readouterr().err
    template = str(a_template(tmp_path / "ministry.pptx"))
    assert main(["deck", "--query", query, "--look", "dark", "--template", template, "-o", str(out)]) == 2
    assert "have its colours" in capsys.readouterr().err
    assert scheme(Presentation(str(out)))["bg1"] == CONTRAST.paper  # what was there is left alone
    assert main(["deck", "--query", query, "--look", "light", "--template", template, "-o", str(out)]) == 0


@pytest.mark.parametrize("key", QUESTIONS)
def test_saved_chart_has_the_colours_of_its_look_and_no_others(shipped: Dataset, palette: Palette, key: str) -> None:
    handout = make_handout(shipped, parse_query_string("marking=TLP:GREEN")[0], PRODUCED)
    tally = Tally(handout.incidents, "incidents", span_of(shipped, handout.view, handout.incidents))
    drawing = save(QUESTIONS[key](tally), handout, tally, "svg", palette).decode()
    used = {colour.upper() for colour in re.findall(r'"(#[0-9a-fA-F]{6})"', drawing)}
    assert used <= colours_of(palette) | {colour.upper() for colour in marking_colours("TLP:GREEN")}
    assert {palette.paper, palette.ink, palette.muted} <= used
    assert not re.findall(r'(?:fill|stroke)="(?:black|white|#\w{3}|rgb[^"]*)"', drawing)


def test_picture_of_a_chart_stands_on_its_paper(shipped: Dataset, palette: Palette) -> None:
    handout = make_handout(shipped, View(), PRODUCED)
    tally = Tally(handout.incidents, "incidents", span_of(shipped, handout.view, handout.incidents))
    with Image.open(io.BytesIO(save(QUESTIONS["statuses"](tally), handout, tally, "png", palette))) as picture:
        corners = [(x, y) for x in (0, picture.width - 1) for y in (0, picture.height - 1)]
        assert {hexadecimal(picture.getpixel(corner)) for corner in corners} == {palette.paper}


def test_file_name_tells_the_look_where_there_is_a_file_in_another() -> None:
    assert file_name(View(), "7F3K-Q2XD", "png") == "incursions_all_7F3K-Q2XD.png"
    assert file_name(View(), "7F3K-Q2XD", "png", "dark") == "incursions_all_7F3K-Q2XD_dark.png"


PICTURE, PAPER, SLIDES, DATA = "take-png-1920x1080", "take-pdf-A4", "take-pptx-", "take-csv-"
JULY = {"country": "LT", "from": "2025-07-01", "to": "2025-07-31"}


def corner(content: bytes) -> str:
    with Image.open(io.BytesIO(content)) as picture:
        return hexadecimal(picture.convert("RGB").getpixel((2, picture.height - 3)))


@pytest.mark.parametrize("look", ["", "dark"])
def test_what_is_taken_away_is_light_whatever_the_screen(monkeypatch: pytest.MonkeyPatch, look: str) -> None:
    page = Offers(monkeypatch, JULY | ({"look": look} if look else {}))
    assert page.choice("takeaway").value == "light"
    assert corner(page.content(PICTURE)) == LIGHT.paper
    assert not any(
        name.rpartition("_")[2].startswith(("light", "dark", "print")) for name, _make in page.offered.values()
    )


def test_files_that_differ_have_names_that_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Offers(monkeypatch, JULY)
    names = [name for name, _make in page.offered.values()]
    assert len(names) == len(set(names)) == 19
    assert page.name("take-pdf-A4-portrait").endswith("_A4-portrait.pdf")
    assert page.name("take-svg-16-9").endswith("_16-9.svg")


def test_choice_holds_for_pictures_pages_and_slides_and_not_for_data(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Offers(monkeypatch, JULY)
    before = {key: page.name(key) for key in (PICTURE, PAPER, SLIDES, DATA)}
    printed = page.content(PAPER)
    page.choose("takeaway", "dark")
    for key in (PICTURE, PAPER, SLIDES):
        stem, ending = before[key].split(".")
        assert page.name(key) == f"{stem}_dark.{ending}"
    assert page.name(DATA) == before[DATA]
    assert corner(page.content(PICTURE)) == DARK.paper
    assert scheme(Presentation(io.BytesIO(page.content(SLIDES))))["bg1"] == DARK.paper
    for paper, content in ((PRINT, printed), (DARK, page.content(PAPER))):
        assert fills(content) & {paper.categories["crash"].upper()}
    assert "look" not in page.app.query_params
    assert "colours" not in page.app.query_params


def fills(pdf: bytes) -> set[str]:
    """The colours that the pages of a PDF are filled with."""
    streams = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            streams.append(zlib.decompress(stream))
        except zlib.error:
            continue
    found = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) rg", b"".join(streams))
    return {hexadecimal(tuple(round(float(part) * 255) for part in parts)) for parts in found}


def test_one_choice_on_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Offers(monkeypatch, JULY | {"page": "trends"})
    assert (page.choice("trends").value, page.choice("takeaway").value) == ("light", "light")
    page.choose("trends", "contrast")
    assert (page.choice("trends").value, page.choice("takeaway").value) == ("contrast", "contrast")
    assert page.name("picture-statuses-png").endswith("_contrast.png")
    assert corner(page.content("picture-statuses-png")) == CONTRAST.paper
    page.choose("takeaway", "dark")
    assert (page.choice("trends").value, page.choice("takeaway").value) == ("dark", "dark")
    assert page.name("picture-statuses-svg").endswith("_dark.svg")
    page.choose("trends", "light")
    assert (page.choice("trends").value, page.choice("takeaway").value) == ("light", "light")


@pytest.mark.usefixtures("own_record")
def test_slides_of_the_saved_views_have_the_colours_too(monkeypatch: pytest.MonkeyPatch) -> None:
    settings().views.parent.mkdir()
    settings().views.write_text("- query: country=LT&from=2025-07-01&to=2025-07-31\n", "utf-8")
    page = Offers(monkeypatch, JULY, views_are_open=True)
    assert page.name("views-slides").startswith("briefing_2026-10-03_1-views_")
    page.choose("takeaway", "contrast")
    assert page.name("views-slides").endswith("_contrast.pptx")
    assert scheme(Presentation(io.BytesIO(page.content("views-slides"))))["bg1"] == CONTRAST.paper


def test_slides_of_a_template_stay_light_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DASHBOARD_TEMPLATE", str(a_template(tmp_path / "ministry.pptx")))
    settings.cache_clear()
    said = "Slides keep the colours of your template."
    page = Offers(monkeypatch, JULY)
    assert said not in [one.value for one in page.app.caption]
    page.choose("takeaway", "dark")
    assert said in [one.value for one in page.app.caption]
    assert page.name(PICTURE).endswith("_dark.png")
    assert not page.name(SLIDES).endswith("_dark.pptx")
    assert page.content(SLIDES).startswith(b"PK")
