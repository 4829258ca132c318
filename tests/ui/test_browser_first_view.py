"""The first view in a real browser: all of it is there, names and panels cover nothing, and no sentence is cut off."""

import re
from urllib.parse import parse_qs

import pytest
import shapely
from playwright.sync_api import expect

from dashboard.core.geo.borders import Borders
from tests.browser import OpenWindow, Screen, box_of
from tests.page import html_of, open_page
from tests.ui.test_browser_sight import LAID, covered

GAIZIUNAI = "LT-2025-07-28-gaiziunai"
SIZES = [(1920, 1080), (1366, 768)]


STATES = re.sub(r"(..) ?", r"&country=\1", "RO PL MD LT BG LV FI EE TR SE DK DE NO HU HR")
CATEGORIES = "&category=crash&category=debris&category=landing&category=incursion"


QUERIES = [f"q=drone&origin=RU&status=confirmed{STATES}{CATEGORIES}", f"q=x{STATES}", "country=LT"]


def test_sentence_is_never_cut_off(screen: Screen) -> None:
    """One visit, in whose header each sentence is put as the page draws it."""
    marking = "&marking=TLP:AMBER%2BSTRICT"
    screen.open(QUERIES[0] + marking)
    sentence, header = screen.page.locator(".sentence"), screen.page.locator(".st-key-header")
    drawn = [sentence_of(html_of(open_page(parse_qs(query + marking)))) for query in QUERIES]
    assert sentence.evaluate("element => element.outerHTML") == drawn[0]
    for width, height in SIZES:
        screen.page.set_viewport_size({"width": width, "height": height})
        for told in drawn:
            sentence.evaluate("(element, told) => { element.outerHTML = told; }", told)
            screen.settle()
            assert sentence.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
            assert box_of(sentence)["height"] <= box_of(header)["height"]
            assert "of 336 incidents" in sentence.inner_text()


def sentence_of(html: str) -> str:
    [told] = re.findall(r'<span class="sentence[^"]*">.*?</span>', html)
    return str(told)


# Of a name of water, which stands aslant, small boxes along its middle line.
BOXES = """() => [
    ...document.querySelectorAll('.name span, .name.code i, .mark, .cluster, .leaflet-control')
].flatMap(element => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (!element.closest('.water')) return [[element.className, element.textContent, left, top, right, bottom]];
    const { a, b } = new DOMMatrix(getComputedStyle(element).transform);
    return [-0.5, -0.25, 0, 0.25, 0.5].map(part => {
        const along = part * element.offsetWidth;
        const [x, y] = [(left + right) / 2 + a * along, (top + bottom) / 2 + b * along];
        return ['', element.textContent, x - 3, y - 3, x + 3, y + 3];
    });
})"""


def assert_names_cover_nothing(screen: Screen) -> None:
    boxes = screen.frame.evaluate(BOXES)
    names = [box for box in boxes if not box[0]]
    assert len(names) > 4
    for name in names:
        for other in boxes:
            if other is not name and not other[1] == name[1] != "":
                apart = name[4] <= other[2] or name[2] >= other[4] or name[5] <= other[3] or name[3] >= other[5]
                assert apart, f"{name[1]} and {other[1] or other[0]}"


def look_at(screen: Screen, latitude: float, longitude: float, zoom: float) -> None:
    screen.frame.evaluate(
        "(to) => { incursions.map.setView(to[0], to[1], { animate: false }); }", [[latitude, longitude], zoom]
    )


def test_names_cover_nothing_and_thin_out_and_airports_can_be_switched_off(screen: Screen) -> None:
    screen.open()
    assert_names_cover_nothing(screen)
    for place in ((54.2, 22.5, 6.25), (45.6, 28.4, 8.5), (59.5, 25, 9.75)):
        look_at(screen, *place)
        assert_names_cover_nothing(screen)
    shown = {}
    for zoom in (5, 7, 9):
        look_at(screen, 54, 23, zoom)
        shown[zoom] = set(screen.map.locator(".name").all_inner_texts())
    assert "Poznań" not in shown[5] and "Kaunas" not in shown[5]
    assert "Kaunas" in shown[7]
    assert "Druskininkai" in shown[9] and "Druskininkai" not in shown[7]
    # The name of a state is there while the state is in sight.
    for place in ((54.9, 24.0, 5.5), (54.9, 24.0, 7), (54.7, 25.3, 9), (54.95, 24.6, 11)):
        look_at(screen, *place)
        assert "LITHUANIA" in screen.map.locator(".name.state").all_inner_texts(), place
    assert screen.map.locator(".name.state").all_inner_texts() == ["LITHUANIA"]
    screen.open("country=LT&from=2025-07-01&to=2025-07-31")
    legend = screen.map.locator("[data-sample=airport]")
    assert {"VNO", "KUN"} <= set(screen.map.locator(".name.airport").all_inner_texts())
    expect(legend).to_be_visible()
    screen.page.locator("[class*=st-key-airports-choice]").get_by_text("Off").click()
    expect(screen.map.locator(".name.code")).to_have_count(0)
    expect(legend).to_be_hidden()
    screen.page.wait_for_url("**airports=off**")


COVERED = """() => {
    const boxes = (names) => [...document.querySelectorAll(names)].map((element) => element.getBoundingClientRect());
    const panels = boxes("#map_div .panel, #map_div .leaflet-bar");
    const { right, bottom } = document.getElementById("map_div").getBoundingClientRect();
    const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
    return boxes(".mark, .cluster").map(middle).filter(([x, y]) => x < 0 || y < 0 || x > right || y > bottom ||
        panels.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom));
}"""


def assert_map_fills_the_window_between_filters_and_card(screen: Screen, width: int, height: int) -> None:
    header, filters, card, foot, chart = (
        box_of(screen.page.locator(selector))
        for selector in (
            ".st-key-header",
            "[data-testid=stSidebar]",
            ".st-key-card",
            ".st-key-foot",
            ".st-key-chart iframe",
        )
    )
    assert chart["x"] == pytest.approx(filters["width"], abs=2)
    assert chart["x"] + chart["width"] == pytest.approx(card["x"], abs=2)
    assert chart["y"] == pytest.approx(header["height"], abs=2)
    assert chart["y"] + chart["height"] == pytest.approx(foot["y"], abs=2)
    assert card["x"] + card["width"] == pytest.approx(width, abs=1)
    assert foot["y"] + foot["height"] == pytest.approx(height, abs=1)
    assert screen.page.evaluate("() => document.scrollingElement.scrollHeight <= innerHeight")
    size = screen.frame.evaluate("() => [incursions.map.getSize().x, incursions.map.getSize().y]")
    below = box_of(screen.map.locator("#timeline"))
    assert size == pytest.approx([chart["width"], chart["height"] - below["height"]], abs=2)
    assert below["y"] + below["height"] == pytest.approx(chart["y"] + chart["height"], abs=2)


def assert_legend_leaves_room_for_the_scale(screen: Screen) -> None:
    # It is narrower until its letters are there.
    screen.frame.wait_for_function("() => document.querySelector('details.panel').getBoundingClientRect().width > 80")
    legend, scale = (box_of(screen.map.locator(name)) for name in ("details.panel", ".leaflet-control-scale"))
    assert legend["x"] + legend["width"] < scale["x"] or legend["y"] > scale["y"] + scale["height"]


# The names of states, each with its latitude and longitude.
STATE_NAMES = """() => [...incursions.places.shown].filter(([{ kind }]) => kind === 'state')
    .map(([{ state }, { marker }]) => [state, marker.getLatLng().lat, marker.getLatLng().lng])"""


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_first_view_is_whole_and_filled_by_the_flank_and_hides_nothing(
    window: OpenWindow, width: int, height: int, shipped_borders: Borders
) -> None:
    screen = window(width, height).open().settle()
    for state, latitude, longitude in screen.frame.evaluate(STATE_NAMES):
        assert shipped_borders.land[state].distance(shapely.Point(longitude, latitude)) < 0.5, state
    figures = [figure.inner_text() for figure in screen.map.locator(".figures dd").all()]
    assert figures == ["336", "460", "202", "273 km"]
    assert_map_fills_the_window_between_filters_and_card(screen, width, height)
    assert_legend_leaves_room_for_the_scale(screen)
    assert screen.shown() == 336
    assert screen.frame.evaluate(COVERED) == []
    assert_incidents_fill_the_height(screen)


def assert_incidents_fill_the_height(screen: Screen) -> None:
    screen.frame.wait_for_function("() => !incursions.sight.ours")
    laid = screen.frame.evaluate(LAID)
    assert covered(laid) == []
    _left, top, _right, bottom = laid["map"]
    heights = [y for _x, y in laid["places"]]
    assert max(heights) - min(heights) > 0.8 * (bottom - top)


def test_nothing_is_hidden_with_military_symbols_or_with_a_card(window: OpenWindow) -> None:
    screen = window(*SIZES[0]).open("symbols=app6")
    screen.map.locator(".legend li").filter(has_text="Suspect").first.wait_for(state="attached")  # it may be folded
    for width, height in SIZES:
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.settle().frame.wait_for_function("() => !incursions.sight.ours")
        assert screen.shown() == 336
        assert screen.frame.evaluate(COVERED) == []
    screen.open(f"lat=54.4&lon=22.3&zoom=6.5&id={GAIZIUNAI}")
    for width, height in SIZES:
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.settle()
        assert_legend_leaves_room_for_the_scale(screen)
