"""Where the map looks, in a browser: it follows the question, and nobody but its reader changes the area of a view."""

from urllib.parse import unquote

import pytest

POLAND = "country=PL"
LITHUANIA = "country=LT&area=20,53,27,57"


def outside(screen) -> list[str]:
    return screen.map.locator("button.outside:visible").all_inner_texts()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_area_stays_to_the_letter_through_briefings_and_pages(window, width, height):
    screen = window(width, height).open(LITHUANIA)
    screen.wait_for_area((20, 53, 27, 57))
    address, before = unquote(screen.page.url), screen.view()
    for _ in range(3):
        screen.page.keyboard.press("b")
        screen.wait_for_address("present=1")
        screen.map.locator("#head").wait_for()
        screen.wait_for_area((20, 53, 27, 57))
        screen.page.keyboard.press("Escape")
        screen.page.wait_for_url(lambda url: unquote(url) == address)
        screen.map.locator("#head").wait_for(state="hidden")
        screen.page.locator(".st-key-foot").wait_for()
    pages = screen.page.locator(".st-key-navigation")
    pages.get_by_text("Trends", exact=True).click()
    screen.page.locator(".st-key-trends-head").wait_for()
    pages.get_by_text("Map", exact=True).click()
    screen.map.locator("html[data-ready=true]").wait_for(state="attached")
    screen.wait_for_view(before)
    screen.page.wait_for_url(lambda url: unquote(url) == address)


def test_map_follows_a_filter_and_says_what_lies_outside(screen, shipped):
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


def test_key_zooms_to_the_selection_from_the_map_and_from_the_page(screen):
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


def test_playing_begins_where_the_incidents_are(screen):
    screen.open("country=RO&area=20,53,27,57")
    screen.map.locator("button.outside").filter(has_text="80 outside the map").wait_for()
    screen.page.keyboard.press(".")
    screen.page.wait_for_url(lambda url: "area" not in url)
    screen.frame.wait_for_function("() => !incursions.sight.ours && incursions.map.getCenter().lat < 48")
