"""Findings of the charts, checked against counts of the file by hand."""

import re

import pytest

from dashboard.core.analysis.counting import Tally, span_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import CHARTS, View, parse_query_string
from dashboard.render.charts import QUESTIONS
from dashboard.render.charts.findings import finding_of
from dashboard.render.charts.projected import HEIGHT, SIZE, AskedChart, chart_of, chart_state
from dashboard.render.symbols.palettes import DARK
from tests.counted import ALL, count, incidents, of_year

LEAST_PX, LINES, LAID_OUT = (
    24,
    1080,
    576,
)  # the last row of seats; lines of the screen, and those the page is laid out for


def tally_of(shipped: Dataset, query: str = "") -> Tally:
    view = parse_query_string(query)[0]
    selection = shipped.select(view).rows
    return Tally(selection, "incidents", span_of(shipped, view, selection))


def asked(shipped: Dataset, query: str) -> tuple[View, AskedChart | None]:
    view = parse_query_string(query)[0]
    return view, chart_of(shipped, view, shipped.select(view))


def test_every_question_has_a_name_in_the_address_and_a_finding(shipped: Dataset) -> None:
    assert set(CHARTS) == set(QUESTIONS)
    tally = tally_of(shipped)
    for key in QUESTIONS:
        finding = finding_of(key, tally)
        assert finding.words and len(finding.words) < 90, key
        assert 0 < len(finding.rows) <= 10 and {len(row) for row in finding.rows} == {len(finding.heads)}, key


def test_years_are_compared_in_all_and_by_the_same_day(shipped: Dataset) -> None:
    finding = finding_of("years", tally_of(shipped))
    latest = of_year(2026)
    assert finding.words == f"{latest} incidents by 3 October 2026, more than in all of 2025 ({of_year(2025)})"
    assert finding.heads == ("Year", "By 3 Oct", "In all")
    assert finding.rows[0] == ("2026", str(latest), str(latest))
    assert finding.rows[-1][2] == str(of_year(2022))


def test_most_confirmed_and_attributed_are_those_of_the_file(shipped: Dataset) -> None:
    tally = tally_of(shipped)
    assert finding_of("statuses", tally).words == f"{count(status='confirmed')} of {ALL} incidents confirmed"
    assert finding_of("states", tally).words == f"Romania has most: {count(country='RO')} of {ALL} incidents"
    assert finding_of("objects", tally).words == f"Most often drones: {count(object_type='uav')} of {ALL} incidents"
    assert finding_of("objects", tally).rows[0][-1] == str(count(object_type="uav"))
    assert finding_of("origins", tally).words == f"Attributed to Russia: {count(origin='RU')} of {ALL} incidents"


@pytest.mark.parametrize("key", ["depths", "crashes", "hours"])
def test_rows_of_a_table_add_up_to_what_the_chart_shows(shipped: Dataset, key: str) -> None:
    tally = tally_of(shipped)
    assert sum(int(row[1]) for row in finding_of(key, tally).rows) == QUESTIONS[key](tally).shown


def test_view_says_which_chart_stands_in_the_place_of_the_map(shipped: Dataset) -> None:
    _view, chart = asked(shipped, "chart=statuses&count=events&country=PL")
    assert chart
    assert chart.tally.count == "events"
    assert len(chart.tally.selection) == len(incidents(country="PL"))
    assert asked(shipped, "country=PL")[1] is None
    assert asked(shipped, "chart=years&country=HU&from=2025-07-01&to=2025-07-31")[1] is None  # nothing to count


def test_chart_before_an_audience_has_headline_caveat_and_type_that_can_be_read(shipped: Dataset) -> None:
    view, chart = asked(shipped, "chart=years")
    assert chart
    state = chart_state(chart, view, shipped, DARK)
    assert state["headline"] == chart.finding.words
    assert state["caveat"] == shipped.about.completeness
    assert state["svg"].startswith("<svg ") and "<script" not in state["svg"]
    height = re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', state["svg"])[0]
    assert float(height) <= HEIGHT + 10
    assert SIZE * LINES / LAID_OUT >= LEAST_PX
    titled, chart = asked(shipped, "chart=years&title=Ever more")
    assert chart
    assert chart_state(chart, titled, shipped, DARK)["headline"] == "Ever more"
