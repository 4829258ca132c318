"""The app in a real browser, with every foreign address blocked and none asked for."""

import io
import re
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import shapely
from PIL import Image
from playwright.sync_api import expect

from dashboard.core.data.dataset import MAP_FILES, read_dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.filter import Filter
from dashboard.render.symbols.clustering import MOST_CELLS
from tests.browser import Screen, apart, running_app
from tests.conftest import DATA, csv_text
from tests.page import html_of, open_page
from tests.sheets import texts_of

WITH_MAP = "country=LT&country=PL&lat=54.2&lon=22.5&zoom=6.25"
GAIZIUNAI = "LT-2025-07-28-gaiziunai"


# Whether a sign lies above the lines of its pane.
ABOVE_LINES = """(sign) => {
    const height = (element) => Number(getComputedStyle(element).zIndex);
    return height(sign) > height(sign.parentElement.querySelector("svg"));
}"""

# The fonts are there, and the map has made room for panels that grew with them.
LETTERED = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
}"""


def test_filter_changes_the_map_but_not_its_view_even_when_nothing_is_left_and_the_address_follows_the_map(
    screen,
) -> None:
    screen.open(WITH_MAP)
    screen.frame.evaluate("() => { window.untouched = true; }")
    screen.frame.evaluate(LETTERED)
    before = screen.settle().view()
    screen.page.locator(".st-key-countries-PL label").click()
    screen.wait_for_figure("35")
    assert screen.shown() == 35
    assert screen.view() == before
    assert screen.frame.evaluate("() => window.untouched")
    screen.wait_for_address("country=LT&area")
    assert (
        "Lithuania, 2 March 2022 – 3 October 2026: 35 of 336 incidents" in screen.page.locator(".sentence").inner_text()
    )
    screen.frame.evaluate("() => { incursions.map.on('resize', () => { window.untouched = false; }); }")
    screen.page.locator(".st-key-text input").fill("zzzz")
    screen.page.keyboard.press("Enter")
    screen.page.get_by_text("No incident matches the filter.").wait_for()
    assert screen.shown() == 0
    assert screen.settle().view() == before
    assert screen.frame.evaluate("() => window.untouched")
    screen.page.get_by_role("button", name="Reset the filter").click()
    screen.wait_for_figure("336")
    screen.settle().frame.evaluate("() => { incursions.map.setView([53, 23], 8, { animate: false }); }")
    west, south, east, north = (round(degrees, 4) for degrees in screen.seen())
    screen.wait_for_address(f"area={west:g}%2C{south:g}%2C{east:g}%2C{north:g}")


def test_mark_tells_itself_and_a_click_opens_its_card_and_escape_closes_it(screen) -> None:
    screen.open(f"{WITH_MAP}&from=2025-07-28&to=2025-07-28")
    mark = screen.map.locator(f".mark[data-id={GAIZIUNAI}]")
    mark.hover()
    tooltip = screen.map.locator(".leaflet-tooltip")
    assert tooltip.inner_text().split("\n") == ["Gaižiūnai, Lithuania", "Crash, Drone", "28 July 2025"]
    for _ in range(2):  # the same mark again, after its card was closed
        mark.click()
        screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for()
        screen.wait_for_address(f"id={GAIZIUNAI}")
        assert "selected" in mark.get_attribute("class")
        screen.map.locator(".accuracy").wait_for(state="attached")
        assert screen.map.locator(".arrow").evaluate(ABOVE_LINES)
        assert screen.map.locator(".legend li[data-sample=depth]").is_visible()
        screen.page.keyboard.press("Escape")
        screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for(state="detached")
        screen.map.locator(".accuracy").wait_for(state="detached")


def test_cluster_comes_apart_or_fans_out_and_loses_nothing(screen) -> None:
    screen.open("country=LT&lat=54.6&lon=25.2&zoom=6")
    for _ in range(6):
        clusters = screen.map.locator(".cluster")
        if not clusters.count() or screen.map.locator(".mark.fanned").count():
            break
        zoom = screen.view()[2]
        clusters.last.click()
        screen.frame.wait_for_function(
            """zoom => !incursions.map._animatingZoom
            && (incursions.map.getZoom() > zoom || document.querySelector('.fanned'))""",
            arg=zoom,
        )
        assert screen.shown() == 35
    assert screen.marks.count() > 12


def test_marks_at_one_place_fan_out_and_the_legend_shows_a_status_only_where_a_mark_has_it(screen) -> None:
    # Fifteen incidents at Vilnius airport share one point. One is only reported; as long as they are a ring, nothing
    # hollow is drawn.
    screen.open("country=LT&q=vilniaus&lat=54.634&lon=25.286&zoom=10")
    hollow = screen.map.locator(".legend li[data-sample=reported]")
    assert hollow.count() == 1
    assert not hollow.is_visible()
    total = screen.shown()
    assert screen.marks.count() < total
    screen.map.locator(".cluster").first.click()
    screen.map.locator(".mark.fanned").first.wait_for()
    hollow.wait_for()
    assert screen.shown() == total
    assert screen.map.locator(".mark.fanned").count() > 5


def test_military_symbols_are_a_choice_that_moves_nothing_and_that_a_sheet_keeps(window) -> None:
    screen = window(1920, 1080).open("country=LT&country=PL&from=2025-09-01&to=2025-12-31&lat=51.5&lon=22.5&zoom=7")
    before, plain = screen.view(), screen.marks.first.locator("path").count()
    screen.page.locator("[class*=st-key-symbols-choice]").get_by_text("Military (APP-6)").click()
    legend = screen.map.locator(".legend li:visible")
    legend.filter(has_text="Suspect: Russia, Belarus").wait_for()
    screen.wait_for_address("symbols=app6")
    # As counted in incidents.csv: 18 rows of Lithuania and 42 of Poland by the day of the flight, one of the own side.
    assert (screen.view(), screen.shown()) == (before, 59)
    assert screen.marks.first.locator("path").count() > plain
    mark = screen.map.locator(".mark[data-id=PL-2025-09-10-bychawka-trzecia]")
    mark.click()
    screen.page.locator(".st-key-card .place").get_by_text("Bychawka Trzecia").wait_for()
    mark.and_(screen.map.locator(".selected")).wait_for()
    # What is in rings only has no line in the legend: every frame and icon that is listed is on the map.
    named = {*screen.frame.evaluate("() => incursions.marks.marks.map(({ kind }) => kind.identity)")}
    assert named == {"suspect", "unknown", "friend"}  # the last is the own-side object in Poland
    assert "Neutral" not in " ".join(legend.all_inner_texts())
    screen.page.get_by_role("button", name="Export").click()
    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-take-svg-16-9 button").click()
    texts = texts_of(Path(download.value.path()).read_bytes())
    assert {"Suspect: Russia, Belarus", "Balloon", "Landed"} <= set(texts)
    screen.page.keyboard.press("Escape")
    screen.page.locator(".st-key-takeaway-body").wait_for(state="detached")
    screen.page.locator("[class*=st-key-symbols-choice]").get_by_text("Plain").click()
    legend.filter(has_text="Suspect").first.wait_for(state="detached")
    assert screen.marks.first.locator("path").count() == plain


def assert_counts_stay_when_the_saved_views_are_opened(screen) -> None:
    count = """() => getComputedStyle(document.querySelector('.st-key-countries-HU label p'), '::after').content"""
    assert screen.page.evaluate(count) == '"2"'
    screen.page.get_by_role("button", name="Saved views").click()
    screen.page.get_by_role("button", name="Save this view").wait_for()
    assert screen.page.evaluate(count) == '"2"'
    screen.page.keyboard.press("Escape")
    screen.page.locator(".st-key-views-body").wait_for(state="detached")


def test_row_of_the_table_chooses_the_mark_and_the_mark_the_row(screen) -> None:
    screen.open("country=HU&lat=47.4&lon=20.5&zoom=7")
    assert_counts_stay_when_the_saved_views_are_opened(screen)
    screen.page.locator(".st-key-table-open label").click()
    canvas = screen.page.locator(".st-key-rows canvas").first
    canvas.wait_for()
    box = canvas.bounding_box()
    screen.page.mouse.click(box["x"] + 14, box["y"] + 36 + 15)
    screen.map.locator(".mark.selected").wait_for()
    first = screen.map.locator(".mark.selected").get_attribute("data-id")
    screen.wait_for_address(f"id={first}")
    other = screen.map.locator(f".mark:not([data-id={first}])").first
    other.click()
    screen.wait_for_address(f"id={other.get_attribute('data-id')}")
    # The canvas is drawn for the eye; for everyone else it holds a table that says which row is chosen.
    chosen = screen.page.locator(".st-key-rows [role=row][aria-selected=true]")
    chosen.first.wait_for(state="attached")
    assert chosen.count() == 1


def taken_away(screen: Screen, choice: str) -> tuple[str, bytes]:
    """Name and content of a file of the open menu."""
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name=choice, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


# What the first bytes of files are, by their own standard; those of all kinds are held by test_frames.
KINDS = [
    ("1920 × 1080", "png", b"\x89PNG"),
    ("A4", "pdf", b"%PDF"),
    ("PowerPoint", "pptx", b"PK"),
    ("Plain text (cable)", "txt", b"TLP:CLEAR"),
    ("Markdown", "md", b"**TLP:CLEAR**"),
    ("CSV", "csv", b"\xef\xbb\xbf"),
]


def test_files_are_taken_away_with_their_marking(screen) -> None:
    screen.open(f"{WITH_MAP}&from=2025-07-01&to=2025-09-30&marking=TLP%3ACLEAR")
    screen.page.get_by_role("button", name="Export").click()
    names: list[str] = []
    for choice, ending, beginning in KINDS:
        name, content = taken_away(screen, choice)
        assert re.fullmatch(
            rf"incursions_LT-PL_2025-07-01_2025-09-30_TLP-CLEAR_\w{{4}}-\w{{4}}(_[\w-]+)?\.{ending}", name
        )
        names.append(name)
        assert content.startswith(beginning), choice
    assert len(set(names)) == len(KINDS)
    # A marking in one's own words.
    screen.page.get_by_label("Handling marking").click()
    screen.page.keyboard.type("NATIONAL: LIMITED")
    screen.page.keyboard.press("Enter")
    screen.wait_for_address("marking=NATIONAL%3A+LIMITED")
    expect(screen.page.locator(".marking")).to_have_text("NATIONAL: LIMITED")
    name, content = taken_away(screen.settle(), "Plain text (cable)")
    assert "NATIONAL-LIMITED" in name
    assert content.decode().splitlines()[0] == content.decode().splitlines()[-1] == "NATIONAL: LIMITED"


def test_colours_of_what_is_taken_away_are_chosen_once(screen) -> None:
    """In a popover, which has its widgets only when it is opened, and on the page of charts."""
    chosen = "[class*=st-key-colours-] [role=radio][aria-checked=true]"
    screen.open(f"{WITH_MAP}&from=2025-07-01&to=2025-07-31")
    screen.page.get_by_role("button", name="Export").click()
    preview = screen.page.locator(".st-key-takeaway-body [data-testid=stImage] img")
    light = preview.get_attribute("src")
    screen.page.locator("[class*=st-key-colours-takeaway]").get_by_role("radio", name="Dark").click()
    screen.page.locator(chosen, has_text="Dark").wait_for()
    expect(preview).not_to_have_attribute("src", light)  # the choice shows at once, the preview once it is taken up
    name, content = taken_away(screen.settle(), "1920 × 1080")
    assert name.endswith("_dark.png")
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.convert("RGB").getpixel((2, picture.height - 3)) == (0x0E, 0x18, 0x20)
    screen.page.keyboard.press("Escape")
    screen.page.locator("[class*=st-key-navigation]").get_by_text("Trends", exact=True).click()
    screen.page.locator("[class*=st-key-colours-trends]").get_by_role("radio", name="High contrast").click()
    screen.page.get_by_role("button", name="Export").click()
    popover = screen.page.get_by_test_id("stPopoverBody")
    expect(popover.locator(chosen)).to_have_text(["High contrast"])
    popover.get_by_role("radio", name="Light").click()
    expect(screen.page.locator(f".st-key-trends-head {chosen}")).to_have_text(["Light"])
    assert "look=" not in screen.page.url


def test_link_and_id_of_a_sheet_bring_everything_back_in_a_new_window(window) -> None:
    query = f"country=LT&from=2025-01-01&to=2025-12-31&category=crash&lat=55&lon=24&zoom=7.5&id={GAIZIUNAI}"
    screen = window(1920, 1080).open(query)
    screen.wait_for_address("area=")
    other = window().open(screen.page.url.partition("?")[2])
    assert screen.view() == pytest.approx((55, 24, 7.5), abs=0.01)
    other.wait_for_area(Viewport.around(55, 24, 7.5).bounds)
    assert other.page.url.partition("?")[2] == screen.page.url.partition("?")[2]
    sentence = screen.page.locator(".sentence").inner_text()
    assert other.page.locator(".sentence").inner_text() == sentence
    card = other.page.get_by_role("heading", name="Gaižiūnai, Lithuania")
    assert card.is_visible()
    assert other.page.get_by_role("checkbox", name="Crash").is_checked()
    # The same by the ID of a sheet, from the other window reset.
    screen.page.get_by_role("button", name="Export").click()
    screen.page.get_by_label("Title").fill("One drone")
    screen.page.keyboard.press("Enter")
    screen.wait_for_address("title=One+drone")
    name, _content = taken_away(screen, "Plain text (cable)")
    number = name.removesuffix(".txt").split("_")[-1]
    other.page.get_by_role("button", name="Reset", exact=True).click()
    other.wait_for_figure("336")
    other.page.keyboard.press("Escape")
    card.wait_for(state="detached")
    other.page.get_by_role("button", name="Export").click()
    other.page.get_by_label("Reference or link of a sheet").fill(number.lower())
    other.page.keyboard.press("Enter")
    other.page.get_by_text(f"This is sheet {number}.").wait_for()
    card.wait_for()
    assert other.page.locator(".sentence").inner_text() == sentence
    other.wait_for_area(Viewport.around(55, 24, 7.5).bounds)
    assert other.settle().page.get_by_role("textbox", name="Title").input_value() == "One drone"


STATES = re.sub(r"(..) ?", r"&country=\1", "RO PL MD LT BG LV FI EE TR SE DK DE NO HU HR")
CATEGORIES = "&category=crash&category=debris&category=landing&category=incursion"


QUERIES = [f"q=drone&origin=RU&status=confirmed{STATES}{CATEGORIES}", f"q=x{STATES}", "country=LT"]


def test_sentence_is_never_cut_off(screen) -> None:
    """One visit, in whose header each sentence is put as the page draws it."""
    marking = "&marking=TLP:AMBER%2BSTRICT"
    screen.open(QUERIES[0] + marking)
    sentence = screen.page.locator(".sentence")
    drawn = sentence.evaluate("element => element.outerHTML")
    for query in QUERIES:
        html = html_of(open_page(parse_qs(query + marking)))
        [told] = re.findall(r'<span class="sentence[^"]*">.*?</span>', html)
        assert query != QUERIES[0] or told == drawn
        sentence.evaluate("(element, told) => { element.outerHTML = told; }", told)
        for width, height in ((1920, 1080), (1366, 768)):
            screen.page.set_viewport_size({"width": width, "height": height})
            screen.settle()
            assert sentence.evaluate("element => element.scrollHeight - element.clientHeight") <= 1
            assert sentence.bounding_box()["height"] <= screen.page.locator(".st-key-header").bounding_box()["height"]
        assert "of 336 incidents" in sentence.inner_text()


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


def assert_names_cover_nothing(screen) -> None:
    boxes = screen.frame.evaluate(BOXES)
    names = [box for box in boxes if not box[0]]
    assert len(names) > 4
    for name in names:
        for other in boxes:
            if other is not name and not other[1] == name[1] != "":
                apart = name[4] <= other[2] or name[2] >= other[4] or name[5] <= other[3] or name[3] >= other[5]
                assert apart, f"{name[1]} and {other[1] or other[0]}"


def look_at(screen, latitude: float, longitude: float, zoom: float) -> None:
    screen.frame.evaluate(
        "(to) => { incursions.map.setView(to[0], to[1], { animate: false }); }", [[latitude, longitude], zoom]
    )


def test_names_cover_nothing_and_thin_out_and_airports_can_be_switched_off(screen) -> None:
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
    for latitude, longitude, zoom in ((54.9, 24.0, 5.5), (54.9, 24.0, 7), (54.7, 25.3, 9), (54.95, 24.6, 11)):
        look_at(screen, latitude, longitude, zoom)
        assert "LITHUANIA" in screen.map.locator(".name.state").all_inner_texts(), zoom
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


def assert_map_fills_the_window_between_filters_and_card(screen, width, height) -> None:
    header, filters, card, foot, chart = (
        screen.page.locator(selector).bounding_box()
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
    below = screen.map.locator("#timeline").bounding_box()
    assert size == pytest.approx([chart["width"], chart["height"] - below["height"]], abs=2)
    assert below["y"] + below["height"] == pytest.approx(chart["y"] + chart["height"], abs=2)


def assert_legend_leaves_room_for_the_scale(screen) -> None:
    legend, scale = (screen.map.locator(name).bounding_box() for name in ("details.panel", ".leaflet-control-scale"))
    assert legend["width"] > 80
    assert legend["x"] + legend["width"] < scale["x"] or legend["y"] > scale["y"] + scale["height"]


# The names of states, each with its latitude and longitude.
STATE_NAMES = """() => [...incursions.places.shown].filter(([{ kind }]) => kind === 'state')
    .map(([{ state }, { marker }]) => [state, marker.getLatLng().lat, marker.getLatLng().lng])"""


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_first_view_is_whole_and_hides_nothing(window, width, height, shipped_borders) -> None:
    screen = window(width, height).open().settle()
    for state, latitude, longitude in screen.frame.evaluate(STATE_NAMES):
        assert shipped_borders.land[state].distance(shapely.Point(longitude, latitude)) < 0.5, state
    figures = [figure.inner_text() for figure in screen.map.locator(".figures dd").all()]
    assert figures == ["336", "460", "202", "273 km"]
    assert_map_fills_the_window_between_filters_and_card(screen, width, height)
    assert_legend_leaves_room_for_the_scale(screen)
    assert screen.shown() == 336
    assert screen.frame.evaluate(COVERED) == []
    screen.open("symbols=app6")
    screen.map.locator(".legend li").filter(has_text="Suspect").first.wait_for(state="attached")  # it may be folded
    assert screen.shown() == 336
    assert screen.frame.evaluate(COVERED) == []
    screen.open(f"lat=54.4&lon=22.3&zoom=6.5&id={GAIZIUNAI}")
    assert_legend_leaves_room_for_the_scale(screen)


def test_foreign_addresses_are_noted_and_out_of_reach(window) -> None:
    screen = window()
    for foreign in ("http://example.org/", "https://203.0.113.7/"):
        assert (
            screen.page.evaluate("url => fetch(url, { mode: 'no-cors' }).catch(() => 'nothing')", foreign) == "nothing"
        )
        assert screen.foreign == [foreign]
        screen.foreign.clear()
    assert all("ERR_NAME_NOT_RESOLVED" in error for error in screen.errors)
    screen.errors.clear()


def test_answers_forbid_foreign_addresses(address) -> None:
    with urllib.request.urlopen(address) as answer:
        pass
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.fixture(scope="module")
def other_data(tmp_path_factory):
    """A data folder with 5,000 incidents, some of which would do harm if they could."""
    folder = tmp_path_factory.mktemp("data")
    for name in MAP_FILES:
        (folder / name).symlink_to(DATA / name)
    attack = "</script><img src=x onerror=alert(1)>\"'};alert(2);//"
    rows = [
        {
            "id": f"LT-{n}",
            "latitude": str(54 + n % 70 / 50),
            "longitude": str(22 + n % 97 / 32),
            "place": attack,
            "model": attack,
        }
        for n in range(5000)
    ]
    (folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    return folder


def test_many_incidents_are_counted_by_cells_and_few_are_marks_again(visitor, other_data) -> None:
    with running_app(data=str(other_data)) as address:
        screen = Screen(visitor, address, 1920, 1080).open("lat=54.7&lon=23.5&zoom=7")
        screen.page.wait_for_function("() => document.querySelector('.sentence')?.textContent.includes('5,000')")
        screen.frame.wait_for_function("() => document.querySelectorAll('.cluster').length > 10")
        assert screen.shown() == 5000
        assert screen.map.locator(".cluster, .mark").count() <= MOST_CELLS
        assert apart(screen.frame)
        screen.page.locator(".st-key-text input").fill("LT-12")
        screen.page.keyboard.press("Enter")
        expected = len(Filter(text="LT-12").apply(read_dataset(other_data).incidents))
        screen.wait_for_figure(str(expected))
        assert screen.shown() == expected
        screen.marks.first.click()
        screen.page.locator("h1.place").wait_for()
        assert "<img src=x onerror=alert(1)>" in screen.page.locator("h1.place").inner_text()
        assert re.search(r"alert\(2\)", screen.page.locator(".fields").inner_text())
        assert screen.errors == []
        assert screen.foreign == []
        screen.close()
