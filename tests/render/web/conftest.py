"""A page with scripts of the app, and a web page to send."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from dashboard.core.data.dataset import Dataset
from dashboard.render.web.scripts import joined
from tests.webpages import QUERY, WORDS, page_of

PURE = (  # they touch no page
    "columns.js", "clustering.js", "topology.js", "coordinates.js", "geodesic.js", "days.js", "marks.js", "playing.js",
    "ranks.js",
)  # fmt: skip


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Callable[..., Any]]:
    """Run a script in an empty page that has PURE."""
    page = browser.new_page()
    page.add_script_tag(content=joined(PURE))
    yield page.evaluate
    page.close()


@pytest.fixture(scope="module")
def page(shipped: Dataset) -> str:
    return page_of(shipped, QUERY + WORDS)
