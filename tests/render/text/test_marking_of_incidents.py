"""Markings of single incidents, and of a guarded server: whatever shows them carries no lesser one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.export import EXPORTS, make_export
from dashboard.render.text.handout import Handout, make_handout, with_marking
from dashboard.render.text.selection import highest_marking
from dashboard.settings import settings

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


@pytest.fixture
def marked(data_folder: Path, incidents_file: Callable[..., Path]) -> Dataset:
    """One incident each in Lithuania (TLP:AMBER) and in Poland (TLP:RED)."""
    incidents_file(
        {"id": "LT-one", "marking": "TLP:AMBER"},
        {"id": "PL-one", "country": "PL", "latitude": "51.8", "longitude": "23.2", "marking": "TLP:RED"},
    )
    return read_dataset(data_folder)


def handout(data: Dataset, query: str) -> Handout:
    view, notices = parse_query_string(query)
    assert not notices
    return make_handout(data, view, PRODUCED)


@pytest.mark.parametrize(
    ("query", "marking"),
    [
        ("", "TLP:RED"),
        ("country=LT", "TLP:AMBER"),
        ("country=LT&marking=TLP:CLEAR", "TLP:AMBER"),
        ("country=LT&marking=TLP:RED", "TLP:RED"),
        ("country=PL&marking=NATO RESTRICTED", "NATO RESTRICTED / TLP:RED"),
        ("country=EE", ""),
        ("country=EE&marking=amber", "TLP:AMBER"),
    ],
)
def test_handout_has_the_strictest_marking_of_what_it_shows(marked: Dataset, query: str, marking: str) -> None:
    made = handout(marked, query)
    assert made.marking == marking
    # Opened again by its link it is the same.
    assert make_handout(marked, made.view, PRODUCED).marking == marking


def test_document_has_the_strictest_marking_of_all(marked: Dataset) -> None:
    assert highest_marking([handout(marked, "country=LT"), handout(marked, "country=PL")]) == "TLP:RED"


@pytest.mark.parametrize("kind", [kind for kind in EXPORTS if kind not in ("gpkg", "parquet", "xlsx")])
def test_every_file_of_data_says_it(marked: Dataset, kind: str) -> None:
    assert b"TLP:RED" in make_export(handout(marked, "country=PL"), kind)


@pytest.mark.parametrize(
    ("server", "view", "holds"),
    [
        ("TLP:RED", "TLP:CLEAR", "TLP:RED"),
        ("amber strict", "TLP:AMBER", "TLP:AMBER+STRICT"),
        ("TLP:AMBER+STRICT", "TLP:RED", "TLP:RED"),
        ("TLP:RED", "For the press", "For the press / TLP:RED"),
        ("TLP:AMBER", "TLP:GREEN", "TLP:GREEN"),
    ],
)
def test_guarded_marking_of_a_server_is_lowered_by_no_view(
    monkeypatch: pytest.MonkeyPatch, server: str, view: str, holds: str
) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", server)
    settings.cache_clear()
    assert with_marking(View(marking=view)).marking == holds


def test_marking_beside_a_long_text_keeps_its_label(marked: Dataset) -> None:
    made = make_handout(marked, replace(View(), marking="x" * 80), PRODUCED)
    assert (len(made.marking), made.marking[-10:]) == (80, " / TLP:RED")


def test_label_that_is_none_is_refused_with_what_is_expected(
    data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    incidents_file({"id": "LT-one", "marking": "TLP:AMBR"})
    [problem] = read_dataset(data_folder).problems
    assert (problem.line, problem.column) == (2, "marking")
    assert "TLP:RED, TLP:AMBER+STRICT" in str(problem)
