"""The sheet: right size, right counts, its text readable, and an error rather than a wrong picture."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import matplotlib.figure
import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.core.filter import Filter
from dashboard.core.view import View, Viewport, parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render import sheet as sheets
from dashboard.render.sheet import Sheet, make_sheet, sheet_name
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.page import symbol_outline, text_width, wrapped
from dashboard.render.symbols import LIGHT, SHAPES

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_JULY = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0]
BOX = (40.0, 148.0, 1340.0, 940.0)


def picture(dataset, view: View, **more: object) -> np.ndarray:
    content = make_sheet(dataset, Sheet(view, produced=PRODUCED, **more))
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def text_of(content: bytes) -> str:
    """The text of a PDF, as another program reads it."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


@pytest.mark.parametrize(("size", "shape"), [("1920x1080", (1080, 1920, 3)), ("3840x2160", (2160, 3840, 3))])
def test_picture_has_its_size(shipped, size, shape):
    assert picture(shipped, LT_JULY, size=size).shape == shape


def colour_share(pixels: np.ndarray, colour: str) -> float:
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((pixels == wanted).all(axis=-1).mean())


def test_map_shows_land_sea_flank_and_marks(shipped):
    pixels = picture(shipped, View())[148:930, 40:1340]
    for colour in (LIGHT.sea, LIGHT.land, LIGHT.flank_land, LIGHT.flank, LIGHT.categories["crash"]):
        assert colour_share(pixels, colour) > 0.0005, colour


def test_same_view_data_and_time_give_the_same_picture(shipped):
    first, second = (make_sheet(shipped, Sheet(LT_JULY, produced=PRODUCED)) for _ in range(2))
    assert first == second


def test_page_says_everything(shipped):
    content = make_sheet(
        shipped, Sheet(LT_JULY, "pdf", title="Drones over Lithuania", marking="TLP:AMBER", produced=PRODUCED)
    )
    text = text_of(content)
    for part in (
        "Drones over Lithuania",
        "Lithuania, 1 July 2025 to 31 July 2025: 2 of 337 incidents",
        "Information to 032359Z OCT 26",
        "Produced 311200Z JAN 26",
        "2 on this map · 0 outside its frame · 335 filtered out · 0 rows set aside",
        "Eastern-flank border",
        "km",
        "WGS 84",
        "OpenStreetMap contributors (ODbL)",
        "do not imply official endorsement",
        "Not complete",
    ):
        assert part in text, part
    assert text.count("TLP:AMBER") == 2
    assert content.startswith(b"%PDF")


def test_page_is_a4_landscape_with_its_fonts_inside(shipped):
    (page,) = PdfReader(io.BytesIO(make_sheet(shipped, Sheet(LT_JULY, "pdf", produced=PRODUCED)))).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx((841.9, 595.3), abs=0.1)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert "SourceSans" in inner["/BaseFont"]
        assert "/FontFile2" in inner["/FontDescriptor"]


def test_no_marking_unless_one_is_set(shipped):
    assert "TLP" not in text_of(make_sheet(shipped, Sheet(LT_JULY, "pdf", produced=PRODUCED)))


def test_outside_the_frame_is_counted(shipped):
    view = View(Filter(countries=("LT", "RO")), Viewport(55.2, 24.0, 7))
    text = text_of(make_sheet(shipped, Sheet(view, "pdf", produced=PRODUCED)))
    inside = len(Filter(countries=("LT",)).apply(shipped.incidents))
    assert f"{inside} on this map · 80 outside its frame" in text


def test_nothing_selected_is_an_error(shipped):
    with pytest.raises(SheetError, match="no incident matches"):
        make_sheet(shipped, Sheet(View(Filter(text="zzzz"))))


def test_blank_map_is_an_error(shipped, monkeypatch):
    monkeypatch.setattr(sheets, "_pixels", lambda *_: np.full((1080, 1920, 3), 220, np.uint8))
    with pytest.raises(SheetError, match="came out blank"):
        make_sheet(shipped, Sheet(LT_JULY))


def test_marks_that_do_not_match_are_an_error(shipped, monkeypatch):
    draw = sheets.draw_chart

    def losing_one(*arguments):
        chart = draw(*arguments)
        mark = next(
            iter(arguments[0].figure.findobj(lambda artist: str(artist.get_gid()).startswith(("mark:", "cluster:"))))
        )
        mark.set_gid(None)
        return chart

    monkeypatch.setattr(sheets, "draw_chart", losing_one)
    with pytest.raises(SheetError, match="incidents, 0 outside its frame; it is not handed over"):
        make_sheet(shipped, Sheet(LT_JULY))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "gif"}, "choose one of png, pdf"),
        ({"kind": "png", "size": "A4"}, "choose one of 1920x1080, 3840x2160"),
        ({"kind": "pdf", "size": "1920x1080"}, "choose one of A4"),
        ({"title": "x" * 121}, "more than 120 characters"),
    ],
)
def test_wrong_sheet_cannot_be_asked_for(wrong, message):
    with pytest.raises(QueryError, match=message):
        Sheet(View(), **wrong)


def test_frame_holds_its_selection(shipped):
    for query in ("", "country=LT", "country=NO", "id=LT-2025-07-28-gaiziunai&q=gaiziunai"):
        selection = parse_query_string(query)[0].filter.apply(shipped.incidents)
        frame = frame_of(View(), selection, BOX)
        points = frame.on_page(selection["longitude"].to_numpy(), selection["latitude"].to_numpy())
        assert frame.contains(points).all()


def test_scale_is_true_in_the_middle(shipped):
    frame = frame_of(View(viewport=Viewport(55, 24, 7)), shipped.incidents, BOX)
    # On the meridian of the centre a degree of latitude is 111.3 km at 55 north.
    north, south = frame.on_page(np.array([24.0, 24.0]), np.array([55.5, 54.5]))
    assert (south[1] - north[1]) * frame.unit_m / 1000 == pytest.approx(111.3, abs=0.3)
    assert south[0] == pytest.approx(north[0])


def test_file_name_says_what_it_holds():
    assert sheet_name(Sheet(LT_JULY)) == "incursions_LT_2025-07-01_2025-07-31_1920x1080.png"
    assert sheet_name(Sheet(View(), "pdf", marking="TLP:AMBER+STRICT")) == "incursions_all_TLP-AMBER+STRICT_A4.pdf"
    assert sheet_name(Sheet(View(), marking="../../etc/passwd\n")) == "incursions_all_etc-passwd_1920x1080.png"


@pytest.mark.parametrize("text", ["Warsaw", "Brănești (Orhei)", "1 July 2025 to 30 September 2025", "ŁÓDŹ"])
def test_measured_width_is_the_drawn_width(text):
    figure = matplotlib.figure.Figure(figsize=(10, 1), dpi=100)
    drawn = figure.text(0, 0, text, fontsize=72 * 0.4, fontproperties=sheets.page.font("semibold"))
    drawn.set_fontsize(28.8)
    width = drawn.get_window_extent(matplotlib.backends.backend_agg.FigureCanvasAgg(figure).get_renderer()).width
    assert text_width(text, 40.0, "semibold") == pytest.approx(width, rel=0.03)


def test_wrapped_lines_fit_and_lose_no_word():
    text = "The boundaries and names shown and the designations used on this map do not imply official endorsement"
    lines = wrapped(text, 16, 200)
    assert " ".join(lines) == text
    assert len(lines) > 3
    assert all(text_width(line, 16) <= 200 for line in lines)


@pytest.mark.parametrize("category", SHAPES)
def test_symbol_is_the_same_outline_as_on_the_screen(category):
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", SHAPES[category])]
    xs, ys = numbers[::2], numbers[1::2]
    box = symbol_outline(category).get_extents()
    assert (box.x0, box.x1) == pytest.approx((min(xs), max(xs)), abs=0.1)
    assert (box.y0, box.y1) == pytest.approx((min(ys), max(ys)), abs=0.6)


def test_incident_that_is_set_aside_is_counted(shipped):
    with_more = replace(shipped, rows=shipped.rows + 3)
    assert "3 rows set aside" in text_of(make_sheet(with_more, Sheet(LT_JULY, "pdf", produced=PRODUCED)))
