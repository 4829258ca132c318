"""A real browser for the tests and for the README's pictures: Chromium, the app in a window, the map in its frame."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    FloatRect,
    Frame,
    FrameLocator,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from dashboard.ui.refresh import EVERY_S

Scheme = Literal["light", "dark"]
Motion = Literal["reduce", "no-preference"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # A page is used again and again: with little to begin with, a quarter of its time would go into collecting garbage.
    # And each view of it is short: the last stage of compiling takes longer than what it makes is used.
    "--js-flags=--min-semi-space-size=64 --max-semi-space-size=128 --initial-old-space-size=1024 --no-turbofan",
]  # fmt: skip
PATIENCE_MS = 60_000  # for whatever is waited for: a busy machine is no failure
expect.set_options(timeout=PATIENCE_MS)
WORN = 30  # addresses that a page has been at, after which it holds a gigabyte and grows slow
# Nothing runs, nothing of an earlier run is still on the page or fading, and nothing moves but what never ends.
SETTLED = """() => {
    const app = document.querySelector("[data-testid=stApp]");
    const ends = (one) => one.effect.getComputedTiming().endTime !== Infinity;
    return (!app || app.dataset.testScriptState === "notRunning") && !document.querySelector("[data-stale=true]")
        && !document.getAnimations().some((one) => one.playState === "running" && ends(one));
}"""
# The ground of the page, as its style sheet says and as it is seen.
PAPER = """() => [
  getComputedStyle(document.documentElement).getPropertyValue("--paper"),
  getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor,
]"""
SEEN = """() => {
    const seen = incursions.sight.seen();
    return [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()];
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium of the operating system."""
    executable = next(filter(None, map(shutil.which, NAMES)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=SWITCHES)
        yield browser
        browser.close()


def rgb(colour: str) -> str:
    """Write a colour such as #ffffff as a browser tells it."""
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


CLOSED: WeakKeyDictionary[BrowserContext, list[Page]] = WeakKeyDictionary()  # pages to use again


class OpenWindow(Protocol):
    """Open a window for the app; what a test's fixture ``window`` gives."""

    def __call__(self, width: int = 1366, height: int = 768, colours: Scheme = "light") -> "Screen": ...


class Screen:
    """The app in a window, with every foreign address noted; none can be reached (see SWITCHES)."""

    def __init__(
        self,
        context: BrowserContext,
        address: str,
        width: int = 1366,
        height: int = 768,
        colours: Scheme = "light",
        motion: Motion = "reduce",
    ) -> None:
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        # A page that was closed is used again: a new one would compile all of the app's scripts once more.
        closed = CLOSED.setdefault(context, [])
        self.page: Page = closed.pop() if closed else context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=colours, reduced_motion=motion)
        self.page.on("request", self._note)
        self.page.on("pageerror", self._error)
        self.page.on("console", self._console)
        self.page.on("dialog", self._dialog)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, query: str = "") -> "Screen":
        """Open a view and wait until the map is drawn."""
        self.page.goto(f"{self.address}/?{query}")
        self.map.locator("html[data-ready=true]").wait_for(state="attached")
        return self

    def settle(self) -> "Screen":
        """Wait until page and map are as they stay: a page that was left is gone, and nothing fades any more."""
        for frame in (self.page.main_frame, *self.page.main_frame.child_frames):
            frame.wait_for_function(SETTLED)
        return self

    @property
    def map(self) -> FrameLocator:
        """The map's frame, for finding things in it."""
        return self.page.frame_locator(".st-key-chart iframe")

    @property
    def frame(self) -> Frame:
        """The map's frame, for running scripts in it."""
        return next(frame for frame in self.page.frames if "streamlit_folium" in frame.url)

    @property
    def marks(self) -> Locator:
        """The marks that are drawn."""
        return self.map.locator(".mark")

    def shown(self) -> int:
        """How many incidents the marks and the numbers of the clusters add up to."""
        count = """() => [...document.querySelectorAll('.mark:not(.own-side), .cluster')]
            .reduce((sum, element) => sum + Number(element.dataset.count || 1), 0)"""
        return int(self.frame.evaluate(count))

    def view(self) -> tuple[float, float, float]:
        """Latitude, longitude and zoom of the map."""
        found = self.frame.evaluate(
            "() => [incursions.map.getCenter().lat, incursions.map.getCenter().lng, incursions.map.getZoom()]"
        )
        latitude, longitude, zoom = (round(number, 3) for number in found)
        return latitude, longitude, zoom

    def wait_for_view(self, expected: Sequence[float], within: float = 0.03) -> None:
        """Wait until the map shows a place: latitude, longitude and zoom."""
        self.frame.wait_for_function(
            """([expected, within]) => {
                const { lat, lng } = incursions.map.getCenter();
                const is = (value, at) => Math.abs(value - expected[at]) <= within;
                return [lat, lng, incursions.map.getZoom()].every(is);
            }""",
            arg=[list(expected), within],
        )

    def seen(self) -> list[float]:
        """West, south, east and north of what is seen on the map."""
        return list(self.frame.evaluate(SEEN))

    def wait_for_area(self, area: Sequence[float], least: float = 0.5) -> None:
        """Wait until the map stands still and shows all of an area, which is at least that part of what is seen."""
        self.frame.wait_for_function(
            f"""([west, south, east, north, least]) => {{
                const [w, s, e, n] = ({SEEN})(), slack = 0.01 * (e - w);
                return !incursions.sight.ours && w <= west + slack && s <= south + slack && e >= east - slack
                    && n >= north - slack && Math.max((east - west) / (e - w), (north - south) / (n - s)) >= least;
            }}""",
            arg=[*area, least],
        )

    def wait_for_paper(self, colour: str) -> None:
        """Wait until the page has a ground, such as #ffffff, in its style sheet and to be seen."""
        self.page.wait_for_function(
            f"(wanted) => {{ const [paper, app] = ({PAPER})(); return paper === wanted[0] && app === wanted[1]; }}",
            arg=[colour, rgb(colour)],
        )

    def wait_for_address(self, part: str) -> None:
        """Wait until the address holds a part."""
        self.page.wait_for_url(lambda url: part in url)

    def wait_for_figure(self, incidents: str) -> None:
        """Wait until the map shows so many incidents."""
        self.map.locator(".figures dd").first.filter(has_text=incidents).wait_for()

    def look_again(self) -> None:
        """Put the clock forward, in a window that has one of its own, until the page looks for newer data by itself."""
        self.page.clock.fast_forward(int(EVERY_S * 1000))

    def close(self) -> None:
        """Close the window, with nothing of it left for the next one."""
        if self.page.url.startswith(self.address):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.page.context.clear_cookies()
        self.page.remove_listener("request", self._note)
        self.page.remove_listener("pageerror", self._error)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("dialog", self._dialog)
        if self.page.evaluate("() => history.length") > WORN:
            self.page.close()
        else:
            self.page.goto("about:blank")
            CLOSED[self.page.context].append(self.page)


def box_of(locator: Locator) -> FloatRect:
    """Where something is drawn, in pixels of the window."""
    box = locator.bounding_box()
    assert box
    return box


def save(page: Page, file: Path) -> None:
    """Write a picture of the page."""
    page.screenshot(path=str(file))


RINGS = """() => [...document.querySelectorAll('.cluster')].map((element) => element.getBoundingClientRect())
    .map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2, (right - left) / 2])"""


def apart(place: Page | Frame) -> bool:
    """Whether no ring of a map covers the number of another."""
    x, y, reach = np.array(place.evaluate(RINGS)).T
    distance = np.hypot(x[:, None] - x, y[:, None] - y) + np.eye(len(x)) * 1e9
    return bool((distance > 0.85 * (reach[:, None] + reach)).all())
