"""The data of the page to hand over: what its first screen tells of each incident."""

from datetime import UTC, datetime

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View
from dashboard.render.text.handout import make_handout
from dashboard.render.web.webpage_data import page_data
from tests.sheets import LT_JULY, PL_NIGHT


@pytest.mark.parametrize(("view", "paragraphs"), [(LT_JULY, 2), (PL_NIGHT, 1), (View(), 0)])
def test_first_screen_tells_few_incidents(shipped: Dataset, view: View, paragraphs: int) -> None:
    handout = make_handout(shipped, view, datetime(2026, 1, 31, tzinfo=UTC))
    incidents = page_data(handout, handout.incidents)["incidents"]
    assert {len(incident["told"]) for incident in incidents} == {paragraphs}
    if view == LT_JULY:
        (told,) = [incident["told"] for incident in incidents if "Gaižiūnai" in incident["where"]]
        assert "92 km ± 7 km" in told[0]
        assert "NATO asked for more air defence" in told[1]
