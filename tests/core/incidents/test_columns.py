"""The table of columns, and what it takes to add one."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import COLUMNS, GIVEN, MEASURED, Column
from dashboard.core.incidents.vocabulary import word
from tests import PROJECT
from tests.conftest import csv_text
from tests.settled_data import DATA

PACKAGE = PROJECT / "dashboard"
WORKED_OUT = {"line", "geometry", "last_day", "words"}  # of every incident, but in no file


def documented() -> dict[str, str]:
    """The data dictionary: the meaning of each column."""
    (table,) = re.findall(
        r"\| column \| meaning \|\n\| --- \| --- \|\n((?:\|.*\n)+)", (DATA / "README.md").read_text("utf-8")
    )
    head, *rows = table.splitlines()
    cells = [row.strip("|").split("|", 1) for row in (head, *rows)]
    return {name.strip(): meaning for names, meaning in cells for name in names.split(",")}


def test_data_dictionary_has_the_columns_of_a_file() -> None:
    assert sorted(documented()) == sorted(column.name for column in GIVEN)


@pytest.mark.parametrize(
    "column", [column for column in GIVEN if column.codes and not column.states], ids=lambda column: column.name
)
def test_codes_of_a_column_are_in_the_data_dictionary_and_have_words(column: Column) -> None:
    for code in column.codes:
        assert f"`{code}`" in documented()[column.name]
        assert word(column.name, code) not in ("", code)


def test_every_column_of_an_incident_is_in_the_table_of_columns(shipped: Dataset) -> None:
    assert set(shipped.incidents) - WORKED_OUT == {*COLUMNS, *(column.name for column in MEASURED)}


def test_every_column_of_a_file_has_a_name_for_people() -> None:
    assert [column.name for column in GIVEN if not column.label] == ["withdrawn"]


def test_no_two_columns_of_the_table_have_one_heading() -> None:
    headings = [column.heading for column in (*GIVEN, *MEASURED) if column.heading]
    assert len(headings) == len(set(headings))


# A column more.

WINGSPAN = """\
    Column(
        "wingspan_m", "number", label=_("Wingspan"), unit=_("m"), card=True, heading=_("Wingspan"),
        bounds=(0, 100), expected=_("expected metres from 0 to 100"),
    ),
"""
SHOW = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.core.data.dataset import read_dataset
from dashboard.core.query.view import View
from dashboard.render.export import make_export
from dashboard.render.text.handout import make_handout
from dashboard.settings import settings

dataset = read_dataset(settings().data)
content = make_export(make_handout(dataset, View(), datetime(2026, 1, 1, tzinfo=UTC)), "csv")
app = AppTest.from_file(str(Path("dashboard") / "ui" / "page.py"), default_timeout=60)
app.query_params["id"] = "LT-1"
app.session_state["table-open"] = True
app.run()
table = app.dataframe[0].value
json.dump(
    {
        "errors": [error.value for error in app.exception],
        "problems": [problem.message for problem in dataset.problems],
        "card": "".join(element.proto.body for element in app.get("html")),
        "table": table.set_index("Place")["Wingspan"].dropna().to_dict(),
        "csv": content.decode("utf-8-sig"),
    },
    sys.stdout,
)
"""


@pytest.fixture
def copy_of_the_project(tmp_path: Path, data_folder: Path) -> Path:
    """A copy of the program, whose table of columns has one line more."""
    shutil.copytree(PACKAGE, tmp_path / "dashboard", ignore=shutil.ignore_patterns("__pycache__"))
    table = tmp_path / "dashboard" / "core" / "incidents" / "columns.py"
    source = table.read_text("utf-8")
    last = "    Column(WITHDRAWN"
    assert source.count(last) == 1
    table.write_text(source.replace(last, WINGSPAN + last), "utf-8")
    return tmp_path


@pytest.mark.slow
def test_line_in_the_table_adds_a_column_to_card_table_and_csv(copy_of_the_project: Path) -> None:
    rows = [{"wingspan_m": "12"}, {"id": "LT-2", "place": "Vilnius"}, {"id": "LT-3", "wingspan_m": "-5"}]
    (copy_of_the_project / "incidents.csv").write_text(csv_text(*rows, columns=(*COLUMNS, "wingspan_m")), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(copy_of_the_project)}
    ran = subprocess.run(
        [sys.executable, "-c", SHOW],
        cwd=copy_of_the_project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    shown = json.loads(ran.stdout)
    assert shown["errors"] == []
    assert len(shown["problems"]) == 1
    assert "xpected metres from 0 to 100" in shown["problems"][0]
    assert "<dt>Wingspan</dt><dd>12 m</dd>" in shown["card"]
    assert shown["table"] == {"Gaižiūnai": 12}
    written = csv.DictReader(shown["csv"].splitlines())
    assert {row["id"]: row["wingspan_m"] for row in written} == {"LT-1": "12", "LT-2": ""}
