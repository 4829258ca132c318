"""Web pages to send, made for the tests."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.text.handout import make_handout
from dashboard.render.web.webpage import make_webpage

PRODUCED = datetime(2026, 10, 4, 9, 15, tzinfo=UTC)
QUERY = "country=LT&country=PL&from=2025-07-01&to=2025-09-30&lat=54.2&lon=22.5&zoom=6.25"
WORDS = "&marking=TLP:AMBER&title=Drones over Lithuania and Poland&finding=Most came by night."
GAIZIUNAI = "LT-2025-07-28-gaiziunai"
ATTACK = "</script><!--<img src=x onerror=alert(1)>\"'};alert(2);//{{'x'}}\u2028javascript:alert(3)"
SHOWN = """() => [...document.querySelectorAll('.mark, .cluster')]
    .reduce((sum, element) => sum + Number(element.dataset.count || 1), 0)"""


# Of the incidents that are counted by cells, how many lie in sight.
IN_SIGHT = """() => { const { latitude, longitude } = webpage.data.counted, bounds = incursions.map.getBounds();
    return latitude.filter((degrees, i) => bounds.contains([degrees, longitude[i]])).length; }"""


def page_of(dataset: Dataset, query: str = QUERY) -> str:
    view, notices = parse_query_string(query)
    assert not notices
    return make_webpage(make_handout(dataset, view, PRODUCED)).decode()


def data_of(page: str, block: str = "data") -> dict[str, Any]:
    found = re.findall(rf'<script type="application/json" id="{block}">(.*)</script>', page)[0]
    return dict(json.loads(found))


class Opened:
    """A page opened from disk; whatever else it asks for is blocked and noted."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page, self.file = page, file
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._request)
        page.on("pageerror", self._error)
        page.on("console", self._console)
        page.on("dialog", self._dialog)
        page.route(lambda address: address != file.as_uri(), lambda route: route.abort())
        page.goto(file.as_uri())
        page.locator("html[data-ready=true]").wait_for(state="attached", timeout=20_000)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        self.errors.append(message.text)

    def _dialog(self, dialog: Dialog) -> None:
        self.errors.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def shown(self) -> int:
        return int(self.page.evaluate(SHOWN))

    def close(self) -> None:
        self.page.remove_listener("request", self._request)
        self.page.remove_listener("pageerror", self._error)
        self.page.remove_listener("console", self._console)
        self.page.remove_listener("dialog", self._dialog)
        self.page.unroute_all()
        self.page.goto("about:blank")
        foreign = [address for address in self.asked if address != self.file.as_uri()]
        assert [address for address in foreign if not address.startswith("data:")] == []
        assert self.errors == []
