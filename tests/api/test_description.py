"""The description of the interface, for programs and for people."""

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import settings as effort
from schemathesis import GenerationMode, openapi
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.testclient import TestClient

from dashboard.api import permission
from dashboard.settings import settings

EXAMPLES = 6  # of each kind for each address


def test_page_names_every_address_and_asks_for_nothing(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    page = client.get("/api/").text
    for path, methods in told["paths"].items():
        assert f"<code>/api{path}</code>" in page
        for parameter in methods["get"].get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page
    assert not re.search(r"https?://|<script|<img|@import|url\(", page)
    assert client.get("/api").headers["location"] == "api/"
    links = re.findall(r'href="([^"#:]+)"', page)
    assert {f"/{link}" for link in links} == {path for path in told["paths"] if "{" not in path} | {"/openapi.json"}


def test_page_is_marked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "<b>TLP:AMBER</b>")
    settings.cache_clear()
    assert "&lt;b&gt;TLP:AMBER&lt;/b&gt;" in client.get("/api/").text


def test_no_question_brings_the_interface_down(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schemathesis asks what the description allows and what it forbids; the interface must answer as it says."""
    monkeypatch.setenv("DASHBOARD_API_REQUESTS", "1000000")
    settings.cache_clear()
    monkeypatch.setattr(permission, "_is_alone", lambda _request: True)  # it comes from no address
    found: Any = openapi.from_asgi("/api/openapi.json", client.app).get_all_operations()
    for operation, mode in product(found, GenerationMode):
        ask(operation.ok(), mode)


def ask(operation: Any, mode: GenerationMode) -> None:
    # That one day lies before another, or a moment in the record, no description can say. Features take a limit that is
    # too large, as their standard demands.
    excluded = [positive_data_acceptance, *([negative_data_rejection] if operation.path.endswith("/items") else [])]

    @given(operation.as_strategy(generation_mode=mode))
    @effort(max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate], derandomize=True)
    def ask_it(case: Any) -> None:
        case.call_and_validate(excluded_checks=excluded, timeout=600)

    ask_it()
