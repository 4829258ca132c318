"""Handouts to export."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.render.text.handout import Handout, make_handout
from tests.exports import PRODUCED


@pytest.fixture(scope="module")
def whole(shipped: Dataset) -> Handout:
    return make_handout(shipped, View(), PRODUCED)


@pytest.fixture(scope="module")
def lithuania(shipped: Dataset) -> Handout:
    view = replace(
        parse_query_string("country=LT&from=2025-07-01&to=2025-09-30")[0],
        title='=1+1, "quoted"; and more',
        finding="=2+2",
        marking="TLP:AMBER",
    )
    return make_handout(shipped, view, PRODUCED)


@pytest.fixture
def selection(shipped: Dataset) -> Callable[..., Handout]:
    """A handout of the first incidents with some columns changed, as many as there are values."""

    def select(**columns: list[object]) -> Handout:
        count = len(next(iter(columns.values())))
        incidents = shipped.incidents.head(count).assign(**columns)
        no_others = shipped.friendly.head(0)
        return make_handout(replace(shipped, incidents=incidents, friendly=no_others), View(), PRODUCED)

    return select
