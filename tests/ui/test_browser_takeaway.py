"""What is taken away in a real browser: files with marking and colours, and a sheet brought back by its ID."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from dashboard.core.query.area import Viewport
from tests.browser import SETTLED, OpenWindow, Screen
from tests.sheets import texts_of
from tests.ui.test_browser_map import GAIZIUNAI, WITH_MAP


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


def test_files_are_taken_away_with_their_marking(screen: Screen) -> None:
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


def test_colours_of_what_is_taken_away_are_chosen_once(screen: Screen) -> None:
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
    screen.page.locator("[class*=st-key-colours-trends]").wait_for()
    screen.page.wait_for_function(SETTLED)  # a part of the page that was left takes no click
    screen.page.locator("[class*=st-key-colours-trends]").get_by_role("radio", name="High contrast").click()
    expect(screen.page.locator(f".st-key-trends-head {chosen}")).to_have_text(["High contrast"])
    screen.page.wait_for_function(SETTLED)
    screen.page.get_by_role("button", name="Export").click()
    popover = screen.page.get_by_test_id("stPopoverBody")
    expect(popover.locator(chosen)).to_have_text(["High contrast"])
    popover.get_by_role("radio", name="Light").click()
    expect(screen.page.locator(f".st-key-trends-head {chosen}")).to_have_text(["Light"])
    assert "look=" not in screen.page.url


def test_link_and_id_of_a_sheet_bring_everything_back_in_a_new_window(window: OpenWindow) -> None:
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


def test_military_symbols_are_a_choice_that_moves_nothing_and_that_a_sheet_keeps(window: OpenWindow) -> None:
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
