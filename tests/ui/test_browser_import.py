"""A list imported in a real browser: dropped, two of its columns matched by hand, accepted, seen on the map, undone."""

import csv
from pathlib import Path

import openpyxl
from playwright.sync_api import BrowserContext, Page

from tests.browser import Screen
from tests.counted import ALL
from tests.settled_data import DATA
from tests.ui.test_accessibility import assert_nothing_grave, grave

HEADINGS = ("Data", "Kolumna X", "Kolumna Y", "Państwo", "Szer. geogr.", "Dł. geogr.", "Obiekt", "Zdarzenie", "Źródło")
ROWS = (
    ("14.11.2026", "Terespol", "4", "Polska", "52,0751", "23,6161", "dron", "upadek", "https://tvn24.pl/1"),
    ("12.11.2026", "Kuźnica", "4", "Polska", "53,5109", "23,6495", "balon", "lądowanie", "https://rmf24.pl/1"),
)
GAIZIUNAI = "LT-2025-07-28-gaiziunai"
# Rows that stay out: one is refused, one is asked about.
STAY_OUT = (
    ("31.02.2026", "Sokółka", "4", "Polska", "53,407", "23,502", "balon", "lądowanie", "https://rmf24.pl/2"),
    ("10.11.2026", "Krynki", "4", "Polska", "", "", "balon", "lądowanie", "https://rmf24.pl/3"),
)


def recorded_again() -> tuple[str, ...]:
    """A row that is probably a recorded incident."""
    with (DATA / "incidents.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = next(row for row in csv.DictReader(file) if row["id"] == GAIZIUNAI)
    point = (cells[name].replace(".", ",") for name in ("latitude", "longitude"))
    return ("28.07.2025", "Elsewhere", "4", "Litwa", *point, "dron", "upadek", "https://rmf24.pl/4")


# The page of before is gone, and its map with it.
ALONE = """() => !document.querySelector(".st-key-import")
  && document.querySelectorAll(".st-key-chart iframe").length === 1"""


def match(page: Page, heading: str, field: str) -> None:
    """Choose the field of a column by hand."""
    box = page.get_by_role("combobox", name=f"Our field for {heading}")
    box.fill(field)
    box.press("Enter")
    row = page.locator("[class*=st-key-import-row-]").filter(has_text=heading)
    row.get_by_text("Chosen here").wait_for()


def test_list_is_dropped_matched_accepted_seen_and_undone(
    visitor: BrowserContext, clocked: BrowserContext, changed_app: tuple[str, str], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS, *STAY_OUT, recorded_again()):
        book.active.append(row)
    book.save(tmp_path / "wykaz.xlsx")
    address, _record = changed_app
    screen, other = Screen(visitor, address), Screen(clocked, address)
    page = screen.page
    try:
        other.open().wait_for_figure(str(ALL))
        page.goto(f"{address}/?page=import")
        page.locator("input[type=file]").set_input_files(tmp_path / "wykaz.xlsx")
        page.get_by_text("This is Excel (XLSX): 5 rows, 9 columns.").wait_for()
        match(page, "Kolumna X", "Place")
        match(page, "Kolumna Y", "Location uncertainty")
        status = page.get_by_role("combobox", name="Status (assumption)")
        status.fill("Confirmed")
        status.press("Enter")
        page.locator(".st-key-import-next button").click()
        page.locator(".st-key-import-question-0 button:focus").wait_for()
        assert page.get_by_role("img", name="Map: Krynki, Poland").evaluate("image => image.naturalWidth") > 0
        assert grave(page.main_frame) == []
        page.locator(".st-key-import-step-report button").click()
        page.get_by_text("Terespol, Poland").wait_for()
        screen.map.locator(".mark").nth(1).wait_for()
        screen.map.locator(".leaflet-past-pane .cluster").first.wait_for()  # what is recorded already
        assert_nothing_grave(screen)
        page.get_by_role("button", name="Accept 2").click()
        page.get_by_text("Imported as change").wait_for()
        page.wait_for_function(ALONE)
        screen.settle()
        screen.wait_for_figure(str(ALL + 2))
        other.look_again()  # by itself: nobody has touched this window
        other.wait_for_figure(str(ALL + 2))
        page.goto(f"{address}/?page=history")
        page.locator("[class*=st-key-open-change-] button").first.click()
        page.get_by_role("button", name="Undo").click()
        page.locator("[class*=st-key-undo-now-] button").click()
        page.get_by_text("is undone").wait_for()
        other.look_again()
        other.wait_for_figure(str(ALL))
        assert (screen.errors, other.errors, screen.foreign, other.foreign) == ([], [], [], [])
    finally:
        screen.close()
        other.close()
