"""The map in a real browser: filters, marks, clusters and the table; its view stays, and nothing is lost."""

from tests.browser import Screen, box_of

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
    screen: Screen,
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


def test_mark_tells_itself_and_a_click_opens_its_card_and_escape_closes_it(screen: Screen) -> None:
    screen.open(f"{WITH_MAP}&from=2025-07-28&to=2025-07-28")
    mark = screen.map.locator(f".mark[data-id={GAIZIUNAI}]")
    mark.hover()
    tooltip = screen.map.locator(".leaflet-tooltip")
    assert tooltip.inner_text().split("\n") == ["Gaižiūnai, Lithuania", "Crash, Drone", "28 July 2025"]
    for _ in range(2):  # the same mark again, after its card was closed
        mark.click()
        screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for()
        screen.wait_for_address(f"id={GAIZIUNAI}")
        assert "selected" in (mark.get_attribute("class") or "")
        screen.map.locator(".accuracy").wait_for(state="attached")
        assert screen.map.locator(".arrow").evaluate(ABOVE_LINES)
        assert screen.map.locator(".legend li[data-sample=depth]").is_visible()
        screen.page.keyboard.press("Escape")
        screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for(state="detached")
        screen.map.locator(".accuracy").wait_for(state="detached")


def test_cluster_comes_apart_or_fans_out_and_loses_nothing(screen: Screen) -> None:
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


def test_marks_at_one_place_fan_out_and_the_legend_shows_a_status_only_where_a_mark_has_it(screen: Screen) -> None:
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


def assert_counts_stay_when_the_saved_views_are_opened(screen: Screen) -> None:
    count = """() => getComputedStyle(document.querySelector('.st-key-countries-HU label p'), '::after').content"""
    assert screen.page.evaluate(count) == '"2"'
    screen.page.get_by_role("button", name="Saved views").click()
    screen.page.get_by_role("button", name="Save this view").wait_for()
    assert screen.page.evaluate(count) == '"2"'
    screen.page.keyboard.press("Escape")
    screen.page.locator(".st-key-views-body").wait_for(state="detached")


def test_row_of_the_table_chooses_the_mark_and_the_mark_the_row(screen: Screen) -> None:
    screen.open("country=HU&lat=47.4&lon=20.5&zoom=7")
    assert_counts_stay_when_the_saved_views_are_opened(screen)
    screen.page.locator(".st-key-table-open label").click()
    canvas = screen.page.locator(".st-key-rows canvas").first
    canvas.wait_for()
    box = box_of(canvas)
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
