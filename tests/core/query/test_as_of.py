"""Moments of the data: as an address names them, and in words."""

from datetime import UTC, datetime

import pytest

from dashboard.core.query.as_of import as_of_in_words, changed_since_in_words, data_as_of_in_words, read_as_of
from dashboard.core.query.view import View, parse_query_string


@pytest.mark.parametrize(
    ("text", "instant", "words"),
    [
        ("2026-10-03", datetime(2026, 10, 3, 23, 59, 59, 999999, UTC), "3 October 2026"),
        ("2026-10-03T18:20Z", datetime(2026, 10, 3, 18, 20, tzinfo=UTC), "3 October 2026, 18:20 UTC"),
        ("2026-10-03T01:20+03:00", datetime(2026, 10, 2, 22, 20, tzinfo=UTC), "2 October 2026, 22:20 UTC"),
    ],
)
def test_moment_is_read_and_written(text: str, instant: datetime, words: str) -> None:
    assert read_as_of(text) == instant
    assert as_of_in_words(text) == words
    view, notices = parse_query_string(View(as_of=text).query_string())
    assert (view.as_of, notices) == (text, [])


def test_release_is_a_moment() -> None:
    name = "2026-10-03-12345678"
    assert as_of_in_words(name) == "the release of 3 October 2026 (12345678)"
    view, notices = parse_query_string(View(as_of=name, since=name).query_string())
    assert (view.as_of, view.since, notices) == (name, name, [])
    assert data_as_of_in_words(name) == "as the data were in the release of 3 October 2026 (12345678)"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("2026-10-03", "changed since 3 October 2026"),
        ("2026-10-03T18:20Z", "changed since 3 October 2026, 18:20 UTC"),
        ("2026-10-03-ab12cd34", "changed since the release of 3 October 2026 (ab12cd34)"),
    ],
)
def test_changes_since_a_moment_are_said(text: str, words: str) -> None:
    assert changed_since_in_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2026-10-99-ab12cd34",
        "2026-10-03-AB12CD34",
        "2026-13-01",
        "2026-10-03T18:20",
        "0001-01-01T00:00+14:00",
        "99999-1-1",
    ],
)
def test_what_is_no_moment_is_told_and_left_out(text: str) -> None:
    view, (notice,) = parse_query_string(f"as_of={text.replace('+', '%2B')}")
    assert view.as_of == ""
    assert f"as_of={text}" in notice
