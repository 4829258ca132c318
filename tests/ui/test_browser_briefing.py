"""Briefing mode in a real browser: sizes, keys, saved views, and notes."""

from pathlib import Path

import pytest

from dashboard.core.query.area import Viewport
from dashboard.core.saved_views.saved_view import read_views
from tests.browser import OpenWindow, Screen
from tests.conftest import VIEWS

SMALLEST_PX, LINES, CONTRAST = 24, 1080, 7.0
# The size at which each text of the briefing is seen, and its contrast against the ground it stands on.
TYPE = """() => {
  const times = window.frameElement.getBoundingClientRect().height / window.innerHeight;
  const words = (part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const parts = '#head *, #card *, .figures *, .legend li, .leaflet-control-attribution, .name span';
  return [...document.querySelectorAll(parts)]
    .filter((part) => part.offsetParent && words(part))
    .map((part) => [part.textContent.trim().slice(0, 40), parseFloat(getComputedStyle(part).fontSize) * times]);
}"""
GROUNDS = """() => [...document.querySelectorAll('#head h1, #head p, #head span, #card *, .figures *, .legend li')]
  .filter((part) => part.offsetParent && part.textContent.trim()).map((part) => {
    const style = (element) => getComputedStyle(element);
    let ground = part;
    while (ground && style(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    return [part.textContent.trim().slice(0, 40), style(part).color, style(ground).backgroundColor];
  })"""
AREA = Viewport.around(54.9, 24.6, 7).bounds  # of the saved view of Lithuania
# Whether the map's frame is as large as a window of a size; it follows the window by a script.
FILLED = """([width, height]) => {
  const { x, y, ...frame } = document.querySelector(".st-key-chart iframe").getBoundingClientRect().toJSON();
  const near = (one, other) => Math.abs(one - other) <= 2;
  return near(x, 0) && near(y, 0) && near(frame.width, width) && near(frame.height, height);
}"""
INSIDE = """() => document.documentElement.scrollWidth <= innerWidth
  && document.documentElement.scrollHeight <= innerHeight"""


@pytest.fixture
def motion() -> str:
    """Here, the map flies."""
    return "no-preference"


def title(screen: Screen) -> str:
    return screen.map.locator("#head h1").inner_text()


def wait_for_title(screen: Screen, text: str) -> None:
    screen.map.locator("#head h1").filter(has_text=text).wait_for()


def luminance(colour: str) -> float:
    parts = [float(part) / 255 for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(ink: str, ground: str) -> float:
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (390, 844))


def test_briefing_fills_every_screen_in_large_type(window: OpenWindow) -> None:
    screen = window(*SIZES[0]).open("present=1&step=2")
    wait_for_title(screen, "Drones over Lithuania")
    for width, height in SIZES:
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.page.wait_for_function(FILLED, arg=[width, height])
        assert_texts_are_large_and_clear(screen.settle(), width, height)


def assert_texts_are_large_and_clear(screen: Screen, width: int, height: int) -> None:
    for gone in ("[data-testid=stSidebar]", ".st-key-header", ".st-key-foot", ".st-key-card"):
        assert screen.page.locator(gone).filter(visible=True).count() == 0, gone
    screen.map.locator("#card h2").filter(has_text="Gaižiūnai, Lithuania").wait_for()
    assert screen.map.locator("#head .marking").inner_text() == "TLP:CLEAR"
    assert screen.map.locator("#head .cutoff").inner_text() == "Information as of 3 October 2026, 23:59 UTC"
    assert "2 of 336 incidents" in screen.map.locator("#head .sentence").inner_text()
    if width > height:
        smallest = SMALLEST_PX * height / LINES
        assert [told for told in screen.frame.evaluate(TYPE) if told[1] < smallest - 0.5] == []
    told = screen.frame.evaluate(GROUNDS)
    assert [part for part, ink, ground in told if contrast(ink, ground) < CONTRAST] == []
    assert screen.frame.evaluate(INSIDE)


def test_clickers_step_through_the_saved_views_and_notes_follow_in_a_second_window(screen: Screen) -> None:
    screen.open("present=1&step=1")
    wait_for_title(screen, "Drones over Poland")
    assert screen.map.locator("#head .finding").inner_text() == "Fourteen crash sites in one night."
    with screen.page.context.expect_page() as opened:
        screen.page.keyboard.press("n")
    notes = opened.value
    notes.get_by_text("What the speaker says to it.").wait_for()
    assert notes.locator("#next").inner_text() == "Next: Drones over Lithuania"
    screen.page.bring_to_front()
    screen.page.keyboard.press("PageDown")
    notes.get_by_text("No notes for this view.").wait_for()
    assert notes.locator("#place").inner_text() == "2 / 3"
    notes.close()
    screen.wait_for_address("step=2")
    screen.wait_for_area(AREA)  # it has flown there
    for key, expected, step in (
        ("ArrowRight", "Debris in Romania", 3),
        ("ArrowRight", "Debris in Romania", 3),  # the last
        ("PageUp", "Drones over Lithuania", 2),
        ("Home", "Drones over Poland", 1),
        ("End", "Debris in Romania", 3),
    ):
        screen.page.keyboard.press(key)
        wait_for_title(screen, expected)
        screen.wait_for_address(f"step={step}")
    screen.frame.wait_for_function("() => Math.abs(incursions.map.getCenter().lat - 45) < 2")


def test_chart_stands_in_the_place_of_the_map_and_gives_it_back(window: OpenWindow) -> None:
    screen = window(1920, 1080).open("present=1&chart=years")
    wait_for_title(screen, "more than in all of 2025")
    chart = screen.map.locator("#plot")
    assert "Read with care Not complete" in chart.inner_text()
    assert screen.map.locator("#numbers tbody tr").count() == 5
    assert not screen.map.locator("#map_div").is_visible()
    parts = "'#plot h2, #plot p, #plot figcaption, #numbers th, #numbers td, #head *,"
    told = screen.frame.evaluate(TYPE.replace("'#head *,", parts))
    assert len(told) > 20 and [text for text in told if text[1] < SMALLEST_PX - 0.5] == []
    drawn = "text => text.getScreenCTM().a * parseFloat(text.getAttribute('font-size'))"
    sizes = screen.frame.evaluate(f"() => [...document.querySelectorAll('#plot svg text')].map({drawn})")
    assert min(sizes) * LINES / 576 >= SMALLEST_PX
    screen.page.keyboard.press("ArrowRight")
    wait_for_title(screen, "Drones over Poland")
    chart.wait_for(state="hidden")
    assert screen.map.locator("#map_div").is_visible()


def test_next_view_shows_before_the_server_answers_and_the_map_arrives_though_days_are_asked_for_on_the_way(
    screen: Screen,
) -> None:
    screen.open("present=1&step=1")
    wait_for_title(screen, "Drones over Poland")
    timeline = screen.map.locator("#timeline")
    assert timeline.is_hidden()
    screen.frame.wait_for_function("() => 2 in incursions.briefing.state.ahead")
    shown = screen.frame.evaluate(
        """() => {
            incursions.briefing.act("next");
            incursions.map.once("zoom", () => incursions.briefing.act("dates"));  // as soon as it is on its way
            return document.querySelector("#head h1").textContent;
        }"""
    )
    assert shown == "Drones over Lithuania"
    screen.wait_for_address("step=2")
    assert screen.shown() == 2
    timeline.wait_for()
    assert "Incidents per day" in (timeline.locator("h2").text_content() or "")
    screen.wait_for_area(AREA)
    screen.page.keyboard.press("t")
    timeline.wait_for(state="hidden")


def test_views_of_the_test_are_those_of_a_deck(tmp_path: Path) -> None:
    (tmp_path / "views.yaml").write_text(VIEWS, "utf-8")
    assert [saved.view.title for saved in read_views(tmp_path / "views.yaml")] == [
        "Drones over Poland",
        "Drones over Lithuania",
        "Debris in Romania",
    ]
