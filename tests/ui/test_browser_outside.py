"""What is foreign, in a real browser: addresses out of reach, and hostile data, too many to draw one by one."""

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from dashboard.core.data.dataset import MAP_FILES, read_dataset
from dashboard.core.query.filter import Filter
from dashboard.core.query.view import View
from dashboard.render.symbols.clustering import MOST_CELLS
from tests.browser import OpenWindow, Screen, apart
from tests.conftest import csv_text
from tests.servers import running_app
from tests.settled_data import DATA


def test_foreign_addresses_are_noted_and_out_of_reach(window: OpenWindow) -> None:
    screen = window()
    for foreign in ("http://example.org/", "https://203.0.113.7/"):
        assert (
            screen.page.evaluate("url => fetch(url, { mode: 'no-cors' }).catch(() => 'nothing')", foreign) == "nothing"
        )
        assert screen.foreign == [foreign]
        screen.foreign.clear()
    assert all("ERR_NAME_NOT_RESOLVED" in error for error in screen.errors)
    screen.errors.clear()


def test_answers_forbid_foreign_addresses(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        pass
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.fixture(scope="module")
def other_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 5,000 incidents, some of which would do harm if they could."""
    folder = tmp_path_factory.mktemp("data")
    for name in MAP_FILES:
        (folder / name).symlink_to(DATA / name)
    attack = "</script><img src=x onerror=alert(1)>\"'};alert(2);//"
    rows = [
        {
            "id": f"LT-{n}",
            "latitude": str(54 + n % 70 / 50),
            "longitude": str(22 + n % 97 / 32),
            "place": attack,
            "model": attack,
        }
        for n in range(5000)
    ]
    (folder / "incidents.csv").write_text(csv_text(*rows), "utf-8")
    return folder


def test_many_incidents_are_counted_by_cells_and_few_are_marks_again(visitor: BrowserContext, other_data: Path) -> None:
    with running_app(data=str(other_data)) as address:
        screen = Screen(visitor, address, 1920, 1080).open("lat=54.7&lon=23.5&zoom=7")
        screen.page.wait_for_function("() => document.querySelector('.sentence')?.textContent.includes('5,000')")
        screen.frame.wait_for_function("() => document.querySelectorAll('.cluster').length > 10")
        assert screen.shown() == 5000
        assert screen.map.locator(".cluster, .mark").count() <= MOST_CELLS
        assert apart(screen.frame)
        screen.page.locator(".st-key-text input").fill("LT-12")
        screen.page.keyboard.press("Enter")
        expected = len(read_dataset(other_data).select(View(Filter(text="LT-12"))))
        screen.wait_for_figure(str(expected))
        assert screen.shown() == expected
        screen.marks.first.click()
        screen.page.locator("h1.place").wait_for()
        assert "<img src=x onerror=alert(1)>" in screen.page.locator("h1.place").inner_text()
        assert re.search(r"alert\(2\)", screen.page.locator(".fields").inner_text())
        assert screen.errors == []
        assert screen.foreign == []
        screen.close()
