"""The app by keyboard alone: every stop has a name and is seen, and from the start one comes to a sheet in hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
from axe_playwright_python.base import AXE_SCRIPT

from dashboard.core.query.area import Viewport
from tests.browser import OpenWindow, Screen

MOST_STOPS = 120
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
# What is asked of a frame. Its stop is what has the keyboard: its accessible name as axe works it out; as long as
# nothing that names depend on changes, axe goes by what it has read of the document. Its look is that of the stop and
# of what is around it, to be compared with how they look without the keyboard. What is too small to be seen, such as
# the input behind a check box, says nothing of whether the focus is seen.
ASKED = """() => {
    let isRead = false;
    const [naming, within] = [["alt", "aria-hidden", "aria-label", "aria-labelledby", "for", "id", "role", "title"],
        {attributes: true, characterData: true, childList: true, subtree: true}];
    new MutationObserver(() => { isRead = false; }).observe(document, {...within, attributeFilter: naming});
    window.stop = () => {
        const stop = document.activeElement;
        if (stop === document.body) return null;
        if (!isRead || !axe.utils.getNodeFromTree(stop)) {
            axe.teardown();
            axe.setup(document.body);
            isRead = true;
        }
        const name = axe.commons.text.accessibleText(stop);
        return {name, tag: stop.tagName, role: stop.getAttribute("role"), html: stop.outerHTML.slice(0, 120)};
    };
    // A grid in which a cell is chosen keeps the keyboard for every cell, or gives it to a cell in its canvas.
    // It paints which one has it.
    window.shown = () => document.activeElement.closest("canvas") || document.activeElement;
    window.look = () => {
        const stop = shown(), around = new Set([stop]);
        for (let box = stop.parentElement, up = 0; box && up < 4; box = box.parentElement, up++) around.add(box);
        [...(stop.closest("label") || stop).querySelectorAll("*")].slice(0, 40).forEach((part) => around.add(part));
        const seen = [...around].filter((part) => {
            const {width, height} = part.getBoundingClientRect(), style = getComputedStyle(part);
            const isClipped = style.clip !== "auto" || style.clipPath !== "none";
            return width > 3 && height > 3 && style.opacity !== "0" && !isClipped;
        });
        return () => seen.flatMap((part) => [null, "::after"].map((pseudo) => {
            const style = getComputedStyle(part, pseudo);
            const border = style.borderTopWidth === "0px" ? "" : style.borderColor;
            const outline = style.outlineStyle === "none" ? "" : style.outline;
            const painted = part.tagName === "CANVAS" && !pseudo ? part.toDataURL() : "";
            return [outline, style.boxShadow, border, style.backgroundColor, style.content, painted].join();
        }));
    };
}"""
# The stop that has the keyboard, in the page or in the map.
STOP = """() => {
    const {activeElement: stop} = document;
    return (stop.tagName === "IFRAME" ? stop.contentWindow : window).stop();
}"""
# The same, and whether the stop before it looks as it did when it had the keyboard.
NEXT = """async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    if (window.last?.tagName === "CANVAS") await painted();
    const {activeElement} = document;
    const inside = activeElement.tagName === "IFRAME" ? activeElement.contentWindow : window;
    const shown = inside.shown(), moved = shown !== window.last;
    const unseen = window.before && moved ? window.before() : null, stop = inside.stop();
    window.last = shown;
    if (stop) {
        const look = inside.look(), had = look();
        window.before = () => look().every((part, at) => part === had[at]);
    } else window.before = null;
    return [stop, unseen];
}"""
# Streamlit's own, which offers no way to name them: the main part of the page, to which "Skip to main content" leads,
# a landmark of which there is one; and the table's canvas with the box that scrolls it, in which lies a grid with
# every heading and cell for those who do not see it, also the empty ones.
NAMELESS = (
    '<main id="stMain"',
    '<td role="gridcell"',
    '<canvas data-testid="data-grid-canvas"',
    '<div draggable="false" class="dvn-scroller',
)


def prepare(screen: Screen) -> None:
    """Let axe tell names, and let nothing glide, so that a look is the same at once."""
    for frame in (screen.page.main_frame, screen.frame):
        frame.evaluate(f"{AXE_SCRIPT};0")
        frame.evaluate(ASKED)
        frame.add_style_tag(content=STILL)


def stops(screen: Screen) -> list[dict[str, Any]]:
    """Every stop of the Tab key, from the first to the one after which the page is left."""
    found: list[dict[str, Any]] = []
    for _ in range(MOST_STOPS):
        screen.page.keyboard.press("Tab")
        stop, unseen = screen.page.evaluate(NEXT)
        if found:
            found[-1]["unseen"] = unseen
        if stop is None:
            return found
        found.append(stop)
    raise AssertionError(f"The Tab key does not come to an end: {found[-3:]}")


def go_to(screen: Screen, wanted: Callable[[dict[str, Any]], bool], key: str = "Tab") -> dict[str, Any]:
    """Press Tab until the stop that is wanted has the keyboard."""
    passed = []
    for _ in range(MOST_STOPS):
        screen.page.keyboard.press(key)
        stop: dict[str, Any] | None = screen.page.evaluate(STOP)
        if stop and wanted(stop):
            return stop
        passed.append(stop and stop["name"])
    raise AssertionError(f"Not reached; passed were {passed}")


def named(name: str) -> Callable[[dict[str, Any]], bool]:
    return lambda stop: stop["name"] == name


def assert_named_and_seen(found: list[dict[str, Any]]) -> None:
    nameless = [stop["html"] for stop in found if not stop["name"].strip()]
    assert [html for html in nameless if not html.startswith(NAMELESS)] == []
    assert [stop["html"] for stop in found if stop["unseen"]] == []


def test_every_stop_has_a_name_and_is_seen(window: OpenWindow) -> None:
    screen = window(1920, 1080).open("country=LT&from=2025-07-01&to=2025-09-30")
    prepare(screen)
    found = stops(screen)
    assert_named_and_seen(found)
    names = [stop["name"] for stop in found]
    assert len(names) > 60
    for name in ("Map", "Reset", "Search", "Lithuania", "Crash", "Drone", "Confirmed", "Saved views", "Export"):
        assert name in names
    for name in ("Zoom to selection (Z)", "Zoom in", "Play (P)", "First day", "Last day", "Present", "Table"):
        assert name in names
    assert "28 July 2025, Gaižiūnai, Lithuania: Crash, Drone" in names
    # The same with a card and the table.
    go_to(screen, lambda stop: stop["name"].startswith("No. 2 · 28 July 2025 Gaižiūnai"))
    screen.page.keyboard.press("Enter")
    screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania").wait_for()
    go_to(screen, named("Table"))
    screen.page.keyboard.press("Space")
    screen.page.locator(".st-key-table canvas").first.wait_for()
    found = stops(screen)
    assert_named_and_seen(found)
    assert "close icon" in " ".join(stop["name"] for stop in found)  # as Streamlit calls it
    assert [stop["name"] for stop in found if stop["tag"] == "A"][1:]  # its sources, after that which skips


def test_from_the_start_to_a_sheet_in_hand_by_keyboard_alone(screen: Screen, tmp_path: Path) -> None:
    screen.open()
    prepare(screen)
    go_to(screen, named("Lithuania"))
    screen.page.keyboard.press("Space")
    screen.wait_for_address("country=LT")
    screen.page.locator(".sentence").filter(has_text="Lithuania, 2 March 2022").wait_for()
    go_to(screen, named("Export"))
    screen.page.keyboard.press("Enter")
    screen.page.locator(".st-key-takeaway-body").wait_for()
    go_to(screen, named("A4"))
    with screen.page.expect_download() as download:
        screen.page.keyboard.press("Enter")
    file = tmp_path / "sheet.pdf"
    download.value.save_as(file)
    assert download.value.suggested_filename.endswith(".pdf")
    text = pypdf.PdfReader(file).pages[0].extract_text()
    assert "Lithuania" in text


def test_mark_and_days_are_chosen_and_a_card_closed_by_keyboard_alone(screen: Screen) -> None:
    screen.open("country=LT&from=2025-07-01&to=2025-09-30")
    prepare(screen)
    for key in ("Enter", "Space"):
        back = "Tab" if key == "Enter" else "Shift+Tab"
        if key == "Space":  # away from the mark, and to it again
            screen.page.keyboard.press("Tab")
        go_to(screen, named("28 July 2025, Gaižiūnai, Lithuania: Crash, Drone"), back)
        screen.page.keyboard.press(key)
        heading = screen.page.get_by_role("heading", name="Gaižiūnai, Lithuania")
        heading.wait_for()
        screen.wait_for_address("id=LT-2025-07-28-gaiziunai")
        screen.page.keyboard.press("Escape")
        heading.wait_for(state="detached")
    # And from there to the days.
    stop = go_to(screen, named("First day"))
    assert stop["role"] == "slider"
    for _ in range(2):
        screen.page.keyboard.press("ArrowRight")
    go_to(screen, named("Last day"))
    screen.page.keyboard.press("End")
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_url(lambda url: "from=2025-07-01" not in url and "to=2026-10-03" in url)
    assert screen.map.locator("#timeline .end").last.get_attribute("aria-valuetext") == "3 October 2026"


def test_briefing_by_keyboard_alone_from_the_page_and_back_to_it(screen: Screen) -> None:
    screen.open("country=LT&lat=54.9&lon=24.6&zoom=7")
    prepare(screen)
    keyboard, heading = screen.page.keyboard, screen.map.locator("#head h1")
    incidents = screen.shown()
    keyboard.press("Tab")
    keyboard.press("b")
    screen.wait_for_address("present=1")
    screen.map.locator("#head .sentence").filter(has_text="Lithuania, 2 March 2022").wait_for()
    screen.wait_for_area(Viewport.around(54.9, 24.6, 7).bounds)
    assert screen.shown() == incidents
    for key, title, number in (
        ("Home", "Drones over Poland", 1),
        ("ArrowRight", "Drones over Lithuania", 2),
        ("PageDown", "Debris in Romania", 3),
        ("PageUp", "Drones over Lithuania", 2),
        ("ArrowLeft", "Drones over Poland", 1),
    ):
        keyboard.press(key)
        heading.filter(has_text=title).wait_for()
        screen.wait_for_address(f"step={number}")
    # The buttons step, too, and keep the keyboard.
    go_to(screen, named("Next view (→)"))
    for title, number in (("Drones over Lithuania", 2), ("Debris in Romania", 3)):
        keyboard.press("Enter")
        heading.filter(has_text=title).wait_for()
        screen.wait_for_address(f"step={number}")
        screen.settle()
        assert screen.page.evaluate(STOP)["name"] == "Next view (→)"
    keyboard.press("Home")
    heading.filter(has_text="Drones over Poland").wait_for()
    # A view of the overview, to which the keyboard goes by itself.
    keyboard.press("o")
    overview = screen.map.get_by_role("navigation", name="All views (O)")
    overview.wait_for()
    passed = [screen.page.evaluate(STOP)["name"]]
    for _ in range(2):
        keyboard.press("Tab")
        passed.append(screen.page.evaluate(STOP)["name"])
    assert passed == ["1 Drones over Poland", "2 Drones over Lithuania", "3 Debris in Romania"]
    keyboard.press("Enter")
    heading.filter(has_text="Debris in Romania").wait_for()
    screen.wait_for_address("step=3")
    overview.wait_for(state="hidden")
    # Overview and days are there and gone by their keys.
    keyboard.press("o")
    overview.wait_for()
    keyboard.press("Escape")
    overview.wait_for(state="hidden")
    days = screen.map.locator("#timeline")
    for state in ("visible", "hidden", "visible"):
        keyboard.press("t")
        days.wait_for(state=state)
    # Back at work, the view is the one that was shown.
    screen.frame.wait_for_function("() => !incursions.map._animatingZoom && incursions.map.getZoom() !== 7")
    incidents = screen.shown()
    keyboard.press("Escape")
    screen.page.wait_for_url(lambda url: "present" not in url)
    screen.map.locator("#head").wait_for(state="hidden")
    screen.page.locator(".sentence").filter(has_text="Romania").wait_for()
    screen.settle()
    assert screen.shown() == incidents
    assert "area=" not in screen.page.url  # the saved view names none, and leaving the briefing has moved nothing
    assert not screen.map.get_by_text("outside the map").is_visible()
    assert screen.page.get_by_role("checkbox", name="Romania").is_checked()
    assert not screen.page.get_by_role("checkbox", name="Lithuania").is_checked()
