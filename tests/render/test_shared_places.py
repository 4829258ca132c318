"""Circles around incidents that are placed at one point, on sheets and on the web map."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from matplotlib.patches import Circle
from playwright.sync_api import Browser

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.map import draw_map
from dashboard.render.sheet.page import Page
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import make_handout
from dashboard.render.web.page_assets import leaflet_script
from dashboard.render.web.scripts import joined
from tests.render.test_bands import GEOD

WORDS = "8 at one point, within 30 km"


def test_ring_of_a_sheet_lies_in_the_circle_within_which_its_incidents_were(shipped: Dataset) -> None:
    handout = make_handout(shipped, parse_query_string("country=LT")[0], datetime(2026, 11, 27, tzinfo=UTC))
    page = Page((8.0, 5.0), LIGHT, 0.005)
    frame = frame_of(handout, (0.0, 0.0, 1300.0, 800.0))
    map_ = draw_map(page, frame, handout)
    (circle,) = page.figure.findobj(lambda artist: artist.get_gid() == "shared")
    assert isinstance(circle, Circle)
    centre, edge = frame.in_degrees(np.array([circle.center, np.add(circle.center, (circle.radius, 0))]))
    assert centre == pytest.approx((25.39, 54.31), abs=1e-6)
    assert GEOD.inv(*centre, *edge)[2] == pytest.approx(30_000, rel=0.005)
    assert WORDS in [text.get_text() for text in page.axes.texts]
    assert "Location uncertainty" in [item.label for item in map_.items]
    assert sum(str(one.get_gid()) == "cluster:8" for one in page.figure.findobj()) == 1


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Callable[..., Any]]:
    page = browser.new_page()
    page.set_content("<div id='map' style='width: 800px; height: 500px'></div>")
    page.add_script_tag(content=joined(("dom.js", "bands.js", "shared_places.js"), leaflet_script()))
    page.evaluate(
        """palette => {
            window.map = L.map("map", { zoomAnimation: false }).setView([54.31, 25.39], 9);
            map.createPane("tracks");
            const shared = [{ latitude: 54.31, longitude: 25.39, accuracy_m: 30_000, within: "30 km" }];
            const words = { shared: "{count} at one point, within {distance}" };
            window.places = new SharedPlaces(map, () => ({ shared, words, palette }));
            window.mark = (latitude, longitude) => ({ at: L.latLng(latitude, longitude) });
        }""",
        {"muted": LIGHT.muted},
    )
    yield page.evaluate
    page.close()


def test_ring_of_the_web_map_says_that_its_marks_are_at_one_point(run: Callable[..., Any]) -> None:
    script = "marks => places.of(marks.map(([latitude, longitude]) => mark(latitude, longitude)))?.text ?? ''"
    assert run(script, [[54.31, 25.39]] * 8) == WORDS
    assert run(script, [[54.31, 25.39]]) == ""  # one alone
    assert run(script, [[54.31, 25.39], [54.32, 25.39]]) == ""  # a ring with another
    assert run(script, [[55.0, 25.0]] * 2) == ""  # a place that is known


@pytest.mark.parametrize(("zoom", "radius", "circles", "says"), [(9, 20, 1, 1), (7, 20, 1, 0), (6, 20, 0, 0)])
def test_circle_is_drawn_where_it_is_wider_than_its_ring(
    run: Callable[..., Any], zoom: int, radius: int, circles: int, says: int
) -> None:
    # 30 km at 54.31 degrees north are 168 pixels at zoom 9, 42 at 7 and 21 at 6.
    script = """([zoom, radius]) => {
        map.setZoom(zoom);
        places.draw([{ marks: [mark(54.31, 25.39), mark(54.31, 25.39)], radius }]);
        const layers = places.layer.getLayers();
        const circles = layers.filter((layer) => layer instanceof L.Circle);
        return [circles.map((circle) => circle._radius), layers.length - circles.length, places.boxes.length];
    }"""
    reaches, signs, boxes = run(script, [zoom, radius])
    assert (len(reaches), signs, boxes) == (circles, says, says)
    assert all(reach == pytest.approx(168 * 2 ** (zoom - 9), rel=0.02) for reach in reaches)
