"""The sheet: right size, right counts, its text readable, and an error rather than a wrong picture."""

import base64
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import matplotlib.backends.backend_agg
import matplotlib.figure
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from dashboard.core.filter import Filter
from dashboard.core.view import View, Viewport, parse_query_string
from dashboard.errors import QueryError, SheetError
from dashboard.render import sheet as sheets
from dashboard.render.handout import hand_out
from dashboard.render.sheet import make_pictures, make_sheet, make_sheets, proof
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.page import font, shortened, symbol_outline, text_width, wrapped
from dashboard.render.sheet.picture import map_picture
from dashboard.render.sheet.regions import sea_at
from dashboard.render.symbols import LIGHT, SHAPES

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LT_JULY = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0]
PL_NIGHT = parse_query_string("country=PL&from=2025-09-09&to=2025-09-10")[0]
BOX = (40.0, 148.0, 1340.0, 940.0)
SVG = "{http://www.w3.org/2000/svg}"


def sheet(dataset, view: View, kind: str = "png", size: str = "", *, portrait: bool = False) -> bytes:
    return make_sheet(hand_out(dataset, view, PRODUCED), Format(kind, size, portrait))


def pixels(dataset, view: View, size: str = "", *, portrait: bool = False) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(sheet(dataset, view, "png", size, portrait=portrait))).convert("RGB"))


def pages_of(content: bytes) -> list[str]:
    """The text of each page of a PDF, as another program reads it."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def texts_of(content: bytes) -> list[str]:
    """The texts of an SVG."""
    return ["".join(text.itertext()).strip() for text in ElementTree.fromstring(content).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("size", "portrait", "shape"),
    [
        ("1920x1080", False, (1080, 1920, 3)),
        ("3840x2160", False, (2160, 3840, 3)),
        ("1920x1080", True, (1920, 1080, 3)),
    ],
)
def test_picture_has_its_size(shipped, size, portrait, shape):
    assert pixels(shipped, LT_JULY, size, portrait=portrait).shape == shape


def colour_share(picture: np.ndarray, colour: str) -> float:
    wanted = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return float((picture == wanted).all(axis=-1).mean())


def test_map_shows_land_sea_flank_and_marks(shipped):
    picture = pixels(shipped, View())[148:920, 40:1340]
    for colour in (LIGHT.sea, LIGHT.land, LIGHT.flank_land, LIGHT.flank, LIGHT.categories["crash"]):
        assert colour_share(picture, colour) > 0.0005, colour


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_same_view_data_and_time_give_the_same_bytes(shipped, kind):
    assert sheet(shipped, LT_JULY, kind) == sheet(shipped, LT_JULY, kind)


def test_page_says_everything(shipped):
    view = replace(LT_JULY, title="Drones over Lithuania", finding="Two fell.", marking="TLP:AMBER")
    first, second = pages_of(sheet(shipped, view, "pdf"))
    number = hand_out(shipped, view, PRODUCED).number
    for part in (
        "Drones over Lithuania",
        "FINDING Two fell.",
        "Lithuania, 1 July 2025 to 31 July 2025: 2 of 337 incidents",
        "Information to 032359Z OCT 26",
        "Produced 311200Z JAN 26",
        "2 on this map · 335 filtered out · 0 not located",
        "Eastern-flank border",
        "Scale about 1 : ",
        "km",
        "datum WGS 84",
        "OpenStreetMap contributors (ODbL)",
        "do not imply official endorsement",
        "Not complete",
        f"Sheet {number}",
        f"Data {shipped.fingerprint[:12]}",
        "Page 1 of 2",
    ):
        assert part in first, part
    for part in (
        "Gaižiūnai, Lithuania",
        "92 km ± 7 km",
        "Confirmed",
        "thegaze.media",
        f"sheet={number}",
        "Page 2 of 2",
    ):
        assert part in second, part
    assert [page.count("TLP:AMBER") for page in (first, second)] == [2, 2 + second.count("marking=TLP:AMBER")]


def test_every_page_carries_its_marking_in_twelve_points_or_more(shipped):
    for page in PdfReader(io.BytesIO(sheet(shipped, replace(PL_NIGHT, marking="TLP:RED"), "pdf"))).pages:
        sizes = []
        page.extract_text(
            visitor_text=lambda text, _cm, _tm, _font, size, sizes=sizes: (
                sizes.append(size) if "TLP:RED" in text else None
            )
        )
        assert len(sizes) == 2
        assert min(sizes) >= 12


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
def test_page_has_its_size_and_its_fonts_inside(shipped, size, portrait, points):
    reader = PdfReader(io.BytesIO(sheet(shipped, LT_JULY, "pdf", size, portrait=portrait)))
    for page in reader.pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(points, abs=0.1)
        fonts = [found.get_object() for found in page["/Resources"]["/Font"].values()]
        assert fonts
        for found in fonts:
            inner = found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            assert "SourceSans" in inner["/BaseFont"]
            assert "/FontFile2" in inner["/FontDescriptor"]


def test_text_of_an_svg_is_text_in_a_font_that_it_carries(shipped):
    content = sheet(shipped, replace(LT_JULY, title="Drones & <Lithuania>"), "svg")
    texts = texts_of(content)
    for part in ("Drones & <Lithuania>", "Vilnius", "Gaižiūnai", "28 Jul", "Information to 032359Z OCT 26"):
        assert part in texts, part
    faces = re.findall(
        r"@font-face\{font-family:'Source Sans Pro';font-style:(\w+);font-weight:(\d+)", content.decode()
    )
    assert {("normal", "400"), ("normal", "700")} <= set(faces)


def test_svg_carries_every_sign_that_it_shows(shipped):
    for content in make_pictures(hand_out(shipped, PL_NIGHT, PRODUCED), Format("svg")):
        carried = {
            (style, weight): set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())
            for style, weight, data in re.findall(
                r"font-style:(\w+);font-weight:(\d+);src:url\(data:font/woff;base64,([^)]*)\)", content.decode()
            )
        }
        for text in ElementTree.fromstring(content).iter(f"{SVG}text"):
            style = dict(part.split(": ", 1) for part in text.get("style").split("; "))
            font_of = style.get("font-style", "normal"), style.get("font-weight", "400")
            assert {ord(sign) for sign in "".join(text.itertext())} <= carried[font_of], style


def test_files_say_what_they_are(shipped):
    view = replace(LT_JULY, title="Drones over Lithuania", marking="TLP:AMBER")
    number = hand_out(shipped, view, PRODUCED).number
    told = Image.open(io.BytesIO(sheet(shipped, view))).info
    assert (told["Title"], told["Marking"], told["Sheet"]) == ("Drones over Lithuania", "TLP:AMBER", number)
    assert "2 of 337 incidents" in told["Description"]
    assert told["Information to"] == "032359Z OCT 26"
    about = PdfReader(io.BytesIO(sheet(shipped, view, "pdf"))).metadata
    assert (about.title, about.creation_date) == ("Drones over Lithuania", PRODUCED)
    assert "2 of 337 incidents" in about.subject
    drawn = sheet(shipped, view, "svg").decode()
    for part in (number, "TLP:AMBER", "032359Z OCT 26"):
        assert part in about["/Keywords"]
        assert part in drawn.partition("</metadata>")[0]


def test_list_has_every_incident_with_its_number_on_the_map(shipped):
    content = sheet(shipped, PL_NIGHT, "pdf", "A4")
    _first, second = pages_of(content)
    asked = hand_out(shipped, PL_NIGHT, PRODUCED).incidents
    assert len(asked) == 18
    for place in asked["place"]:
        assert f"{place}, Poland" in second
    numbers = [
        int(text) for text in re.findall(r"(?<!\d)(\d+) (?:9|10) September 2025", second.partition("SOURCES")[2])
    ]
    assert numbers == list(range(1, 19))
    links = [note.get_object()["/A"]["/URI"] for note in PdfReader(io.BytesIO(content)).pages[1]["/Annots"]]
    assert set(links) == {source for sources in asked["sources"] for source in sources}


def test_list_of_all_incidents_loses_none(shipped):
    pages = pages_of(sheet(shipped, View(), "pdf"))
    assert len(pages) > 5
    text = " ".join(pages[1:])
    count = sum(len(re.findall(rf" {re.escape(status)} ", text)) for status in ("Confirmed", "Reported", "Disputed"))
    assert count == len(shipped.incidents)


def test_picture_lists_few_incidents_and_counts_many_by_state(shipped):
    few, many = texts_of(sheet(shipped, LT_JULY, "svg")), texts_of(sheet(shipped, View(), "svg"))
    assert "Šumskas" in few
    assert "INCIDENTS BY STATE" in many
    assert "The PDF of this sheet lists all 337 incidents." in many


def test_several_sheets_are_one_pdf(shipped):
    handouts = [hand_out(shipped, view, PRODUCED) for view in (LT_JULY, PL_NIGHT)]
    said = []
    pages = pages_of(make_sheets(handouts, Format("pdf"), said.append))
    assert ["Page 1 of 2" in page for page in pages] == [True, False, True, False]
    assert handouts[1].number in pages[3]
    assert len(said) == 2


def test_small_frame_has_an_inset_and_names_its_neighbours(shipped):
    texts = texts_of(sheet(shipped, LT_JULY, "svg"))
    names = {text.replace(" ", "") for text in texts}
    assert {"LITHUANIA", "BELARUS"} <= names
    small = sheet(shipped, LT_JULY, "svg").decode().count('id="axes_')
    assert small == sheet(shipped, View(), "svg").decode().count('id="axes_') + 1


@pytest.mark.parametrize(
    ("query", "sea"),
    [
        ("country=BG&q=burgas", "Black Sea"),  # the Sea of Marmara is nearer, but over land
        ("country=EE&lat=59.5&lon=25.5&zoom=9", "Gulf of Finland"),
        ("country=NO&country=FI", "Barents Sea"),
    ],
)
def test_sea_is_named_though_its_middle_is_far(shipped, query, sea):
    assert sea in texts_of(sheet(shipped, parse_query_string(query)[0], "svg"))


@pytest.mark.parametrize(
    ("longitude", "latitude", "sea"),
    [
        (27.9, 42.6, "Black Sea"),  # off Burgas
        (27.0, 59.75, "Gulf of Finland"),
        (19.2, 54.6, "Baltic Sea"),  # off the Vistula Spit
        (31.4, 60.8, ""),  # on Lake Ladoga
        (40.0, 68.9, "Barents Sea"),  # off Kola
        (38.4, 65.2, "White Sea"),
    ],
)
def test_sea_is_the_nearest_that_one_sees_over_water(shipped, longitude, latitude, sea):
    assert sea_at(longitude, latitude, shipped) == sea


def test_chosen_incident_shows_how_deep_it_was(shipped):
    view = parse_query_string("q=gaiziunai&id=LT-2025-07-28-gaiziunai")[0]
    texts = texts_of(sheet(shipped, view, "svg"))
    assert {"92 km ± 7 km", "Depth inside", "Accuracy of the place", "Eastern-flank border"} <= set(texts)
    frame = frame_of(view, hand_out(shipped, view, PRODUCED).incidents, BOX)
    row = shipped.incidents.set_index("id").loc["LT-2025-07-28-gaiziunai"]
    ends = [[row["longitude"], row["border_longitude"]], [row["latitude"], row["border_latitude"]]]
    assert frame.contains(frame.on_page(*np.array(ends))).all()
    unchosen = texts_of(sheet(shipped, replace(view, selected=""), "svg"))
    assert "92 km ± 7 km" not in unchosen
    assert "Depth inside" not in unchosen


def test_long_place_of_the_list_goes_on_in_a_second_line(shipped):
    texts = texts_of(sheet(shipped, parse_query_string("country=NO&country=FI")[0], "svg"))
    assert "Gulf of Finland off Loviisa and" in texts
    assert "Porvoo, FI" in texts


def test_no_marking_unless_one_is_set(shipped):
    assert "TLP" not in " ".join(pages_of(sheet(shipped, LT_JULY, "pdf")))


def test_outside_the_frame_is_counted(shipped):
    view = View(Filter(countries=("LT", "RO")), Viewport(55.2, 24.0, 7))
    text = pages_of(sheet(shipped, view, "pdf"))[0]
    inside = len(Filter(countries=("LT",)).apply(shipped.incidents))
    assert f"{inside} on this map · 80 outside its frame" in text


def test_nothing_selected_is_an_error(shipped):
    with pytest.raises(SheetError, match="no incident matches"):
        hand_out(shipped, View(Filter(text="zzzz")), PRODUCED)


def test_map_that_was_moved_away_from_every_incident_is_an_error(shipped):
    view = parse_query_string("country=LT&lat=40&lon=-4&zoom=8")[0]
    for kind in ("png", "svg", "pdf"):
        with pytest.raises(SheetError, match="all 35 incidents of this view lie outside its frame"):
            sheet(shipped, view, kind)
    with pytest.raises(SheetError, match="The map would be empty"):
        map_picture(hand_out(shipped, view, PRODUCED), 1200, 800)


def test_picture_of_a_slide_says_what_lies_outside_it(shipped):
    view = View(Filter(countries=("LT", "RO")), Viewport(55.2, 24.0, 7))
    assert (
        map_picture(hand_out(shipped, view, PRODUCED), 1200, 800).note
        == "80 incidents of this view lie outside the map."
    )


def test_blank_map_is_an_error(shipped, monkeypatch):
    monkeypatch.setattr(sheets, "pixels_of", lambda *_: np.full((1080, 1920, 3), 220, np.uint8))
    with pytest.raises(SheetError, match="came out blank"):
        sheet(shipped, LT_JULY)
    monkeypatch.setattr(proof, "pixels_of", lambda *_: np.full((1080, 1920, 3), 220, np.uint8))
    with pytest.raises(SheetError, match="came out blank"):
        sheet(shipped, LT_JULY, "pdf")


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
        sheet(shipped, LT_JULY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (("gif",), "choose one of png, svg, pdf"),
        (("png", "A4"), "choose one of 1920x1080, 3840x2160"),
        (("pdf", "1920x1080"), "choose one of A4, A3, 16:9"),
    ],
)
def test_wrong_format_cannot_be_asked_for(wrong, message):
    with pytest.raises(QueryError, match=message):
        Format(*wrong)


def test_frame_holds_its_selection(shipped):
    for query in ("", "country=LT", "country=NO", "id=LT-2025-07-28-gaiziunai&q=gaiziunai"):
        selection = parse_query_string(query)[0].filter.apply(shipped.incidents)
        frame = frame_of(View(), selection, BOX)
        points = frame.on_page(selection["longitude"].to_numpy(), selection["latitude"].to_numpy())
        assert frame.contains(points).all()
        assert frame.in_degrees(points) == pytest.approx(selection[["longitude", "latitude"]].to_numpy(), abs=1e-6)


def test_scale_is_true_in_the_middle(shipped):
    frame = frame_of(View(viewport=Viewport(55, 24, 7)), shipped.incidents, BOX)
    # On the meridian of the centre a degree of latitude is 111.3 km at 55 north.
    north, south = frame.on_page(np.array([24.0, 24.0]), np.array([55.5, 54.5]))
    assert (south[1] - north[1]) * frame.unit_m / 1000 == pytest.approx(111.3, abs=0.3)
    assert south[0] == pytest.approx(north[0])


def test_scale_ratio_is_that_of_the_paper(shipped):
    view = View(LT_JULY.filter, Viewport(55, 24, 8))
    (text,) = (text for text in texts_of(sheet(shipped, view, "svg", "A4")) if text.startswith("Scale about"))
    ratio = float(re.search(r"1 : ([\d,]+) on A4", text)[1].replace(",", ""))
    frame = frame_of(view, hand_out(shipped, view, PRODUCED).incidents, (40.0, 148.0, 1346.0, 1206.0))
    # A unit of an A4 page is 297 mm / 1920.
    assert ratio == pytest.approx(frame.unit_m / (0.297 / 1920), rel=0.03)


def hostile(dataset, **fields: object):
    """The data with other words in the incidents of Hungary."""
    rows = dataset.incidents.copy()
    for column, text in fields.items():
        rows[column] = rows[column].where(rows["country"] != "HU", text)
    return replace(dataset, incidents=rows)


def test_text_of_others_does_no_harm(shipped):
    words = '</text><script>alert(1)</script> ]]> $x^2$ \\alpha & "quotes" თბილისი Київ'
    data = hostile(shipped, place=words)
    view = replace(parse_query_string("country=HU")[0], title=words, finding=words)
    content = sheet(data, view, "svg")
    root = ElementTree.fromstring(content)
    assert not list(root.iter(f"{SVG}script"))
    assert words in texts_of(content)
    listed = pages_of(sheet(data, view, "pdf"))[1]
    assert "</text><script>alert(1)</script>" in listed


def test_endless_text_is_cut_where_it_must_and_says_so(shipped):
    links = tuple(f"https://{'long.' * 12}example.org/{n}" for n in range(60))
    data = hostile(shipped, place="Place " * 800)
    rows = data.incidents
    rows["sources"] = [
        links if country == "HU" else own for country, own in zip(rows["country"], rows["sources"], strict=True)
    ]
    pages = pages_of(sheet(data, parse_query_string("country=HU")[0], "pdf"))
    assert len(pages) == 2
    assert "Page 2 of 2" in pages[1]
    assert "Place…" in pages[1] or "Plac…" in pages[1]
    assert re.search(r"and \d+ more, in the data", pages[1])


@pytest.mark.parametrize("text", ["Warsaw", "Brănești (Orhei)", "1 July 2025 to 30 September 2025", "ŁÓDŹ"])
def test_measured_width_is_the_drawn_width(text):
    figure = matplotlib.figure.Figure(figsize=(10, 1), dpi=100)
    drawn = figure.text(0, 0, text, fontsize=72 * 0.4, fontproperties=font("semibold"))
    drawn.set_fontsize(28.8)
    width = drawn.get_window_extent(matplotlib.backends.backend_agg.FigureCanvasAgg(figure).get_renderer()).width
    assert text_width(text, 40.0, "semibold") == pytest.approx(width, rel=0.03)


def test_text_that_does_not_fit_is_shortened_and_says_so():
    assert shortened("Warsaw", 20, 200) == "Warsaw"
    short = shortened("Rabiany (Korytnica municipality)", 20, 120)
    assert short.startswith("Rabiany")
    assert short.endswith("…")
    assert text_width(short, 20) <= 120


def test_word_wider_than_its_line_goes_on_in_the_next():
    lines = wrapped("a " + "x" * 100, 16, 200)
    assert "".join(lines) == "a" + "x" * 100
    assert all(text_width(line, 16) <= 200 for line in lines)


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


def test_rows_that_are_set_aside_are_counted(shipped):
    text = pages_of(sheet(replace(shipped, rows=shipped.rows + 3), LT_JULY, "pdf"))[0]
    assert "0 not located · 3 rows set aside for other faults" in re.sub(r"\s+", " ", text)


WEIGHTS = {"400": "regular", "600": "semibold", "700": "bold"}


def boxes_of(content: bytes) -> tuple[list[tuple], list[tuple]]:
    """Texts and marks of an SVG, each with its box: what it is, left, top, right, bottom, in points."""
    texts, marks = [], []
    root = ElementTree.fromstring(content)
    for text in root.iter(f"{SVG}text"):
        style = dict(part.split(": ", 1) for part in text.get("style").split("; "))
        words, size = "".join(text.itertext()), float(style["font-size"].removesuffix("px"))
        italic = "italic" if style.get("font-style") == "italic" else "normal"
        width = text_width(words, size, WEIGHTS[style.get("font-weight", "400")], italic)
        x = float(text.get("x")) - {"start": 0.0, "middle": width / 2, "end": width}[style["text-anchor"]]
        y = float(text.get("y"))
        texts.append((words, x, y - 0.66 * size, x + width, y + 0.1 * size))
    for group in root.iter(f"{SVG}g"):
        if group.get("id", "").startswith("mark:"):
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", group.find(f"{SVG}path").get("d"))]
            marks.append(
                (group.get("id"), min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))
            )
    return texts, marks


def meet(first: tuple, second: tuple) -> bool:
    return first[1] < second[3] and second[1] < first[3] and first[2] < second[4] and second[2] < first[4]


@pytest.mark.parametrize(
    ("query", "size", "portrait"),
    [
        ("country=LT&from=2025-07-01&to=2025-07-31", "16:9", False),
        ("country=LV&country=EE&marking=TLP:RED&title=Latvia+and+Estonia", "A4", False),
        (f"country=PL&from=2025-09-09&to=2025-09-10&marking=TLP:CLEAR&finding={'Word+' * 47}", "16:9", False),
        (f"country=PL&from=2025-09-09&to=2025-09-10&title={'Drones+' * 17}", "A4", True),
        ("country=RO&country=MD&lat=45.4&lon=28.9&zoom=8.5&id=RO-2025-09-13-chilia-veche", "16:9", False),
        ("", "16:9", False),
        ("", "A4", False),
        ("category=crash&category=debris&object=uav&status=confirmed&origin=RU", "16:9", True),
    ],
)
def test_no_text_meets_another_a_mark_or_the_edge(shipped, query, size, portrait):
    content = sheet(shipped, parse_query_string(query)[0], "svg", size, portrait=portrait)
    width, height = (float(part) for part in ElementTree.fromstring(content).get("viewBox").split()[2:])
    texts, marks = boxes_of(content)
    assert len(texts) > 40
    for position, text in enumerate(texts):
        assert text[1] > 0 and text[3] < width and text[2] > 0 and text[4] < height, text
        for other in (*texts[:position], *marks):
            assert not meet(text, other), (text, other)
