"""Places on the map in a real browser: the one under the pointer, measuring between two, and going to one."""

import re

import pytest
from pyproj import Geod

from dashboard.core.geo.coordinates import degrees_in_words, mgrs_of
from dashboard.core.query.area import Viewport
from tests.browser import OpenWindow, Screen, box_of

VILNIUS, MINSK = (54.687, 25.28), (53.9, 27.567)
AT = "([lat, lng]) => { const { x, y } = incursions.map.latLngToContainerPoint([lat, lng]); return [x, y]; }"


def on_screen(screen: Screen, place: tuple[float, float]) -> tuple[float, float]:
    """The pixel of the window, left and top, at which a place lies."""
    frame = box_of(screen.page.locator(".st-key-chart iframe"))
    x, y = screen.frame.evaluate(AT, list(place))
    return frame["x"] + x, frame["y"] + y


def test_pointer_tells_its_place_and_two_clicks_measure_until_escape(window: OpenWindow) -> None:
    screen = window(1920, 1080).open("id=LT-2025-07-28-gaiziunai&lat=54.3&lon=26&zoom=7").settle()
    pointer, said = screen.map.locator(".pointer"), screen.map.locator(".measuring")
    screen.page.mouse.move(*on_screen(screen, VILNIUS))
    # A pixel is 710 m, so that squares of 100 m are told: three digits.
    latitude, longitude = (float(part) for part in re.findall(r"[\d.]{5,}", pointer.inner_text())[:2])
    assert (latitude, longitude) == pytest.approx(VILNIUS, abs=0.012)
    assert pointer.inner_text().startswith(degrees_in_words(latitude, longitude, 3))
    assert pointer.inner_text().split(" · ")[1][:7] == mgrs_of(*VILNIUS, 3)[:7]

    screen.page.keyboard.press("m")
    screen.map.locator("a.ruler[aria-pressed=true]").wait_for()
    screen.page.mouse.click(*on_screen(screen, VILNIUS))
    screen.page.mouse.click(*on_screen(screen, MINSK))
    course, _back, metres = Geod(ellps="WGS84").inv(*VILNIUS[::-1], *MINSK[::-1])
    (told,) = re.findall(r"^(\d+) km, initial bearing (\d{3})°", said.inner_text())
    assert [int(part) for part in told] == pytest.approx([metres / 1000, course], abs=1.5)

    screen.page.keyboard.press("Escape")
    said.wait_for(state="hidden")
    assert screen.map.locator(".leaflet-measured-pane path").count() == 0
    assert screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").is_visible()  # its card is not closed

    screen.map.locator("a.ruler").click()
    screen.map.locator("#map_div").focus()
    screen.page.keyboard.press("Enter")  # the middle of the map, twice
    screen.page.keyboard.press("Enter")
    assert said.inner_text().startswith("0 m, initial bearing 000°")
    screen.page.keyboard.press("m")
    said.wait_for(state="hidden")
    assert screen.errors == []


def test_search_goes_to_a_place_that_no_incident_mentions(screen: Screen) -> None:
    screen.open().settle()
    field = screen.page.get_by_role("textbox", name="Search")
    field.fill("35U LB 3 0")
    screen.page.keyboard.press("Enter")
    screen.page.get_by_role("button", name="Go to 55.06° N, 24.42° E · 35U LB 3 0").click()
    screen.wait_for_address("area=")
    screen.wait_for_area(Viewport.around(55.0643, 24.4162, 8.5).bounds)
    assert screen.map.locator(".spot").inner_text() == "55.06° N, 24.42° E · 35U LB 3 0"
    screen.map.locator("a.all").click()  # the mark stays, as all else
    assert screen.map.locator(".spot").count() == 1
    assert "all 336 incidents" in screen.page.locator(".sentence").inner_text()
    assert field.input_value() == ""
    assert screen.errors == []
