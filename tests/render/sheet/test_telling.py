"""The side of a sheet: what a state counted of an event stands above the incidents that are recorded of it."""

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from tests.sheets import sheet, texts_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("event", "official", "recorded"),
    [
        ("PL-2025-09-10-night", "Officially counted: 19, later 21 violations; 3 shot down.", "16 at the time"),
        ("HR-2022-03-10-tu-141", "Officially counted: 1 drone. By: Croatian government.", "2 at the time"),
    ],
    ids=["rows", "cards"],
)
def test_official_count_of_an_event_stands_beside_what_is_recorded(
    shipped: Dataset, event: str, official: str, recorded: str
) -> None:
    view, _problems = parse_query_string(f"event={event}")
    words = " ".join(texts_of(sheet(shipped, view, "svg", "16:9")))
    assert official in words
    assert f"Recorded here: {recorded}" in words
