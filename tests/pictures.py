"""Draws the pictures of the README anew from the running app: ``make pictures``."""

from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from PIL import Image

from dashboard.core.data.recorded import RecordedData
from dashboard.core.query.view import parse_query_string
from dashboard.core.record.record import Record
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.layout import Format
from dashboard.render.text.handout import make_handout
from dashboard.settings import settings
from tests import PROJECT
from tests.browser import Scheme, Screen, chromium
from tests.servers import running_app

FOLDER = PROJECT / "docs" / "pictures"
SCREEN = (
    "country=LT&country=PL&country=LV&from=2024-07-01&to=2025-09-30&lat=54.4&lon=22.3&zoom=6.5"
    "&id=LT-2025-07-28-gaiziunai"
)
DARK = "country=RO&country=MD&lat=45.7&lon=28.3&zoom=7.75&id=RO-2025-09-13-chilia-veche"
BRIEFING = (
    "country=LT&from=2025-07-01&to=2025-07-31&lat=54.8&lon=24.6&zoom=7&id=LT-2025-07-28-gaiziunai"
    "&title=Drones over Lithuania, July 2025&marking=TLP:CLEAR"
)
SHEET = (
    "country=PL&from=2025-09-09&to=2025-09-10&title=Night of 9 to 10 September 2025: drones over Poland"
    "&finding=Fourteen crash sites, the farthest some 240 km inside the border.&marking=TLP:CLEAR"
)


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_app(data=str(PROJECT / "data")) as address, chromium() as browser:
        windows: list[tuple[str, str, Scheme]] = [("screen", SCREEN, "light"), ("dark", DARK, "dark")]
        for name, query, theme in windows:
            screen = Screen(browser.new_context(), address, colours=theme).open(query)
            screen.page.locator("h1.place").wait_for()
            screen.page.screenshot(path=FOLDER / f"{name}.png")
            screen.close()
        screen = Screen(browser.new_context(), address).open(f"present=1&{BRIEFING}")
        screen.map.locator("#card h2").wait_for()
        screen.map.locator("body.idle").wait_for(state="attached")  # without pointer and buttons
        screen.page.screenshot(path=FOLDER / "briefing.png")
        screen.close()
    with TemporaryDirectory() as place:  # a record of its own, which knows the releases
        data = RecordedData(Record(f"sqlite:///{place}/record.sqlite"), settings().data).now()
    handout = make_handout(data, parse_query_string(SHEET)[0], datetime(2026, 11, 22, 9, 15, tzinfo=UTC))
    (FOLDER / "sheet.png").write_bytes(make_sheet(handout, Format("png")))
    for file in FOLDER.glob("*.png"):
        with Image.open(file) as picture:
            small = picture.convert("RGB").quantize(200, dither=Image.Dither.NONE)
        small.save(file, optimize=True)


if __name__ == "__main__":
    main()
