"""The line on what has changed since the last visit: counted from its moment, quiet where there is nothing to tell."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext
from streamlit.testing.v1 import AppTest

from dashboard.core.incidents.columns import COLUMNS
from dashboard.ui import visit
from tests.browser import Screen
from tests.conftest import csv_text
from tests.page import html_of, open_page
from tests.releases import released

pytestmark = pytest.mark.slow

VISIT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=90)


def write(folder: Path, *changes: dict[str, str]) -> None:
    (folder / "incidents.csv").write_text(csv_text(*changes, columns=(*COLUMNS, "withdrawn")), "utf-8")


@pytest.fixture
def changed(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Three incidents were there at the last visit; since then one was added, one corrected, one withdrawn."""
    first = datetime.now(UTC) - timedelta(days=2)
    monkeypatch.setattr("dashboard.core.record.record.datetime", Clock(first))
    write(data_folder, {}, {"id": "LT-2"}, {"id": "LT-3"})
    released(data_folder, first)
    monkeypatch.setattr("dashboard.core.record.record.datetime", datetime)
    write(data_folder, {}, {"id": "LT-2", "damage": "a roof"}, {"id": "LT-3", "withdrawn": "A bird."}, {"id": "PL-1"})
    return first


class Clock:
    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self, zone: tzinfo) -> datetime:
        return self.time.astimezone(zone)


def came(monkeypatch: pytest.MonkeyPatch, at: datetime | str | None) -> None:
    """Have the browser say when the last visit was."""
    told = str(round(at.timestamp() * 1000)) if isinstance(at, datetime) else at
    monkeypatch.setattr(visit, "_told", lambda: told or "")


def line(app: AppTest) -> str:
    return "".join(re.findall(r'<p role="status">(Since your last visit.*?)</p>', html_of(app)))


def test_line_tells_what_changed_and_one_click_shows_only_that(
    changed: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    came(monkeypatch, VISIT)
    app = open_page({"category": "debris"})
    today = datetime.now(UTC).date()
    when = f"{VISIT.day} {VISIT:%B}"
    if VISIT.date() == today:
        when += f" {VISIT:%Y}, {VISIT:%H:%M} UTC"
    elif VISIT.year != today.year:
        when += f" {VISIT:%Y}"
    assert line(app) == f"Since your last visit on {when}: 1 incident added, 1 corrected, 1 withdrawn."
    app.button("visit-show").click().run()
    assert app.query_params["since"] == f"{VISIT:%Y-%m-%dT%H:%M:%SZ}"
    assert "category" not in app.query_params
    assert line(app) == ""
    assert f"Only incidents added or corrected since {VISIT.day} {VISIT:%B %Y}, {VISIT:%H:%M} UTC." in html_of(app)
    assert "2 of 3 incidents" in html_of(app)
    app.button("since-all").click().run()
    assert line(app)
    app.button("visit-close").click().run()
    assert line(app) == ""
    assert not app.exception


def test_nothing_is_said_at_a_first_visit_or_where_nothing_changed_or_nothing_is_known(
    changed: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr("dashboard.core.record.record.datetime", Clock(now - timedelta(minutes=1)))
    for told in (None, "", "yesterday", "9" * 40, now + timedelta(hours=2), changed - timedelta(days=9)):
        came(monkeypatch, told)
        app = open_page({})
        assert not (line(app) or app.exception)
    came(monkeypatch, datetime.now(UTC))
    assert line(open_page({})) == ""


def test_what_was_only_withdrawn_leads_to_the_list_of_changes(
    changed: datetime, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(data_folder, {}, {"id": "LT-2"}, {"id": "LT-3", "withdrawn": "A bird."})
    came(monkeypatch, VISIT)
    app = open_page({})
    assert line(app).endswith(": 1 incident withdrawn.")
    app.button("visit-history").click().run()
    assert app.query_params["page"] == "history"


def test_earlier_data_have_no_line(changed: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    came(monkeypatch, VISIT)
    assert line(open_page({"as_of": f"{datetime.now(UTC):%Y-%m-%d}"})) == ""


def test_browser_keeps_the_time_of_the_visit(visitor: BrowserContext, screen: Screen, address: str) -> None:
    """Loaded again within the hour, it is the same visit, and what has changed since the last one is still told."""
    last = str(round(datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp() * 1000))
    visitor.add_cookies([{"name": "seen", "value": last, "url": address}])
    for _ in range(2):
        screen.open()
        assert screen.page.locator(".st-key-visit p").first.inner_text().startswith("Since your last visit on 26 Nov")
        kept = {cookie["name"]: cookie["value"] for cookie in visitor.cookies()}
        assert (kept["last-visit"], kept["seen"] > last) == (last, True)
