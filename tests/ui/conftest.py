"""The page as AppTest runs it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access.person import Person
from dashboard.settings import settings
from tests.conftest import csv_text
from tests.page import Page, open_page


@pytest.fixture
def page() -> Page:
    """Open the page at an address."""

    def open_(*, takeaway: bool = False, **query: object) -> AppTest:
        app = open_page(query, takeaway=takeaway)
        assert not app.exception
        return app

    return open_


@pytest.fixture
def keeper(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data of one incident, before a keeper; gives the file of roles."""
    (data_folder / "incidents.csv").write_text(csv_text({}), "utf-8")
    (data_folder / "about.toml").write_text("cutoff = 2026-10-03T18:00:00Z\n")
    roles = tmp_path / "roles.toml"
    roles.write_text('[keeper]\nnames = ["anna"]\n', "utf-8")
    for name, value in (("ACCESS", "proxy"), ("PROXY_ADDRESSES", "10.0.0.5"), ("ROLES", str(roles))):
        monkeypatch.setenv(f"DASHBOARD_{name}", value)
    settings.cache_clear()
    monkeypatch.setattr("dashboard.access.visitor.person_in_headers", lambda _headers: Person("anna"))
    return roles
