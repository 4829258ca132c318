"""The map of a sheet: its names, and no text over another, a mark or the edge."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View, parse_query_string
from dashboard.errors import SheetError
from dashboard.render.sheet import make_pictures
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.head_and_foot import draw_head, draw_marking
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.picture import map_picture
from dashboard.render.sheet.place_names import sea_at
from dashboard.render.sheet.save import svg
from dashboard.render.text.handout import make_handout
from dashboard.render.typesetting.measure import text_width
from tests.conftest import csv_text
from tests.counted import count
from tests.sheets import LT_JULY, PRODUCED, SVG, sheet, texts_of

pytestmark = pytest.mark.slow

BOX = (40.0, 148.0, 1340.0, 940.0)


def test_small_frame_has_an_inset_and_names_its_neighbours(shipped: Dataset) -> None:
    small = sheet(shipped, LT_JULY, "svg")
    assert {"LITHUANIA", "BELARUS"} <= {text.replace(" ", "") for text in texts_of(small)}
    whole = sheet(shipped, View(), "svg")
    assert small.decode().count('id="axes_') == whole.decode().count('id="axes_') + 1


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
def test_sea_is_the_nearest_that_one_sees_over_water(
    shipped: Dataset, longitude: float, latitude: float, sea: str
) -> None:
    assert sea_at(longitude, latitude, shipped) == sea


def test_chosen_incident_shows_how_deep_it_was(shipped: Dataset) -> None:
    view = parse_query_string("q=gaiziunai&id=LT-2025-07-28-gaiziunai")[0]
    texts = texts_of(sheet(shipped, view, "svg"))
    assert {"92 km ± 7 km", "Distance from border", "Location uncertainty", "Eastern-flank border"} <= set(texts)
    frame = frame_of(make_handout(shipped, view, PRODUCED), BOX)
    row = shipped.incidents.set_index("id").loc["LT-2025-07-28-gaiziunai"]
    ends = [[row["longitude"], row["border_longitude"]], [row["latitude"], row["border_latitude"]]]
    assert frame.contains(frame.on_page(*np.array(ends))).all()
    unchosen = texts_of(sheet(shipped, LT_JULY, "svg"))  # it is on this sheet, too
    assert "Gaižiūnai" in unchosen
    assert "92 km ± 7 km" not in unchosen
    assert "Distance from border" not in unchosen


# What stands there, its left, top, right and bottom in points, and its outline.
Placed = tuple[str, float, float, float, float, shapely.Polygon]
WEIGHTS = {"400": "regular", "600": "semibold", "700": "bold"}


def placed(what: str, outline: shapely.Polygon) -> Placed:
    left, top, right, bottom = outline.bounds
    return what, left, top, right, bottom, outline


def boxes_of(content: bytes) -> tuple[list[Placed], list[Placed]]:
    """Texts and marks of an SVG."""
    texts: list[Placed] = []
    marks: dict[str, list[NDArray[np.float64]]] = {}
    root = ElementTree.fromstring(content)
    for text in root.iter(f"{SVG}text"):
        style = dict(part.split(": ", 1) for part in text.attrib["style"].split("; "))
        words, size = "".join(text.itertext()), float(style["font-size"].removesuffix("px"))
        italic = "italic" if style.get("font-style") == "italic" else "normal"
        width = text_width(words, size, WEIGHTS[style.get("font-weight", "400")], italic)
        moved = re.findall(r"-?[\d.]+", text.get("transform", "").partition(")")[0])  # a line of a list
        x, y = (float(text.get(name) or moved[place]) for place, name in enumerate("xy"))
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[style.get("text-anchor", "start")]
        level = shapely.box(left, y - 0.66 * size, left + width, y + 0.1 * size)
        turned = re.search(r"rotate\((-?[\d.]+)", text.get("transform", ""))
        shape = shapely.affinity.rotate(level, float(turned[1]), (x, y)) if turned else level
        texts.append(placed(words, shape))
    for group in root.iter(f"{SVG}g"):
        if "mark:" in group.get("id", ""):  # one piece of a mark
            path = group.find(f"{SVG}path")
            assert path is not None
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path.attrib["d"])]
            points = np.array(numbers).reshape(-1, 2)
            marks.setdefault(group.attrib["id"].partition("mark:")[2], []).append(points)
    boxes = {name: shapely.MultiPoint(np.concatenate(points)).envelope for name, points in marks.items()}
    return texts, [placed(name, box) for name, box in boxes.items()]


def meet(first: Placed, second: Placed) -> bool:
    apart = first[1] >= second[3] or second[1] >= first[3] or first[2] >= second[4] or second[2] >= first[4]
    return not apart and bool(shapely.intersection(first[5], second[5]).area > 0)


NIGHT = "country=PL&from=2025-09-09&to=2025-09-10"
WIDE = f"country=LT&title={'W' * 100}&finding={'W' * 100}&marking={'W' * 70}"
LONG_TITLE, LONG_MARKING = "Ångström " * 13, "NATIONAL LIMITED " * 4


@pytest.mark.parametrize(
    ("query", "size", "portrait", "names"),
    [
        (
            "country=LT&from=2025-07-01&to=2025-07-31",
            "16:9",
            False,
            "Vilnius, Kaunas, Jonava, VNO, KUN, EYVK, L I T H U A N I A",
        ),
        (
            "country=LV&country=EE&marking=TLP:RED&title=Latvia+and+Estonia",
            "A4",
            False,
            "Riga, Tallinn, Tartu, KDL, L A T V I A, E S T O N I A",
        ),
        (
            f"{NIGHT}&marking=TLP:CLEAR&finding={'Word+' * 47}",
            "16:9",
            False,
            "Warsaw, Lublin, Elbląg, BQT, P O L A N D, B E L A R U S",
        ),
        (f"{NIGHT}&title={'Drones+' * 17}", "A4", True, "P O L A N D"),
        # At the scale of the sheets above the sign of Lublin's airport would lie on the town.
        (f"{NIGHT}&lat=51.3&lon=22.7&zoom=8", "16:9", False, "Lublin, Chełm, LUZ, P O L A N D"),
        (
            "country=RO&country=MD&lat=45.4&lon=28.9&zoom=8.5&id=RO-2025-09-13-chilia-veche",
            "16:9",
            False,
            "Galați, Brăila, CND, R O M A N I A, U K R A I N E, Black Sea",
        ),
        (
            "country=RO",
            "16:9",
            False,
            "Galați, Brăila, Tulcea, Constanța, Iași, Bucharest, OTP, R O M A N I A, M O L D O V A",
        ),
        ("country=RO&country=MD", "A4", False, "Bucharest, R O M A N I A"),
        ("country=MD", "16:9", False, "Chișinău, Soroca, M O L D O V A, U K R A I N E"),
        ("", "16:9", False, "Kyiv, Warsaw, R O M A N I A, U K R A I N E, R U S S I A"),
        ("", "A4", False, "Kyiv, Vilnius, R O M A N I A, U K R A I N E, R U S S I A"),
        ("symbols=app6", "16:9", False, "Kyiv, Warsaw, R O M A N I A, U K R A I N E, R U S S I A"),
        ("symbols=app6&country=PL&country=LT&from=2025-09-01&to=2025-12-31", "A4", False, "P O L A N D"),
        (f"country=LT&title={LONG_TITLE}&marking={LONG_MARKING}", "A4", False, "Vilnius"),
        (f"{WIDE}&airports=off", "A4", True, "Vilnius"),
        ("category=crash&category=debris&object=uav&status=confirmed&origin=RU", "16:9", True, "R O M A N I A"),
        ("country=LV", "16:9", False, "Riga, Rēzekne, Daugavpils, L A T V I A, RUSSIA"),
        ("country=EE&lat=59.5&lon=25.5&zoom=9", "16:9", False, "Tallinn, Gulf of Finland"),
        ("country=FI&country=NO", "16:9", False, "Helsinki, Oslo, N O R W A Y, S W E D E N, Barents Sea"),
        ("country=BG", "16:9", False, "Burgas, Varna, VAR, B U L G A R I A, ROMANIA, Black Sea"),
        # The Sea of Marmara is nearer than the middle of the Black Sea, but over land.
        ("country=BG&q=burgas", "16:9", False, "Black Sea"),
        (
            "country=BG&lat=42.6&lon=27.1&zoom=8.8",
            "16:9",
            False,
            "Burgas, Yambol, JAM, BOJ, B U L G A R I A, Black Sea",
        ),
    ],
)
def test_sheet_names_what_is_near_and_no_text_meets_another_a_mark_or_the_edge(
    shipped: Dataset, query: str, size: str, portrait: bool, names: str
) -> None:
    content = sheet(shipped, parse_query_string(query)[0], "svg", size, portrait=portrait)
    width, height = (float(part) for part in ElementTree.fromstring(content).attrib["viewBox"].split()[2:])
    texts, marks = boxes_of(content)
    assert len(texts) > 40
    for position, text in enumerate(texts):
        assert text[1] > 0 and text[3] < width and text[2] > 0 and text[4] < height, text
        for other in (*texts[:position], *marks):
            assert not meet(text, other), (text, other)
    written = {text[0].strip() for text in texts}
    assert not set(names.split(", ")) - written
    codes = [text for text in written if re.fullmatch("[A-Z]{3}", text)]
    assert ("Airport, IATA code" in written) == bool(codes)
    capitals = shipped.places[shipped.places["kind"] == "capital"]["name"]
    assert ("Capital" in written) == bool({*capitals} & written)


def test_airports_are_a_layer_that_is_left_out_on_demand(shipped: Dataset) -> None:
    view = parse_query_string(f"{WIDE}&airports=off")[0]
    texts = texts_of(sheet(shipped, view, "svg", "A4", portrait=True))
    assert not {"VNO", "KUN", "EYVK", "EYJB", "Airport, IATA code", "Airfield, ICAO code"} & set(texts)
    assert "Vilnius" in texts


@pytest.mark.parametrize(("size", "portrait"), [("A4", False), ("A4", True), ("16:9", False)])
def test_title_of_two_lines_does_not_touch_a_long_marking(shipped: Dataset, size: str, portrait: bool) -> None:
    view, format_ = View(title=LONG_TITLE.strip(), marking=LONG_MARKING.strip()), Format("svg", size, portrait)
    handout, page = make_handout(shipped, view, PRODUCED), Page(format_.inches, format_.palette)
    draw_marking(page, handout.marking)
    draw_head(page, handout)
    texts, _marks = boxes_of(svg(page, handout))
    title, *_others = [text for text in texts if text[0].startswith("Ångström")]
    upper, *_others = [text for text in texts if text[0] == handout.marking]
    # A box reaches from the top of capitals to a tenth below the baseline; the ring of an Å stands above it.
    size_of_title, size_of_marking = ((text[4] - text[2]) / 0.76 for text in (title, upper))
    edge = upper[4] + 0.3 * size_of_marking
    assert title[2] - 0.24 * size_of_title > edge


def test_word_of_any_length_breaks_on_every_page(shipped: Dataset) -> None:
    incidents = shipped.incidents.head(3).assign(
        place="Truppenuebungsplatzkommandantur" * 4,
        sources=[(f"https://{'a' * 60}.example.org/x",)] * 3,
    )
    first = incidents.iloc[0]
    view = View(title="Kommandantur" * 10, viewport=Viewport.around(first["latitude"], first["longitude"], 10))
    handout = make_handout(replace(shipped, incidents=incidents), view, PRODUCED)
    for portrait in (False, True):
        for content in make_pictures(handout, Format("svg", "A4", portrait)):
            width = float(ElementTree.fromstring(content).attrib["viewBox"].split()[2])
            texts, _marks = boxes_of(content)
            assert all(text[1] > 0 and text[3] < width - 5 for text in texts)
            joined = "".join(text[0] for text in texts)
            assert "a" * 30 in joined or "Kommandantur" * 3 in joined


def test_outside_the_frame_is_counted(shipped: Dataset) -> None:
    view = View(Filter(countries=("LT", "BG")), Viewport.around(55.2, 24.0, 7))
    text = " ".join(texts_of(sheet(shipped, view, "svg")))
    assert f"{count(country='LT')} on this map · {count(country='BG')} outside its frame" in text


def test_map_that_was_moved_away_from_every_incident_is_an_error(shipped: Dataset) -> None:
    view = parse_query_string("country=LT&lat=40&lon=-4&zoom=8")[0]
    for kind in ("png", "svg", "pdf"):
        with pytest.raises(SheetError, match=f"all {count(country='LT')} incidents of this view lie outside its frame"):
            sheet(shipped, view, kind)
    with pytest.raises(SheetError, match="The map would be empty"):
        map_picture(make_handout(shipped, view, PRODUCED), 1200, 800)


def test_picture_of_a_slide_says_what_lies_outside_it(shipped: Dataset) -> None:
    view = View(Filter(countries=("LT", "RO")), Viewport.around(55.2, 24.0, 7))
    assert (
        map_picture(make_handout(shipped, view, PRODUCED), 1200, 800).note
        == f"{count(country='RO')} incidents of this view lie outside the map."
    )


def test_what_lies_beyond_the_map_is_not_drawn_as_sea(data_folder: Path) -> None:
    rows = [
        {"country": "RU", "entered_from": "", "latitude": "57.15", "longitude": "65.54"},  # Tyumen, on the map
        {"id": "RU-2", "country": "RU", "entered_from": "", "latitude": "52.03", "longitude": "113.5"},  # Chita
    ]
    (data_folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    dataset = read_dataset(data_folder)
    whole = sheet(dataset, View(), "svg")  # the frame of what can be shown
    assert b"uncharted" not in whole
    assert "1 on this map · 1 outside its frame" in " ".join(texts_of(whole))
    wide = sheet(dataset, parse_query_string("area=40,30,115,70")[0], "svg")
    assert b'id="uncharted"' in wide
    assert "Hatched: not charted." in " ".join(texts_of(wide))
