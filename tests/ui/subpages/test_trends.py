"""The page of charts: its questions, what is counted, its files and tables, and the same in a browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.analysis.counting import Tally
from dashboard.render.charts import QUESTIONS
from tests.browser import Screen
from tests.conftest import csv_text
from tests.counted import ALL, count, events
from tests.page import PAGE, html_of, open_page

pytestmark = pytest.mark.slow


@pytest.fixture
def page() -> Callable[..., AppTest]:
    """Open the page of charts at an address."""

    def open_(**query: object) -> AppTest:
        app = open_page({"page": "trends", **query})
        assert not app.exception
        return app

    return open_


def questions(app: AppTest) -> dict[str, str]:
    """What each question's chart counts, by the question."""
    return dict(re.findall(r'<h2 class="question">(.*?)<small>(.*?)</small></h2>', html_of(app)))


def test_every_question_has_its_chart_files_and_table(page: Callable[..., Any]) -> None:
    app = page()
    assert len(questions(app)) == len(QUESTIONS) == len(app.get("vega_lite_chart"))
    assert all(question.endswith("?") for question in questions(app))
    offers = [button.proto.label for button in app.get("download_button")]
    assert (offers.count("PNG"), offers.count("SVG") >= len(QUESTIONS)) == (len(QUESTIONS), True)
    assert not app.dataframe


def test_chart_of_a_view_stands_alone_with_its_finding(page: Callable[..., Any]) -> None:
    app = page(chart="years")
    assert list(questions(app)) == ["How do the years compare, day by day?"]
    assert re.search(r'<p class="finding">\d+ incidents by 3 October 2026, more than', html_of(app))
    assert app.query_params["chart"] == "years"
    app.button(key="charts-all").click().run()
    assert len(questions(app)) == len(QUESTIONS)
    assert "chart" not in app.query_params
    app.button(key="enlarge-statuses").click().run()
    assert list(questions(app)) == ["How many are confirmed?"]
    assert app.query_params["chart"] == "statuses"


def test_address_of_a_chart_needs_no_page() -> None:
    app = open_page({"chart": "hours"})
    assert app.query_params["page"] == "trends"


def test_page_says_what_is_counted_and_that_data_are_not_complete(page: Callable[..., Any]) -> None:
    text = html_of(page(country="LT"))
    assert re.search(
        rf"Lithuania, 2 March 2022 – 3 October 2026: <b>{count(country='LT')} incidents in \d+ events</b>\.", text
    )
    assert '<p class="incomplete">' in text and "thin from April 2026 on" in text


def test_switch_counts_events_everywhere(page: Callable[..., Any]) -> None:
    app = page()
    assert questions(app)["What happened, month by month?"] == f"{ALL} incidents"
    assert all(counted.endswith(" incidents") for counted in questions(app).values())
    app.segmented_control(key="trends-count").set_value("events").run()
    assert not app.exception
    assert questions(app)["What happened, month by month?"] == f"{events()} events"
    assert all(counted.endswith(" events") for counted in questions(app).values())


def test_choice_stays_when_the_filter_changes(page: Callable[..., Any]) -> None:
    app = page()
    app.segmented_control(key="trends-count").set_value("events").run()
    app.checkbox(key="countries:LT").check().run()
    assert questions(app)["Which states were entered, month by month?"] == f"{events(country='LT')} events"


def test_charts_tell_themselves_to_those_who_cannot_see_them(page: Callable[..., Any]) -> None:
    told = [chart.proto.alt for chart in page().get("vega_lite_chart")]
    largest = f"Overflight {count(category='incursion')}, Crash {count(category='crash')}"
    assert any(text.startswith(f"{ALL} incidents: {largest}") for text in told)
    assert all(told)


def test_nothing_is_a_sentence_and_no_chart(page: Callable[..., Any]) -> None:
    app = page(country="FR")
    assert "No incident matches the filter." in html_of(app)
    assert not app.get("vega_lite_chart")


def test_question_without_an_answer_says_why(page: Callable[..., Any]) -> None:
    app = page(category="debris")
    assert len(app.get("vega_lite_chart")) == len(QUESTIONS) - 1
    assert questions(app)["How far inside were the crash sites?"].startswith("0 of ")


def test_nothing_is_counted_for_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> None:
        raise AssertionError("the page of charts is not shown")

    monkeypatch.setattr(Tally, "counted", never)
    app = AppTest.from_file(PAGE, default_timeout=60).run()
    assert not app.exception


def test_html_in_what_the_keeper_says_is_only_text(page: Callable[..., Any], data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    (data_folder / "about.toml").write_text('completeness = "<img src=x onerror=alert(1)>"\n', "utf-8")
    text = html_of(page(q="<script>"))
    assert "<img src=x" not in text
    assert "<script" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_charts_are_drawn_and_taken_away_in_a_browser(screen: Screen) -> None:
    screen.page.goto(f"{screen.address}/?page=trends&country=LT&marking=TLP:GREEN")
    charts = screen.page.locator(".st-key-trends svg.marks")
    charts.nth(len(QUESTIONS) - 1).wait_for(state="attached", timeout=60_000)
    assert charts.count() == len(QUESTIONS)
    bars = screen.page.locator(".st-key-answer-categories svg.marks path[aria-roledescription='rect mark']")
    assert bars.count() > 10
    assert screen.page.locator("details:not(.drawer), .vega-actions").count() == 0, "no menu that leads elsewhere"

    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-picture-states-png button").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"incursions_LT_TLP-GREEN_states-incidents-\w{4}-\w{4}\.png", name)
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")

    screen.page.get_by_role("button", name="Table").first.click()
    screen.page.locator(".st-key-numbers-categories [data-testid='stDataFrame']").wait_for()

    screen.page.keyboard.press("Escape")
    screen.page.locator(".st-key-answer-years svg.marks").hover()
    assert not screen.page.locator(".st-key-trends [data-testid='stElementToolbar']:visible").count()

    screen.page.get_by_role("radio", name="Events").click()
    screen.page.locator(".st-key-answer-states h2", has_text="31 events").wait_for()
