"""The pages of the data: the menu of its parts, the table of incidents, and the problems."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.core.data.dataset import Dataset
from dashboard.ui.data_menu import PARTS
from dashboard.ui.editing import may_edit
from tests.conftest import csv_text
from tests.page import html_of, open_page

pytestmark = pytest.mark.slow
ATTACK = "<img src=x onerror=alert(1)>"


def parts(app: AppTest) -> list[str]:
    keys = [button.key or "" for button in app.button]
    return [key.removeprefix("part-") for key in keys if key.startswith("part-")]


@pytest.mark.parametrize(("asked", "page"), [("changes", "history"), ("method", "method")])
def test_older_addresses_lead_to_the_part(asked: str, page: str) -> None:
    app = open_page({"page": asked})
    assert app.query_params["page"] == page
    assert parts(app) == list(PARTS)
    assert next(one for one in app.button_group if (one.key or "").startswith("navigation")).value == "data"


def test_parts_are_offered_on_the_pages_of_the_data_alone() -> None:
    assert parts(open_page({})) == []
    app = open_page({"page": "data"})
    app.button("part-problems").click().run()
    assert app.query_params["page"] == "problems"


def test_a_row_of_the_table_opens_its_card(shipped: Dataset) -> None:
    app = open_page({"page": "data", "country": "LT"})
    assert len(app.dataframe[0].value) == (shipped.incidents["country"] == "LT").sum()
    assert 'h1 class="place"' not in html_of(app)
    chosen = open_page({"page": "data", "country": "LT", "id": "LT-2025-07-28-gaiziunai"})
    assert '<h1 class="place">Gaižiūnai' in html_of(chosen)


def test_problems_are_listed_with_line_and_remedy_and_what_is_left_out_is_counted(data_folder: Path) -> None:
    text = csv_text({}, {"id": "LT-2", "date": ATTACK}, {"id": "LT-3", "date": "2099-01-01"})
    (data_folder / "incidents.csv").write_text(text, "utf-8")
    app = open_page({"page": "problems"})
    assert "3 records: 2 incidents and 1 set aside for a fault." in html_of(app)
    assert ATTACK not in html_of(app)
    first = app.dataframe[0].value.iloc[0]
    assert list(first[["Result", "File", "Line", "Column", "Value"]]) == [
        "Set aside", "incidents.csv", 3, "date", ATTACK,
    ]  # fmt: skip
    assert first["Expected"].startswith("expected a day")
    assert app.dataframe[0].value["Result"].tolist()[1:] == ["Warning"] * (len(app.dataframe[0].value) - 1)


def test_data_without_a_problem_says_so(data_folder: Path) -> None:
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    (data_folder / "about.toml").write_text("cutoff = 2026-10-03T18:00:00Z\n")
    assert "1 record: 1 incident." in html_of(open_page({"page": "problems"}))


@pytest.mark.parametrize(("address", "allowed"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False)])
def test_editing_is_allowed_on_a_server_of_this_machine_alone(
    monkeypatch: pytest.MonkeyPatch, address: str, allowed: bool
) -> None:
    monkeypatch.setattr("streamlit.get_option", {"server.address": address}.get)
    assert may_edit() is allowed
