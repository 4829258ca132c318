"""Looks: chosen on the page, kept in the address, the same for widgets and map; and those of sheets."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.errors import QueryError
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.symbols.palettes import CONTRAST, DARK, LIGHT, PALETTES, PRINT, THEMES, Palette
from dashboard.render.text.handout import make_handout
from tests.browser import OpenWindow, Screen, box_of, rgb
from tests.page import PAGE

PRODUCED = datetime(2026, 10, 4, 12, 0, tzinfo=UTC)
# Of every text on the page, the least contrast to what lies behind it, and where.
LEAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (part) => part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = (rgb) => 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
  const mixed = ([r, g, b], ground, a) => [r, g, b].map((part, i) => part * a + ground[i] * (1 - a));
  const over = (colour, ground, a = 1) => mixed(colour, ground, (colour[3] ?? 1) * a);
  const opacity = (element) => element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1;
  const ground = (element) => element
    ? over(parts(getComputedStyle(element).backgroundColor), ground(element.parentElement)) : [255, 255, 255];
  const aside = "[data-testid=stSkipToContent], [hidden], :disabled, [aria-disabled=true], script, style, canvas";
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width > 3 && height > 3;
  };
  let least = [21, ""];
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    if (!isSeen(element) || element.closest(aside)) continue;
    const behind = ground(element), front = over(parts(getComputedStyle(element).color), behind, opacity(element));
    const [low, high] = [luminance(front), luminance(behind)].sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < least[0]) least = [contrast, element.outerHTML.slice(0, 300)];
  }
  return least;
}"""


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    app.query_params |= query
    app.run()
    assert not app.exception
    return app


def paper_of(app: AppTest) -> str:
    (sheet,) = (text for one in app.get("html") if "--paper:" in (text := str(one.proto.body)))
    return sheet.partition("--paper:")[2][:7]


@pytest.mark.parametrize(("look", "palette"), THEMES.items(), ids=THEMES)
def test_address_opens_a_look_and_keeps_it(look: str, palette: Palette) -> None:
    app = opened(look=look, country="LT")
    assert paper_of(app) == palette.paper
    assert app.query_params["look"] in (look, [look])
    assert app.pills(key="look-choice").value == look


def test_choice_goes_into_the_address_and_out_of_it_again() -> None:
    app = opened()
    assert "look" not in app.query_params
    app.pills(key="look-choice").set_value("contrast").run()
    assert app.query_params["look"] in ("contrast", ["contrast"])
    assert paper_of(app) == CONTRAST.paper
    app.pills(key="look-choice").set_value("").run()
    assert "look" not in app.query_params
    assert paper_of(app) == LIGHT.paper


def test_unknown_look_is_told_and_ignored() -> None:
    app = opened(look="print")
    assert paper_of(app) == LIGHT.paper
    assert any("asks for a theme that does not exist" in one.value for one in [*app.toast, *app.warning, *app.markdown])


def test_briefing_is_dark_unless_a_look_was_chosen() -> None:
    assert paper_of(opened(present="1")) == DARK.paper
    assert paper_of(opened(present="1", look="light")) == LIGHT.paper


def test_look_is_no_part_of_a_view() -> None:
    view, ignored = parse_query_string("country=LT&look=dark")
    assert not ignored
    assert view == parse_query_string("country=LT")[0]


def painted(screen: Screen, palette: Palette) -> None:
    """Wait until page, widgets and map have the colours of a palette."""
    screen.wait_for_paper(palette.paper)
    sea = "() => getComputedStyle(document.documentElement).getPropertyValue('--sea')"
    screen.frame.wait_for_function(f"(sea) => ({sea})() === sea", arg=palette.sea)
    ground = "(selector) => getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert screen.frame.evaluate(ground, ".leaflet-container") == rgb(palette.sea)
    assert screen.page.evaluate(ground, ".st-key-header") == rgb(palette.paper)


def assert_the_whole_side_bar_can_be_reached(screen: Screen) -> None:
    """The choice of the look is its last part; when it has the keyboard nothing else on the page has moved."""
    screen.page.locator("[class*=st-key-look-choice] button").last.focus()
    box = box_of(screen.page.locator("[class*=st-key-look-choice]"))
    assert box["y"] + box["height"] <= 768
    assert screen.page.evaluate("document.querySelector('[data-testid=stAppViewContainer]').scrollTop") == 0


def test_link_opens_with_its_look_whatever_the_system_and_it_changes_at_once(
    window: OpenWindow,
) -> None:
    screen = window(1366, 768, "light").open("look=dark&country=LT")
    painted(screen, DARK)
    assert_the_whole_side_bar_can_be_reached(screen)
    screen.page.evaluate("window.stayed = true")
    choice = screen.page.locator("[class*=st-key-look-choice]")
    for name, palette in (("High contrast", CONTRAST), ("Match device", LIGHT)):
        choice.get_by_role("radio", name=name).click()
        painted(screen, palette)
    screen.page.emulate_media(color_scheme="dark")
    painted(screen, DARK)
    choice.get_by_role("radio", name="Light").click()
    painted(screen, LIGHT)
    choice.get_by_role("radio", name="Match device").click()
    painted(screen, DARK)
    assert screen.page.evaluate("window.stayed")  # without loading the page again
    assert "look" not in screen.page.url


def assert_seven_to_one(screen: Screen) -> None:
    contrast, where = screen.settle().page.evaluate(LEAST)
    assert contrast >= 7, where


def test_in_high_contrast_every_text_of_every_page_and_of_what_opens_has_seven_to_one(
    window: OpenWindow,
) -> None:
    screen = window(colours="dark").open("look=contrast&country=LT&id=LT-2025-07-28-gaiziunai")
    painted(screen, CONTRAST)
    assert_seven_to_one(screen)
    for name in ("Export", "About the data"):
        screen.page.get_by_role("button", name=name).click()
        opened = screen.page.get_by_test_id("stPopoverBody")
        opened.wait_for()
        assert_seven_to_one(screen)
        opened.press("Escape")
        opened.wait_for(state="hidden")
    screen.page.locator(".st-key-dates button").last.click()
    calendar = screen.page.get_by_test_id("stDateInputCalendar")
    calendar.wait_for()
    assert_seven_to_one(screen)
    screen.page.keyboard.press("Escape")
    calendar.wait_for(state="hidden")
    pages = {"Trends": ".st-key-trends svg.marks", "States": "h1:text('States')", "Data": ".st-key-incidents canvas"}
    for page, own in pages.items():
        screen.page.locator("[class*=st-key-navigation]").get_by_text(page, exact=True).click()
        screen.page.locator(own).first.wait_for()
        screen.page.locator(".st-key-foot").wait_for(state="detached")
        screen.page.locator(".st-key-card").wait_for(state="attached" if page == "Data" else "detached")
        assert_seven_to_one(screen)


@pytest.mark.parametrize(
    ("format_", "look"),
    [
        (Format("png"), "light"), (Format("svg"), "light"), (Format("svg", "A4"), "print"), (Format("pdf"), "print"),
        (Format("pdf", "A3", portrait=True), "print"), (Format("pdf", "16:9"), "light"),
        (Format("pdf", "A4", theme="dark"), "dark"), (Format("png", theme="contrast"), "contrast"),
    ],
)  # fmt: skip
def test_paper_has_the_print_look_unless_another_is_asked_for(format_: Format, look: str) -> None:
    assert format_.palette is PALETTES[look]


def test_unknown_look_of_a_sheet_is_refused() -> None:
    with pytest.raises(QueryError, match="choose one of light, dark, contrast, print"):
        Format("png", theme="grey")


@pytest.mark.slow
@pytest.mark.parametrize("look", PALETTES)
def test_sheet_has_the_colours_of_its_look_and_no_others(shipped: Dataset, look: str) -> None:
    view = parse_query_string("country=LT&from=2025-07-01&to=2025-07-31")[0]
    drawing = make_sheet(make_handout(shipped, view, PRODUCED), Format("svg", theme=look)).decode().lower()
    palette = PALETTES[look]
    for colour in (palette.paper, palette.ink, palette.sea, palette.flank_land, palette.categories["crash"]):
        assert colour.lower() in drawing
    for other in PALETTES.values():
        if other is not palette:
            assert other.categories["crash"].lower() not in drawing


def test_command_line_takes_a_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "lt.svg"
    assert main(["sheet", "--query", "country=LT", "--look", "print", "-o", str(out)]) == 0
    assert PRINT.categories["crash"].lower() in out.read_text().lower()
    assert main(["sheet", "--query", "country=LT", "--look", "grey", "-o", str(out)]) == 2
    assert "choose one of light, dark, contrast, print" in capsys.readouterr().err


def test_looks_differ() -> None:
    assert all(one.paper != other.paper for one, other in pairwise(THEMES.values()))
