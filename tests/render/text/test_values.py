"""Cells of the record in words."""

import pytest

from dashboard.render.text.values import cell_in_words


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("date", "2025-07-28", "28 July 2025"),
        ("started_at", "2025-07-28T03:05Z", "28 July 2025, 03:05 UTC"),
        ("started_at", "2025-07-28T06:05+03:00", "28 July 2025, 03:05 UTC"),
        ("location_accuracy_km", "5.0", "5 km"),
        ("latitude", "55.05", "55.05°"),
        ("category", "landing", "Landed"),
        ("noticed_by", "radar police", "Radar and police"),
        ("country", "PL", "Poland"),
        ("place", "Nur", "Nur"),
        ("date", "", ""),
        # What is none of the column's stands as it is.
        ("date", "soon", "soon"),
        ("category", "picnic", "picnic"),
        ("location_accuracy_km", "near", "near"),
        ("no_such_column", "text", "text"),
    ],
)
def test_cell_is_said_in_words(name: str, text: str, words: str) -> None:
    assert cell_in_words(name, text) == words
