"""Where the map looks, in a browser: it follows the question, and nobody but its reader changes the area of a view."""

from typing import Any
from urllib.parse import unquote

from dashboard.core.data.dataset import Dataset
from tests.browser import OpenWindow, Screen

POLAND = "country=PL"
LITHUANIA = "country=LT&area=20,53,27,57"


def outside(screen: Screen) -> list[str]:
    return screen.map.locator("button.outside:visible").all_inner_texts()


def test_area_stays_to_the_letter_through_briefings_sizes_and_pages(window: OpenWindow) -> None:
    screen = window(1920, 1080).open(LITHUANIA)
    screen.wait_for_area((20, 53, 27, 57))
    address = unquote(screen.page.url)
    screen.frame.evaluate("() => { window.untouched = true; }")
    for width, height in ((1920, 1080), (1366, 768)):
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.settle().wait_for_area((20, 53, 27, 57))
        before = screen.view()
        screen.page.keyboard.press("b")
        screen.wait_for_address("present=1")
        screen.map.locator("#head").wait_for()
        screen.wait_for_area((20, 53, 27, 57))
        screen.page.keyboard.press("Escape")
        screen.page.wait_for_url(lambda url: unquote(url) == address)
        screen.map.locator("#head").wait_for(state="hidden")
        screen.page.locator(".st-key-foot").wait_for()
    assert screen.frame.evaluate("() => window.untouched")  # the map was never loaded again
    assert screen.page.get_by_role("checkbox", name="Lithuania").is_checked()
    pages = screen.page.locator("[class*=st-key-navigation]")
    pages.get_by_text("Trends", exact=True).click()
    screen.page.locator(".st-key-trends-head").wait_for()
    screen.page.wait_for_url(lambda url: "page=trends" in url and "country=LT" in url)
    pages.get_by_text("Map", exact=True).click()
    screen.map.locator("html[data-ready=true]").wait_for(state="attached")
    screen.wait_for_view(before)
    screen.page.wait_for_url(lambda url: unquote(url) == address)


def test_map_follows_a_filter_and_says_what_lies_outside(screen: Screen, shipped: Dataset) -> None:
    screen.open(LITHUANIA)
    assert outside(screen) == []
    screen.page.locator(".st-key-countries-LT label").click()  # no filter: all of the flank
    screen.wait_for_figure("336")
    screen.page.wait_for_url(lambda url: "area" not in url)
    screen.frame.wait_for_function("() => !incursions.sight.ours")
    assert outside(screen) == []
    screen.frame.evaluate("() => { incursions.map.setView([55, 24], 8, { animate: false }); }")
    screen.wait_for_address("area=")
    told = screen.map.locator("button.outside")
    west, south, east, north = screen.seen()
    rows = shipped.incidents
    seen = rows["longitude"].between(west, east) & rows["latitude"].between(south, north)
    hidden = int((~seen).sum())  # the own-side object in Poland is outside, too, but no incident
    assert told.inner_text() == f"{hidden} outside the map · Show"
    told.click()
    told.wait_for(state="hidden")
    screen.page.wait_for_url(lambda url: "area" not in url)


def test_key_zooms_to_the_selection_from_the_map_and_from_the_page(screen: Screen) -> None:
    screen.open(f"{POLAND}&area=20,53,27,57")
    for where in (screen.map.locator("#map_div"), screen.page.locator(".st-key-countries-PL input")):
        screen.map.locator("button.outside").wait_for()
        where.focus()
        screen.page.keyboard.press("z")
        screen.page.wait_for_url(lambda url: "area" not in url)
        screen.map.locator("button.outside").wait_for(state="hidden")
        screen.settle().frame.wait_for_function("() => !incursions.sight.ours")  # it has arrived, and the page knows
        assert screen.shown() == 71  # of 72 rows, one is of the own side and no incident
        # Back to the very same place, which is to be told again.
        screen.frame.evaluate("() => { incursions.map.setView([55, 24], 8, { animate: false }); }")
        screen.wait_for_address("area=")


# What lies over the map, and where on the page some places of it are seen, in pixels of the map's frame.
LAID = """() => {
    const box = (part) => {
        const { left, top, right, bottom } = part.getBoundingClientRect();
        return [left, top, right, bottom];
    };
    const { map, state, sight } = incursions;
    const panels = [...document.querySelectorAll("#head, #side, #timeline, .leaflet-control")];
    const over = panels.filter((part) => part.offsetHeight);
    const at = (place) => {
        const { x, y } = map.latLngToContainerPoint(place);
        const [left, top] = box(map.getContainer());
        return [left + x, top + y];
    };
    const tracks = state.tracks.flatMap(({ points }) => points);
    const border = state.selected ? [state.selected.at, state.selected.border] : [];
    const marks = incursions.all.map((mark) => mark.at);
    return { map: box(map.getContainer()), over: over.map(box), places: [...marks, ...tracks, ...border].map(at) };
}"""


def covered(laid: dict[str, Any]) -> list[list[float]]:
    """The places that lie beyond the map or under something."""
    left, top, right, bottom = laid["map"]
    within = [(x, y) for x, y in laid["places"] if left < x < right and top < y < bottom]
    hidden = [(x, y) for x, y in within if any(box[0] < x < box[2] and box[1] < y < box[3] for box in laid["over"])]
    return [place for place in laid["places"] if tuple(place) not in within] + hidden


def test_nothing_covers_what_a_briefing_is_about(window: OpenWindow) -> None:
    view = "country=LT&from=2025-07-01&to=2025-07-31&id=LT-2025-07-28-gaiziunai"
    screen = window(1366, 768).open(f"present=1&{view}")
    screen.map.locator("#card h2").filter(has_text="Gaižiūnai").wait_for()
    for width, height in ((1366, 768), (390, 844)):
        screen.page.set_viewport_size({"width": width, "height": height})
        screen.settle().frame.wait_for_function("() => !incursions.sight.ours")
        laid = screen.frame.evaluate(LAID)
        assert len(laid["places"]) == 2 + 2 + 2  # marks, the ends of a track, and the way to the border
        assert covered(laid) == []


def test_playing_begins_where_the_incidents_are(screen: Screen) -> None:
    screen.open("country=RO&area=20,53,27,57")
    screen.map.locator("button.outside").filter(has_text="80 outside the map").wait_for()
    screen.page.keyboard.press(".")
    screen.page.wait_for_url(lambda url: "area" not in url)
    screen.frame.wait_for_function("() => !incursions.sight.ours && incursions.map.getCenter().lat < 48")
