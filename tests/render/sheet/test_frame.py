"""The frame of a sheet's map and its scale."""

import re

import numpy as np
import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.sheet.frame import Frame, frame_of
from dashboard.render.sheet.head_and_foot import draw_foot
from dashboard.render.sheet.layout import Format, layout_for
from dashboard.render.sheet.page import Page
from dashboard.render.text.handout import make_handout
from tests.sheets import PRODUCED

pytestmark = pytest.mark.slow

BOX = (40.0, 148.0, 1340.0, 940.0)


def test_frame_holds_its_selection(shipped: Dataset) -> None:
    for query in ("", "country=LT", "country=NO", "id=LT-2025-07-28-gaiziunai&q=gaiziunai"):
        made = make_handout(shipped, parse_query_string(query)[0], PRODUCED)
        selection, frame = made.incidents, frame_of(made, BOX)
        points = frame.on_page(selection["longitude"].to_numpy(), selection["latitude"].to_numpy())
        assert frame.contains(points).all()
        assert frame.holds(selection).all()
        assert frame.in_degrees(points) == pytest.approx(selection[["longitude", "latitude"]].to_numpy(), abs=1e-6)


def test_frame_of_a_few_incidents_holds_the_bands_of_their_flights(shipped: Dataset) -> None:
    made = make_handout(shipped, parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0], PRODUCED)
    frame = frame_of(made, BOX)
    # 30 km north of the find of 28 July, and 30 km south of Vilnius: 0.27 degrees.
    places = frame.on_page(np.array([24.37, 25.28]), np.array([55.05 + 0.2695, 54.69 - 0.2695]))
    assert frame.contains(places).all()
    assert frame.unit_m < 250


@pytest.mark.parametrize("box", [BOX, (40.0, 148.0, 640.0, 1340.0)], ids=["lying", "upright"])
@pytest.mark.parametrize(
    "area", [(20, 53, 27, 57), (23, 55.3, 24, 55.4), (12, 41, 33, 69.5), (-40, 26, 90, 80), (20.001, 54, 20.01, 54.002)]
)
def test_frame_holds_all_of_an_area_and_little_more(
    shipped: Dataset, area: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> None:
    frame = frame_of(make_handout(shipped, View(viewport=Viewport(*area)), PRODUCED), box)
    west, south, east, north = area
    edge = np.array([(west + (east - west) * n / 9, latitude) for n in range(10) for latitude in (south, north)])
    points = frame.on_page(*edge.T)
    left, top, right, bottom = box
    assert (points >= (left - 0.1, top - 0.1)).all() and (points <= (right + 0.1, bottom + 0.1)).all()
    reach = np.ptp(points, axis=0) / (right - left, bottom - top)
    assert reach.max() > 0.98


@pytest.mark.parametrize("area", [(-180, -90, 180, 90), (-180, -90, -60, 0), (100, -10, 180, 10), (96, 25, 97, 26)])
def test_frame_of_an_area_that_is_hardly_charted_is_a_frame(shipped: Dataset, area: tuple[int, int, int, int]) -> None:
    frame = frame_of(make_handout(shipped, View(viewport=Viewport(*area)), PRODUCED), BOX)
    assert np.isfinite([frame.longitude, frame.latitude, frame.unit_m]).all() and frame.unit_m > 0


def test_scale_is_true_in_the_middle(shipped: Dataset) -> None:
    frame = frame_of(make_handout(shipped, View(viewport=Viewport.around(55, 24, 7)), PRODUCED), BOX)
    # On the meridian of the centre a degree of latitude is 111.3 km at 55 north.
    north, south = frame.on_page(np.array([24.0, 24.0]), np.array([55.5, 54.5]))
    assert (south[1] - north[1]) * frame.unit_m / 1000 == pytest.approx(111.3, abs=0.3)
    assert south[0] == pytest.approx(north[0])


def foot_of(dataset: Dataset, query: str, size: str = "") -> tuple[list[str], Frame]:
    """The texts below the map of a sheet, which need no map, and the frame that the map would have."""
    handout, format_ = make_handout(dataset, parse_query_string(query)[0], PRODUCED), Format("svg", size)
    layout, page = layout_for(handout, format_), Page(format_.inches, format_.palette)
    frame = frame_of(handout, layout.map)
    draw_foot(page, layout, frame, handout, format_, "", "")
    return [text.get_text() for text in page.axes.texts], frame


def test_scale_ratio_is_that_of_the_paper(shipped: Dataset) -> None:
    texts, frame = foot_of(shipped, "country=LT&from=2025-07-01&to=2025-07-31&lat=55&lon=24&zoom=8", "A4")
    (text,) = (text for text in texts if text.startswith("Scale about"))
    ratio = float(re.findall(r"1 : ([\d,]+) on A4", text)[0].replace(",", ""))
    # A unit of an A4 page is 297 mm / 1920.
    assert ratio == pytest.approx(frame.unit_m / (0.297 / 1920), rel=0.03)


@pytest.mark.parametrize(
    # Of 202 m, 792 m and 103.5 km that there is room for.
    ("zoom", "labels"),
    [(17, ["0", "0.1", "0.2 km"]), (15, ["0", "0.25", "0.5 km"]), (8, ["0", "50", "100 km"])],
)
def test_scale_bar_says_its_length(shipped: Dataset, zoom: int, labels: list[str]) -> None:
    texts, _frame = foot_of(shipped, f"q=gaiziunai&lat=55.05&lon=24.37&zoom={zoom}")
    start = texts.index("0")
    assert texts[start : start + 3] == labels
