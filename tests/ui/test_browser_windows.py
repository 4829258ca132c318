"""Small, low and odd windows, and paper: nothing is cut or covered, and everything can be reached."""

from pathlib import Path

import pypdf
import pytest

from dashboard.render.symbols.palettes import LIGHT
from tests.browser import OpenWindow, Screen, box_of
from tests.ui.test_browser_briefing import FILLED
from tests.ui.test_looks import painted

CARD = "country=LT&from=2025-07-01&to=2025-07-31&id=LT-2025-07-28-gaiziunai"
RELEASABLE = "NATO RESTRICTED, RELEASABLE TO FINLAND AND SWEDEN, NOT BEYOND"
PHONE, UPRIGHT, ZOOMED, TABLET, LAPTOP = (390, 844), (768, 1024), (683, 384), (1024, 768), (1280, 720)
SIZES = [(1366, 768), PHONE, (360, 740), ZOOMED, UPRIGHT, (960, 540), TABLET, LAPTOP]
# Texts that lie over each other, or reach out of the window, as far as their boxes let them be seen.
FAULTS = """(within) => {
  const cut = (box, element) => {
    for (let up = element; up; up = up.parentElement) {
      const style = getComputedStyle(up), clips = style.overflow !== "visible" || up.tagName === "IFRAME";
      if (!clips || up === document.documentElement || up === document.body) continue;
      const around = up.getBoundingClientRect();
      box = { left: Math.max(box.left, around.left), top: Math.max(box.top, around.top),
        right: Math.min(box.right, around.right), bottom: Math.min(box.bottom, around.bottom) };
    }
    return box;
  };
  const texts = [], faults = [];
  for (const root of document.querySelectorAll(within)) for (const element of [root, ...root.querySelectorAll("*")]) {
    const nodes = [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());
    if (!nodes.length || element.closest("script, style, option, [data-testid=stIconMaterial]")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    if (style.color === "rgba(0, 0, 0, 0)" || parseFloat(style.fontSize) === 0) continue;
    for (const node of nodes) {
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        const box = cut(line, element), text = node.data.trim().slice(0, 40);
        if (box.right - box.left < 3 || box.bottom - box.top < 3) continue;
        if (line.right > innerWidth + 1 || line.left < -1) faults.push(`out of the window: ${text}`);
        texts.push([element, box, text]);
      }
    }
  }
  for (const [at, [one, a, text]] of texts.entries()) for (const [other, b, beside] of texts.slice(at + 1)) {
    if (one.contains(other) || other.contains(one)) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 4) faults.push(`${text} / ${beside}`);
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push("the page can be moved sideways");
  return [texts.length, faults];
}"""
SHELL = ".stApp"
PANELS = ".leaflet-control, #timeline"


def resize(screen: Screen, size: tuple[int, int]) -> None:
    screen.page.set_viewport_size({"width": size[0], "height": size[1]})
    screen.settle()
    inside = box_of(screen.page.locator(".st-key-chart iframe"))
    screen.frame.wait_for_function("(wide) => Math.abs(innerWidth - wide) < 2", arg=inside["width"])


def test_no_window_cuts_or_covers_a_text_and_the_map_has_a_third_of_its_height(window: OpenWindow) -> None:
    screen = window(*LAPTOP).open(f"{CARD}&marking={RELEASABLE}")
    for size in SIZES:
        resize(screen, size)
        for frame, within, fewest in ((screen.page.main_frame, SHELL, 15), (screen.frame, PANELS, 8)):
            count, faults = frame.evaluate(FAULTS, within)
            assert (size, faults) == (size, [])
            assert count > fewest
        chart = box_of(screen.map.locator("#map_div"))
        assert chart["height"] >= size[1] / 3, size
        assert chart["width"] >= size[0] / 2, size
        for shown in (".marking", ".cutoff", ".sentence", "h1.place"):
            assert screen.page.locator(shown).is_visible(), (size, shown)
        for name in ("Saved views", "Export"):
            assert screen.page.get_by_role("button", name=name, exact=True).is_visible(), (size, name)


def test_drawer_keeps_what_is_chosen_in_it_and_closes_with_another_page(window: OpenWindow) -> None:
    screen = window(*PHONE).open("from=2025-07-01&to=2025-09-30")
    country = screen.page.get_by_role("checkbox", name="Lithuania")
    assert not country.is_visible()
    drawer = screen.page.locator("details.drawer summary")
    drawer.click()
    screen.page.locator(".st-key-rows-countries label").filter(has_text="Lithuania").click()
    screen.wait_for_address("country=LT")
    screen.wait_for_figure("2")
    screen.page.locator(".set-filters").filter(has_text="2").wait_for()
    assert country.is_visible()  # the drawer is still open
    drawer.click(position={"x": 380, "y": 600})
    country.wait_for(state="hidden")
    resize(screen, TABLET)
    drawer.click()
    assert country.is_checked()
    screen.page.locator("[class*=st-key-navigation]").get_by_text("States", exact=True).click()
    screen.page.locator("h1.heading").filter(has_text="States").wait_for()
    country.wait_for(state="hidden")
    screen.wait_for_address("country=LT")


def test_what_is_pressed_on_a_phone_is_large_enough_and_the_card_a_sheet_that_can_be_folded(
    window: OpenWindow,
) -> None:
    screen = window(*PHONE).open("country=LT&from=2025-07-01&to=2025-07-31")
    grip = screen.page.locator("details.grip summary")
    assert not screen.page.locator(".incidents").is_visible()
    grip.click()
    screen.page.locator(".incidents button").first.click()
    heading = screen.page.locator("h1.place")
    heading.wait_for()
    sheet = screen.page.locator(".st-key-card")
    assert box_of(sheet)["height"] == pytest.approx(0.45 * PHONE[1], abs=4)
    grip.click()
    heading.wait_for(state="hidden")
    assert box_of(sheet)["height"] < 60
    assert_all_is_large_enough_for_a_finger(screen)


def assert_all_is_large_enough_for_a_finger(screen: Screen) -> None:
    screen.page.locator("details.drawer summary").click()
    screen.settle()
    low = """(within) => [...document.querySelectorAll(within)]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .map((one) => [Math.round(one.getBoundingClientRect().height), one.outerHTML.slice(0, 90)])
        .filter(([height]) => height < 44)"""
    assert screen.page.evaluate(low, "button:not([data-testid=stTooltipIcon] *), summary, .stCheckbox label") == []
    screen.map.locator("#timeline .unfold").click(force=True)
    assert screen.frame.evaluate(low, ".leaflet-bar a, #timeline button, #timeline select, summary") == []


def test_paper_has_sentence_marking_figures_map_and_incidents(window: OpenWindow, tmp_path: Path) -> None:
    screen = window(*PHONE, "dark").open(f"{CARD}&look=light&marking=TLP:AMBER%2BSTRICT")
    painted(screen, LIGHT)  # whatever the system
    before = screen.settle().view()
    file = tmp_path / "page.pdf"
    screen.page.pdf(path=str(file), prefer_css_page_size=True)
    pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    first, text = pages[0], "\n".join(pages)
    for words in (
        "Lithuania, 1–31 July 2025: 2 of 336 incidents",
        "Information as of",
        "incidents in 2 events",
    ):
        assert words in first
    assert "Vilnius" in first or "Riga" in first  # names of the map
    assert all(page.count("TLP:AMBER+STRICT") >= 2 for page in pages)
    for words in ("Gaižiūnai, Lithuania", "Šumskas, Lithuania", "92 km ± 7 km", "use Export"):
        assert words in text
    for control in ("Saved views", "Legend", "Present", "Reset", "Cumulative"):
        assert control not in text
    assert len(pages) <= 4
    screen.wait_for_view(before)  # the screen is as it was


def test_title_and_finding_without_spaces_stay_in_their_place_in_a_briefing(window: OpenWindow) -> None:
    words = f"title={'Drohnenüberflugsüberwachung' * 4}&finding={'x' * 240}&marking={'GEHEIM' * 12}"
    sizes = [(1366, 768), (1920, 1080), PHONE]
    screen = window(*sizes[0]).open(f"present=1&country=LT&from=2025-07-01&to=2025-07-31&{words}")
    screen.map.locator("#head h1").wait_for()
    for size in sizes:
        screen.page.set_viewport_size({"width": size[0], "height": size[1]})
        screen.page.wait_for_function(FILLED, arg=[*size])
        count, faults = screen.settle().frame.evaluate(FAULTS, "#head, .figures")
        assert (size, faults) == (size, [])
        assert count > 6
        head, panel = (box_of(screen.map.locator(part)) for part in ("#head", ".figures"))
        assert head["y"] + head["height"] <= panel["y"] + 1, size
        assert head["height"] < size[1] / 2, size
