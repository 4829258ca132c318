"""The page of states through Streamlit's AppTest."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import csv_text
from tests.counted import ALL, count, events
from tests.page import PAGE, html_of

pytestmark = pytest.mark.slow


def open_page(**query: object) -> AppTest:
    app = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in ({"page": "states"} | query).items():
        app.query_params[name.rstrip("_")] = value
    app.run()
    assert not app.exception
    return app


def chosen(app: AppTest) -> str:
    state = re.findall(r'<h2 class="state">(.*?)</h2>', html_of(app))[0]
    return str(state)


def figures(app: AppTest) -> dict[str, str]:
    """The big figures by what they count."""
    (found,) = re.findall(r'<div class="figures">(.*?)</div></div>', html_of(app), re.DOTALL)
    return {label: value for value, label in re.findall(r"<b>(.*?)</b><span>(.*?)</span>", found)}


def test_all_states_largest_first_and_the_first_is_told_of() -> None:
    app = open_page()
    table = app.dataframe[0].value
    assert list(table["State"])[:3] == ["Romania", "Poland", "Moldova"]
    assert list(table["Incidents"])[:3] == [count(country=state) for state in ("RO", "PL", "MD")]
    assert list(table["Events"])[:3] == [events(country=state) for state in ("RO", "PL", "MD")]
    assert table["Incidents"].sum() == ALL
    assert table["Incidents"].is_monotonic_decreasing
    assert f"15 states: {ALL} incidents in {events()} events." in html_of(app)
    assert chosen(app) == "Romania"


def test_state_is_chosen_with_the_keyboard() -> None:
    app = open_page()
    app.selectbox(key="states-choice").set_value("LT").run()
    assert chosen(app) == "Lithuania"
    assert figures(app)["incidents"] == str(count(country="LT"))
    assert figures(app)["events"] == str(events(country="LT"))
    assert "943 km: 654 km with Belarus and 289 km with Russia; limit of territorial sea: 75 km" in html_of(app)
    app.checkbox(key="categories:crash").check().run()
    assert chosen(app) == "Lithuania"  # and stays chosen
    assert figures(app)["incidents"] == str(count(country="LT", category="crash"))


def test_state_of_the_filter_is_told_of_at_once() -> None:
    app = open_page(country="MD")
    assert chosen(app) == "Moldova"
    assert len(app.dataframe) == 0
    assert not [box for box in app.selectbox if box.key == "states-choice"]
    assert figures(app)["incidents"] == "60"
    assert "No stretch of the eastern-flank border is its own" in html_of(app)


def test_filter_reaches_the_page() -> None:
    app = open_page(country=["LT", "PL"], from_="2025-01-01", to="2025-12-31")
    assert set(app.dataframe[0].value["State"]) == {"Lithuania", "Poland"}
    assert "up to 31 December 2025" in html_of(app)


def test_crash_is_opened_on_the_map() -> None:
    app = open_page(country="LT")
    button = app.button(key="state-town-LT-2025-07-28-gaiziunai")
    assert button.label.startswith("**Jonava, at most 14 km away**")
    button.click().run()
    assert not app.exception
    assert app.session_state.session.page == "map"
    assert app.session_state.session.view.selected == "LT-2025-07-28-gaiziunai"
    area = app.session_state.session.view.viewport
    assert area.west < 24.37 < area.east and area.south < 55.05 < area.north


def test_deepest_entry_is_opened_on_the_map() -> None:
    app = open_page(country="LT", from_="2025-07-01", to="2025-07-31")
    app.button(key="state-open-1").click().run()
    assert app.session_state.session.view.selected == "LT-2025-07-28-gaiziunai"


def test_long_list_of_crashes_can_be_seen_in_full() -> None:
    app = open_page(country="PL")

    def listed() -> int:
        return sum((button.key or "").startswith("state-town-") for button in app.button)

    assert listed() == 8
    assert "24 crashes" in html_of(app)
    app.toggle(key="state-towns-PL").set_value(True).run()
    assert listed() == 24


def test_nothing_to_tell_of_is_said() -> None:
    app = open_page(country="FR")
    assert "No incident matches the filter." in html_of(app)
    assert len(app.dataframe) == 0


def test_html_and_markdown_of_the_data_are_only_text(data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({"place": "<b>x</b> [y](javascript:z)"}), "utf-8")
    app = open_page()
    assert "<b>x</b>" not in html_of(app)
    assert "\\<b\\>x\\</b\\> \\[y\\]\\(javascript\\:\u2060z\\)" in app.button(key="state-town-LT-1").label
