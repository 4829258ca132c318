"""Addresses that ask for what cannot be: each opens a page, and none ends in an error."""

import logging
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.core.analysis.comparison import compare
from dashboard.core.analysis.counting import Tally, span_of
from dashboard.core.analysis.state_profiles import profiles
from dashboard.core.analysis.timeline import timeline
from dashboard.core.analysis.trends import monthly, yearly
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.periods import begun_by
from dashboard.core.query.view import NAMES, parse_query, parse_query_string
from dashboard.errors import DashboardError
from dashboard.render.text.headings import title_of
from dashboard.render.text.selection import summary_in_words
from dashboard.render.web.map_state import Scene
from dashboard.settings import settings
from dashboard.ui.filters import presets
from tests.counted import ALL
from tests.page import open_page

pytestmark = pytest.mark.slow
MANY = int(os.environ.get("FUZZ_ADDRESSES", "80"))  # random addresses

# fmt: off
HOSTILE = (
    "", " ", "0", "1", "-1", "1e999", "nan", "inf", "9" * 5000, "x" * 20_000, "\x00", "a\x00b", "\ud800",
    "\u202e", "\x1b[31m", "🛩" * 300, "{{9**9}}", "{%raw%}", "${7*7}", "`", "</script><script>alert(1)</script>", "%",
    "%%s%n", "%00%ff%zz", "a=b&c=d", "?", "#", "../../etc/passwd", "**bold** [x](http://example.org)",
    "0001-01-01", "0205-07-01", "1944-12-31", "1945-01-01", "2022-03-01", "2024-02-29", "2025-07-01", "2026-10-03",
    "2026-11-01", "2099-12-31", "9999-12-31", "10000-01-01", "20250701", "2025-W01-1", "2025-02-30", "٢٠٢٥-٠٧-٠١",
    "0001-01-01..9999-12-31", "9999-12-31..9999-12-31", "1945-01-01..2099-12-31", "2025-07-01..2025-09-30", "..", "pl",
    "PL", "LT", "XK", "none", "crash", "uav", "confirmed", "app6", "previous", "2026-10-03-ab12cd34", "90",
)
# fmt: on


def addresses(count: int) -> list[dict[str, list[str]]]:
    """Random combinations of all the names of a query, and some that are none, with such values."""
    chance = random.Random(20261103)
    names = (*NAMES, "embed", "foo", "\x00", "{{1}}")
    return [
        {
            name: [chance.choice(HOSTILE) for _ in range(chance.choice((1, 1, 1, 2, 5)))]
            for name in chance.sample(names, chance.randint(1, len(names)))
        }
        for _ in range(count)
    ]


def test_no_address_makes_an_error(shipped: Dataset) -> None:
    """All that a page works out for a view, without the page."""
    profiled = set()
    for query in addresses(MANY):
        view, notices = parse_query(query)
        assert all(text and len(text) < 400 for text in notices)
        again, said = parse_query_string(view.query_string())
        assert (again, said) == (view, []), query
        assert title_of(view)
        try:
            selection = shipped.select(view)
        except DashboardError:  # of a release that is not stored
            assert view.since
            continue
        comparison = compare(shipped, view)
        assert shipped.sentence(view, len(selection))
        assert summary_in_words(selection, view, shipped, comparison)
        timeline(selection)
        rows = selection.rows
        span = span_of(shipped, view, rows)
        assert shipped.known.end >= span.end >= span.start
        if len(begun_by(rows, span.end)):
            tally = Tally(begun_by(rows, span.end), "events", span)
            assert monthly(tally, "category").total == yearly(tally).total == tally.total
        asked = (tuple(rows["id"]), span.end)
        if asked not in profiled:  # many of these addresses come to the same incidents
            profiles(selection, shipped.borders, span.end)
            profiled.add(asked)
        assert presets(shipped)


@pytest.fixture
def page() -> Callable[..., AppTest]:
    return open_page


def told(app: AppTest) -> str:
    """The texts of a page, or the error that it ends in."""
    assert not app.exception
    assert not app.error
    return " ".join(element.proto.body for element in app.get("html"))


BEYOND = [
    ({"from": "2026-11-01"}, "nothing can be known yet, the information ends on 3 October 2026"),
    ({"to": "2022-03-01"}, "nothing is known, the data begin on 2 March 2022"),
    ({"from": "2026-11-01", "compare": "previous"}, "nothing can be known yet"),
    ({"from": "0205-07-01"}, f"2 March 2022 – 3 October 2026: all {ALL} incidents"),
    ({"to": "9999-12-31", "compare": "0001-01-01..9999-12-31"}, f"2 March 2022 – 3 October 2026: all {ALL} incidents"),
]


@pytest.mark.parametrize(("query", "words"), BEYOND, ids=[str(query) for query, _words in BEYOND])
def test_days_of_which_nothing_is_known_are_no_error(
    page: Callable[..., Any], query: dict[str, str], words: str
) -> None:
    assert words in told(page(query))


@pytest.mark.parametrize(
    "mode", [{"page": "trends"}, {"page": "states"}, {"page": "changes"}, {"present": "1"}, {"wall": "1", "every": "5"}]
)
def test_days_of_which_nothing_is_known_are_no_error_elsewhere(page: Callable[..., Any], mode: dict[str, str]) -> None:
    for query, _words in BEYOND[:2]:
        app = page(query | mode)
        told(app)
        app.run()
        told(app)


def test_widget_of_days_shows_those_that_are_known_and_the_address_keeps_those_that_are_asked(
    page: Callable[..., Any],
) -> None:
    app = page({"from": "2026-01-01", "to": "2026-12-31"})
    assert "All states, 2026, to 3 October: " in told(app)
    assert [day.isoformat() for day in app.date_input[0].value] == ["2026-01-01", "2026-10-03"]
    assert (app.query_params["from"], app.query_params["to"]) == ("2026-01-01", "2026-12-31")
    assert app.pills(key="preset").value == "2026"
    app = page({"from": "2026-07-01"})
    assert dict(app.query_params) == {"from": "2026-07-01"}
    app = page({"from": "2026-11-01"})
    assert dict(app.query_params) == {"from": "2026-11-01"}


def test_error_within_a_page_is_told_in_our_words_and_leads_back(
    page: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dashboard.ui.foot.show_table", lambda rows, *_: 1 / (len(rows) // ALL))
    app = page({"country": "LT"})
    with caplog.at_level(logging.ERROR):
        app.toggle(key="table-open").set_value(True).run()
    assert not app.exception
    assert "Something went wrong at " in app.error[0].value
    assert "ZeroDivisionError" in caplog.text and "division" not in app.error[0].value
    app.button(key="start-again").click().run()
    assert f"all {ALL} incidents" in told(app)


@pytest.mark.usefixtures("own_record")
def test_release_that_is_gone_does_not_keep_a_wall(
    page: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    views = tmp_path / "views.yaml"
    views.write_text(
        "- query: since=2020-01-01-aaaa1111\n  title: Gone\n- query: country=LT\n  title: There\n", "utf-8"
    )
    monkeypatch.setenv("DASHBOARD_VIEWS", str(views))
    settings.cache_clear()
    shown: list[Scene] = []

    def changing(scene: Scene) -> object:
        shown.append(scene)
        return st

    monkeypatch.setattr("dashboard.ui.map.changing", changing)
    monkeypatch.setattr("dashboard.ui.map.st_folium", lambda *_, **__: None)
    app = page({"wall": "1", "every": "5", "step": "1"})
    told(app)
    briefing = shown[-1].briefing
    assert briefing
    (alarm, *_) = briefing["alarms"]
    assert alarm.startswith("View 1, “Gone”, could not be shown. There is no release")
    assert briefing["index"] == 1 and briefing["every"] == 5
    assert shown[-1].figures is None and briefing["sentence"] == ""
