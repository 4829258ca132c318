"""What axe-core finds on every screen, and that table and summary carry what the map shows."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame

from dashboard.core.data.dataset import Dataset
from dashboard.render.symbols.palettes import DARK, LIGHT, Palette
from tests.browser import OpenWindow, Scheme, Screen

GAIZIUNAI = "id=LT-2025-07-28-gaiziunai"
COMPARED = "compare=previous&from=2026-08-01&to=2026-09-30"
PAGES = {  # and what is there when a page is drawn
    "Trends": "[data-testid=stVegaLiteChart] svg",
    "States": "h1:has-text('States')",
    "Data": ".st-key-incidents canvas",
}
# What is of the libraries: a rule, and where it is broken. None of it is ours, and nothing else is let through.
THEIRS: tuple[tuple[str, str], ...] = ()
COLOURS = ("color-contrast", "link-in-text-block")  # all that another look can break, for it changes nothing else
RUN = """async (rules) => (await axe.run(document, {
    iframes: false, resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})})).violations
    .flatMap(({id, impact, nodes}) => nodes.map(({target, html, failureSummary}) =>
        ({rule: id, impact, at: target.flat().join(" "), html: html.slice(0, 200), why: failureSummary})))"""


def grave(frame: Frame, rules: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What axe calls serious or critical in a frame by these rules, or by all, but for THEIRS."""
    if not frame.evaluate("() => 'axe' in window"):
        frame.evaluate(f"{AXE_SCRIPT};0")
    found = frame.evaluate(RUN, [*rules])
    return [
        one
        for one in found
        if one["impact"] in ("serious", "critical")
        and not any(one["rule"] == rule and part in one["at"] for rule, part in THEIRS)
    ]


def assert_nothing_grave(screen: Screen) -> None:
    screen.settle()
    assert grave(screen.page.main_frame) == []
    assert grave(screen.frame) == []


def test_axe_finds_nothing_grave_at_work_where_the_table_has_a_row_for_every_incident(
    window: OpenWindow, shipped: Dataset
) -> None:
    screen = window(1920, 1080).open("country=LT&country=LV")
    title = screen.page.locator(".st-key-chart iframe").get_attribute("title")
    assert title and title.startswith("Map. Arrow keys")
    assert screen.map.get_by_role("region", name="Map. Arrow keys").count() == 1
    assert screen.map.get_by_role("img", name="Timeline").count() == 1
    assert [frame.evaluate("() => document.documentElement.lang") for frame in (screen.page, screen.frame)] == [
        "en"
    ] * 2
    assert_nothing_grave(screen)
    screen.page.get_by_text("Table", exact=True).click()
    screen.page.locator(".st-key-table canvas").first.wait_for()
    assert grave(screen.settle().page.main_frame) == []
    assert_table_has_a_row_for_every_incident_of_the_map_and_the_summary_its_counts(screen, shipped)
    opened = screen.page.locator('[data-testid="stPopoverBody"]')
    for name in ("Export", "Saved views", "About the data"):
        screen.page.get_by_role("button", name=name).click()
        opened.locator(".stElementContainer").last.wait_for()
        assert grave(screen.settle().page.main_frame) == [], name
        screen.page.keyboard.press("Escape")
        opened.wait_for(state="detached")
    # It can find something.
    nameless = "() => ['aria-label', 'title'].forEach((name) => document.querySelector('.play').removeAttribute(name))"
    screen.frame.evaluate(nameless)
    assert [one["rule"] for one in grave(screen.frame)] == ["button-name"]


def test_axe_finds_nothing_grave_with_a_card_and_on_the_pages_light_and_dark_and_in_a_briefing(
    window: OpenWindow,
) -> None:
    screen = window(colours="light").open(f"country=LT&{GAIZIUNAI}")
    screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for()
    assert_nothing_grave(screen)
    assert_nothing_grave_in_the_dark(screen, screen.page.main_frame, screen.frame)
    screen.page.keyboard.press("b")
    screen.wait_for_address("present=1")
    screen.map.locator("#head").wait_for()
    assert_nothing_grave(screen)  # which is dark by itself
    screen.page.keyboard.press("Escape")
    screen.map.locator("#head").wait_for(state="hidden")
    for name in PAGES:
        go_to(screen, name)
        assert grave(screen.settle().page.main_frame) == [], name
        assert_nothing_grave_in_the_dark(screen, screen.page.main_frame)


def assert_nothing_grave_in_the_dark(screen: Screen, *frames: Frame) -> None:
    schemes: list[tuple[Scheme, Palette]] = [("dark", DARK), ("light", LIGHT)]
    for scheme, palette in schemes:
        screen.page.emulate_media(color_scheme=scheme)
        screen.wait_for_paper(palette.paper)
        screen.settle()
        assert scheme == "light" or [grave(frame, COLOURS) for frame in frames] == [[]] * len(frames)


def go_to(screen: Screen, page: str) -> None:
    screen.page.locator("[class*=st-key-navigation]").get_by_text(page).click()
    screen.page.locator(PAGES[page]).first.wait_for()
    screen.page.locator(".st-key-card").wait_for(state="attached" if page == "Data" else "detached")


def test_axe_finds_nothing_grave_in_two_periods_and_each_map_says_its_days(window: OpenWindow) -> None:
    screen = window(colours="dark").open(COMPARED)
    assert_nothing_grave(screen)
    names = [screen.map.locator(box).get_attribute("aria-label") for box in ("#earlier", "#map_div")]
    assert names == ["Map of 1 Jun – 31 Jul 2026", "Map of 1 Aug – 30 Sept 2026"]


def assert_table_has_a_row_for_every_incident_of_the_map_and_the_summary_its_counts(
    screen: Screen, shipped: Dataset
) -> None:
    rows = shipped.incidents[shipped.incidents["country"].isin(["LT", "LV"])]
    grid = screen.page.locator(".st-key-table canvas [role=grid], .st-key-table [role=grid]").first
    grid.wait_for(state="attached")
    assert int(grid.get_attribute("aria-rowcount") or 0) - 1 == screen.shown() == len(rows)
    incidents, objects, ground, deepest = (figure.inner_text() for figure in screen.map.locator(".figures dd").all())
    summary = screen.page.locator("p.summary").inner_text()
    events = rows["event"].where(rows["event"] != "", rows["id"]).nunique()
    assert incidents == str(len(rows))
    assert f"{len(rows)} incidents in {events} events" in summary
    assert f"At least {objects} objects in {incidents} incidents" in summary
    assert f"Crash, landing and debris sites: {ground}." in summary
    assert deepest in summary
