"""The wall in a real browser: it steps by itself, shows new data or says why not, and outlives a server that dies."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser import Screen
from tests.conftest import VIEWS
from tests.servers import end, free_port, start_app
from tests.settled_data import DATA
from tests.ui.test_browser_briefing import wait_for_title

# By how much a page's clock is put forward: to a wall's next step; until it misses an answer; until a pointer hides.
STEP_MS, SILENCE_MS, REST_MS = 30_000, 26_000, 3_000


def write(file: Path, text: str) -> None:
    """Write a file as if some time ago: one that was written to just now is not read yet."""
    file.write_text(text, "utf-8")
    earlier = time.time() - 5
    os.utime(file, (earlier, earlier + len(text) % 3))


def step(screen: Screen, expected: str, number: int) -> None:
    """Put the clock forward until a wall steps by itself, and wait until the page has followed."""
    screen.page.clock.fast_forward(STEP_MS)
    wait_for_title(screen, expected)
    screen.wait_for_address(f"step={number}")


def test_wall_steps_by_itself_shows_new_data_and_outlives_a_killed_server(
    clocked: BrowserContext, tmp_path: Path
) -> None:
    data, views, port = tmp_path / "data", tmp_path / "views.yaml", free_port()
    shutil.copytree(DATA, data)
    views.write_text(VIEWS, "utf-8")
    settings = {"data": str(data), "views": str(views), "database": f"sqlite:///{tmp_path / 'record.sqlite'}"}
    server = start_app(port, settings)
    try:
        screen = Screen(clocked, f"http://127.0.0.1:{port}").open(f"wall=1&every={STEP_MS // 1000}&step=1")
        wait_for_title(screen, "Drones over Poland")
        assert_pointer_hides_when_it_rests(screen)
        assert_new_data_are_shown_or_it_is_said_that_they_cannot(screen, data / "incidents.csv")
        end(server)
        alarm = screen.map.locator("#head .alarm").filter(has_text="No answer from the server since")
        screen.page.clock.fast_forward(STEP_MS)  # it asks, and nobody answers
        screen.page.clock.fast_forward(SILENCE_MS)
        alarm.wait_for()
        assert screen.shown() > 0
        server = start_app(port, settings)
        assert_it_goes_on(screen, alarm)
        screen.close()
    finally:
        end(server)


def assert_pointer_hides_when_it_rests(screen: Screen) -> None:
    screen.page.mouse.move(700, 500)
    screen.map.locator("body:not(.idle)").wait_for(state="attached")
    screen.page.clock.fast_forward(REST_MS)
    screen.map.locator("body.idle").wait_for(state="attached")
    screen.page.mouse.move(720, 520)
    screen.map.locator("body:not(.idle)").wait_for(state="attached")


def assert_new_data_are_shown_or_it_is_said_that_they_cannot(screen: Screen, file: Path) -> None:
    rows = file.read_text("utf-8").splitlines(keepends=True)
    assert "days old" in screen.map.locator("#head .age").inner_text()
    alarms = screen.map.locator("#head .alarm")
    assert alarms.all_inner_texts() == ["The data are old: they contain nothing after 3 October 2026."]
    step(screen, "Drones over Lithuania", 2)
    write(file, "".join(rows[:-1]))
    step(screen, "Debris in Romania", 3)
    screen.map.locator("#head .sentence").filter(has_text="of 335 incidents").wait_for()
    write(file, "nothing that could be read")
    step(screen, "Drones over Poland", 1)
    alarms.filter(has_text="The data could not be read again").wait_for()
    assert "of 335 incidents" in screen.map.locator("#head .sentence").inner_text()
    write(file, "".join(rows))
    step(screen, "Drones over Lithuania", 2)
    screen.map.locator("#head .sentence").filter(has_text="of 336 incidents").wait_for()
    assert alarms.filter(has_text="could not be read").count() == 0


def assert_it_goes_on(screen: Screen, alarm: Locator) -> None:
    """The server is back: the wall says so, and steps on."""
    for _ in range(10):  # it tries again, after longer and longer pauses of its own, and each try takes its time
        screen.page.clock.fast_forward(STEP_MS)
        with suppress(AssertionError):
            expect(alarm).to_have_count(0, timeout=10_000)
            break
    alarm.wait_for(state="detached")
    heading = screen.map.locator("#head h1")
    while "Drones over Poland" not in (title := heading.inner_text()):  # the third step at the latest
        screen.page.clock.fast_forward(STEP_MS)
        heading.filter(has_not_text=title).wait_for()
    assert "wall=1" in screen.page.url
