"""The page as AppTest runs it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.page import Page, open_page


@pytest.fixture
def page() -> Page:
    """Open the page at an address."""

    def open_(*, takeaway: bool = False, **query: object) -> AppTest:
        app = open_page(query, takeaway=takeaway)
        assert not app.exception
        return app

    return open_
