"""The web page to send, opened in a browser: map, card, table, themes, and hostile text."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from dashboard.core.data.dataset import MAP_FILES, Dataset, read_dataset
from dashboard.core.query.area import Viewport
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.symbols.clustering import MOST_CELLS, MOST_MARKS, cells
from dashboard.render.symbols.palettes import CONTRAST, DARK, LIGHT
from dashboard.render.text.handout import make_handout
from dashboard.render.web.webpage import make_webpage
from tests.browser import SEEN, apart, box_of
from tests.conftest import csv_text
from tests.settled_data import DATA
from tests.webpages import ATTACK, GAIZIUNAI, IN_SIGHT, PRODUCED, QUERY, Opened, page_of


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page that all tests open their files in, one after another: a new one would compile their scripts again."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def opened(blank: Page, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a page; at the end it has asked for nothing and failed in no script."""
    windows: list[Opened] = []

    def open_page(text: str, width: int = 1366, height: int = 768, **media: Any) -> Opened:
        (tmp_path / "page.html").write_text(text, "utf-8")
        blank.set_viewport_size({"width": width, "height": height})
        usual: dict[str, Any] = {"color_scheme": "light", "contrast": "null", "reduced_motion": "reduce"}
        blank.emulate_media(**usual | media)
        windows.append(Opened(blank, tmp_path / "page.html"))
        return windows[-1]

    yield open_page
    for window in windows:
        window.close()


# In a browser


def test_page_opens_on_the_view_and_every_incident_is_on_the_map_and_in_the_table(
    opened: Callable[..., Opened], page: str, shipped: Dataset
) -> None:
    selection = shipped.select(parse_query_string(QUERY)[0]).rows
    window = opened(page)
    check_view(window)
    window.page.evaluate("incursions.showAll()")
    # The missile of Wyryki-Wola is the own side's: drawn and listed, and counted nowhere.
    count = len(selection)
    assert window.shown() == count + 1
    assert window.page.locator("tbody tr").count() == count + 1
    caption = f"{count} incidents, and 1 own-side object (missile)"
    assert window.page.locator("caption").inner_text() == caption
    assert window.page.locator(".figures dd").first.inner_text() == str(count)
    marks = "[data-sample=symbol], [data-sample=reported], [data-sample=disputed]"
    symbols = window.page.locator(f"#legend li:is({marks})").all_inner_texts()
    kinds = ["Overflight", "Crash", "Debris found", "Shot down", "Landed"]
    assert symbols == [*kinds, "Outline: reported, unconfirmed", "Own side, not counted"]
    # What was packed is unpacked to what it was.
    read = "id => JSON.stringify(Topology.unpacked(JSON.parse(document.getElementById(id).textContent)).arcs)"
    arcs = json.loads((DATA / "basemap_far.json").read_bytes())["arcs"]
    assert window.page.evaluate(read, "basemap_far") == json.dumps(arcs, separators=(",", ":"))
    assert window.page.evaluate("typeof window.jQuery") == "undefined"


def check_view(window: Opened) -> None:
    area = Viewport.around(54.2, 22.5, 6.25)
    seen = window.page.evaluate(SEEN)
    assert seen[0] <= area.west and seen[1] <= area.south and seen[2] >= area.east and seen[3] >= area.north
    assert seen[3] - seen[1] < 1.3 * (area.north - area.south)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768)])
def test_map_and_card_fill_the_first_screen(
    opened: Callable[..., Opened], shipped: Dataset, width: int, height: int
) -> None:
    window = opened(page_of(shipped, ""), width=width, height=height)
    chart, card, legend, top, bottom = (
        box_of(window.page.locator(part)) for part in ("#map", "#card", "#legend", ".strip.top", ".strip.bottom")
    )
    assert chart["x"] == top["y"] == 0
    assert chart["x"] + chart["width"] == pytest.approx(card["x"], abs=1)
    assert card["x"] + card["width"] == pytest.approx(width, abs=1)
    assert chart["y"] + chart["height"] == pytest.approx(legend["y"], abs=1)
    assert legend["y"] + legend["height"] == pytest.approx(bottom["y"], abs=1)
    assert bottom["y"] + bottom["height"] == height
    assert chart["height"] > 0.7 * height
    assert window.shown() == 337  # 336 incidents, and the own-side object, which is drawn
    assert window.page.locator(".figures dd").first.inner_text() == "336"
    # The whole selection lies within the map, and nothing of the page is wider than the window.
    inside = "incursions.map.getBounds().contains(L.latLngBounds(incursions.state.extent))"
    assert window.page.evaluate(inside)
    assert window.page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_click_on_a_mark_opens_its_card_and_escape_closes_it(opened: Callable[..., Opened], shipped: Dataset) -> None:
    window = opened(page_of(shipped, "country=LT&from=2025-07-28&to=2025-07-28"))
    mark = window.page.locator(f".mark[data-id={GAIZIUNAI}]")
    mark.hover()
    tooltip = window.page.locator(".leaflet-tooltip")
    assert tooltip.inner_text().split("\n") == ["Gaižiūnai, Lithuania", "Crash, Drone", "28 July 2025"]
    mark.click()
    card = window.page.locator("#card")
    assert card.locator("h2").inner_text() == "Gaižiūnai, Lithuania"
    fields = dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))
    assert (fields["Distance from border"], fields["Reference"]) == ("92 km ± 7 km", GAIZIUNAI)
    links = card.locator("a")
    assert links.count() > 5
    for link in links.all():
        assert (link.get_attribute("href") or "").startswith("https://")
        assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert "selected" in (mark.get_attribute("class") or "")
    assert window.page.locator(".accuracy").count() == 1
    assert window.page.locator(".track").count() == 1
    assert "Location uncertainty" in window.page.locator("#legend").inner_text()
    assert window.page.locator("tr[aria-current=true] button").inner_text() == "Gaižiūnai"
    window.page.keyboard.press("Escape")
    assert card.locator("h3").first.inner_text().upper() == "LATEST INCIDENTS"
    assert window.page.locator(".accuracy, .mark.selected, tr[aria-current]").count() == 0
    assert "Location uncertainty" not in window.page.locator("#legend").inner_text()
    mark.focus()
    window.page.keyboard.press("Enter")
    assert window.page.evaluate("document.activeElement.textContent") == "Gaižiūnai, Lithuania"


def test_row_of_the_table_chooses_its_mark_and_the_keyboard_comes_back_and_sorts(
    opened: Callable[..., Opened], page: str
) -> None:
    window = opened(page)
    rows = window.page.locator("tbody tr")
    rows.nth(1).locator("td").last.click()
    chosen = window.page.locator(".mark.selected")
    assert chosen.count() == 1
    name = rows.nth(1).locator("button").inner_text()
    assert window.page.locator("#card h2").inner_text().startswith(name)
    assert box_of(window.page.locator("#map"))["y"] > 0  # the map is back in sight
    window.page.keyboard.press("Escape")
    assert window.page.evaluate("document.activeElement.textContent") == name
    window.page.keyboard.press("ArrowDown")
    window.page.keyboard.press("Enter")
    assert window.page.locator("#card h2").inner_text().startswith(rows.nth(2).locator("button").inner_text())
    window.page.keyboard.press("Escape")
    check_sorting(window)


def check_sorting(window: Opened) -> None:
    """The table is sorted by what its cells mean."""
    head = window.page.locator("thead [data-column=depth]")

    def depths() -> list[float]:
        cells_ = window.page.locator("tbody [data-column=depth]").all_inner_texts()
        return [float(text.split()[0]) if text[0].isdigit() else -1 for text in cells_]

    assert window.page.locator("thead th[aria-sort]").get_attribute("aria-sort") == "descending"
    before = depths()
    head.locator("button").focus()
    window.page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert depths() == sorted(before)
    window.page.keyboard.press("Enter")
    assert window.page.locator("thead th[aria-sort]").count() == 1
    assert head.get_attribute("aria-sort") == "descending"
    assert depths() == sorted(before, reverse=True)
    assert window.page.locator("th[scope=row]").count() == len(before)


def test_window_of_a_reader_who_wants_contrast_has_it_from_the_start(opened: Callable[..., Opened], page: str) -> None:
    window = opened(page, color_scheme="light", contrast="more")
    colour = "getComputedStyle(document.documentElement).getPropertyValue('--sea')"
    assert window.page.evaluate(colour) == CONTRAST.sea
    assert CONTRAST.categories["crash"] in window.page.inner_html("#legend")


def test_window_has_the_palette_that_its_reader_wants_and_paper_the_light_one(
    opened: Callable[..., Opened], page: str, tmp_path: Path
) -> None:
    window = opened(page, color_scheme="dark")
    colour = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
    assert window.page.evaluate(colour, "--sea") == DARK.sea
    assert DARK.categories["crash"] in window.page.locator(".mark").first.inner_html() + window.page.inner_html(
        "#legend"
    )
    window.page.emulate_media(color_scheme="light")
    painted = "sea => getComputedStyle(document.documentElement).getPropertyValue('--sea') === sea"
    window.page.wait_for_function(painted, arg=LIGHT.sea)
    window.page.emulate_media(contrast="more")
    window.page.wait_for_function(painted, arg=CONTRAST.sea)
    assert CONTRAST.categories["crash"] in window.page.inner_html("#legend")
    window.page.emulate_media(contrast="no-preference")
    window.page.wait_for_function(painted, arg=LIGHT.sea)
    window.page.emulate_media(color_scheme="dark")
    window.page.wait_for_function(painted, arg=DARK.sea)
    before = window.page.evaluate("[incursions.map.getZoom(), incursions.map.getSize().x]")
    window.page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    assert window.page.evaluate("[incursions.map.getZoom(), incursions.map.getSize().x]") == before
    sheets = [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(tmp_path / "page.pdf").pages]
    assert all(sheet.count("TLP:AMBER") >= 2 for sheet in sheets)
    assert all("Information as of 3 October 2026, 23:59 UTC" in sheet for sheet in sheets)
    assert "Most came by night." in sheets[0]
    assert "Eastern-flank border" in sheets[0]
    for heading in ("From border", "Entered from"):
        assert all(heading in sheet for sheet in sheets[1:-1])
    assert "do not imply official endorsement" in sheets[-1]


def test_narrow_window_has_one_column(opened: Callable[..., Opened], page: str) -> None:
    window = opened(page, width=390, height=844)
    chart, card = (box_of(window.page.locator(part)) for part in ("#map", "#card"))
    assert chart["width"] == card["width"] == 390
    assert chart["height"] >= 320
    assert card["y"] > chart["y"] + chart["height"]
    assert window.page.evaluate("document.scrollingElement.scrollWidth") == 390


# Hostile data and many incidents


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """5,000 incidents whose every text would do harm if it could."""
    folder = tmp_path_factory.mktemp("data")
    for name in MAP_FILES:
        (folder / name).symlink_to(DATA / name)
    texts = dict.fromkeys(("place", "model", "damage", "casualties", "response", "summary", "event"), ATTACK)
    rows = [
        {
            **texts,
            "id": f"LT-{n}\"'><img/src=x>",
            "date": f"2025-{1 + n % 12:02}-{1 + n % 28:02}",
            "latitude": str(54 + n % 70 / 50),
            "longitude": str(22 + n % 97 / 32),
            "category": ("crash", "incursion", "debris")[n % 3],
            "sources": f"javascript:alert(1) https://exa%mple.org/x https://example.org/{n}",
        }
        for n in range(5000)
    ]
    (folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    return read_dataset(folder)


def test_hostile_text_is_text(opened: Callable[..., Opened], hostile: Dataset) -> None:
    few = replace(hostile, incidents=hostile.incidents.head(40))
    text = make_webpage(
        make_handout(few, View(title=ATTACK[:100], finding=ATTACK, marking=ATTACK[:70]), PRODUCED)
    ).decode()
    assert text.count("</script>") == 6  # four blocks of data, Leaflet and our script
    assert "<img" not in re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    window = opened(text)
    window.page.locator("tbody button").first.click()
    window.page.locator(".mark.selected").hover()
    for part in ("#card h2", ".story", ".fields", ".finding", "h1", "tbody tr >> nth=0", ".leaflet-tooltip"):
        assert "</script><!--<img src=x" in window.page.locator(part).inner_text(), part
    assert window.page.locator("img").count() == 0
    assert [(link.get_attribute("href") or "")[:20] for link in window.page.locator("#card a").all()] == [
        "https://example.org/"
    ]


def test_many_incidents_are_counted_by_cells(opened: Callable[..., Opened], hostile: Dataset) -> None:
    window = opened(page_of(hostile, ""))
    assert window.shown() == 5000
    assert window.page.locator(".cluster, .mark").count() <= MOST_CELLS
    assert window.page.locator("tbody tr").count() == MOST_MARKS
    caption = "The latest 2,000 of 5,000 incidents; 3,000 older ones are counted on the map, but not in this table"
    assert window.page.locator("caption").inner_text() == caption
    assert "5,000 incidents are too many to draw one by one" in window.page.locator("#card").inner_text()
    # The browser counts as the core does, at any place and zoom.
    bounds = (22.4, 54.1, 24.3, 55.2)
    count = """([bounds, zoom, { counted, categories, grid }]) =>
        Clustering.cells(counted, categories, { ...grid, bounds, zoom })"""
    data = window.page.evaluate_handle("webpage.data")
    for zoom in (4, 7.25, 11):
        counted = window.page.evaluate(count, [bounds, zoom, data])
        expected, alone = cells(hostile.everything, bounds, zoom)
        assert counted["alone"] == alone.tolist()
        counted = counted["cells"]
        numbers = sorted(sum(cell["by_category"].values()) for cell in counted)
        assert numbers == sorted(cell.count for cell in expected)
        told = sorted((round(cell["latitude"], 6), round(cell["longitude"], 6)) for cell in counted)
        asked = sorted((round(cell.latitude, 6), round(cell.longitude, 6)) for cell in expected)
        assert np.allclose(told, asked, atol=1e-5)
    window.page.locator("tbody button").first.click()
    assert window.page.locator(".mark.selected").count() == 1
    assert window.shown() == 5000
    window.page.keyboard.press("Escape")
    window.page.evaluate("void incursions.map.setView([54.7, 23.5], 10, { animate: false })")
    assert window.shown() == window.page.evaluate(IN_SIGHT)
    assert apart(window.page)
    # What is alone in its cell is a mark; one that is in the table opens.
    window.page.evaluate("void incursions.map.setView([54.7, 23.5], 12, { animate: false })")
    assert window.shown() == window.page.evaluate(IN_SIGHT)
    window.page.locator(".mark:not([data-id^=older])").first.click()
    assert window.page.locator("#card.chosen h2").count() == 1
