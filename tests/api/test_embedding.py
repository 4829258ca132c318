"""The map alone, for a page of an intranet."""

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.api.embedding import embedded
from dashboard.guard import AddHeaders, is_embedding
from dashboard.settings import Settings, settings

MAP = "/?country=LT&from=2025-07-01&to=2025-09-30&embed=1"


@pytest.fixture
def page() -> TestClient:
    return TestClient(Starlette(routes=[Route("/{path:path}", embedded)], middleware=[Middleware(AddHeaders)]))


def frames_of(page: TestClient, address: str) -> str:
    """The pages within which an answer may be shown."""
    return page.head(address).headers["content-security-policy"].rpartition("frame-ancestors ")[2]


def test_map_alone_says_what_it_shows(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:GREEN")
    settings.cache_clear()
    answer = page.get(MAP)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "The map alone, after webpage.css" in answer.text
    assert "TLP:GREEN" in answer.text
    assert "Lithuania, 1 July – 30 September 2025" in answer.text
    assert page.get(MAP, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("text", ["%C3%BCber", "%FF%FE", "%", "ü", "%00", "a;b", "&&=&"])
def test_any_text_may_stand_beside_it_in_an_address(text: str) -> None:
    for query, is_asked in ((f"title={text}", False), (f"title={text}&embed=1", True)):
        assert is_embedding({"path": "/", "query_string": query.encode()}) is is_asked


def test_only_named_pages_show_it_within_themselves(page: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert frames_of(page, MAP) == "'self'"
    monkeypatch.setenv("DASHBOARD_EMBED_ORIGINS", "https://intranet.example.org, https://wiki.example.org:8443/")
    settings.cache_clear()
    assert frames_of(page, MAP) == "'self' https://intranet.example.org https://wiki.example.org:8443"
    for other in ("/?country=LT", "/?embed=true", "/?embed=1&embed=2", "/atlas/names.json?embed=1"):
        assert frames_of(page, other) == "'self'", other


@pytest.mark.parametrize("origin", ["intranet", "https://a.example;script-src", "https://a.example/path", "*"])
def test_origin_that_is_none(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_EMBED_ORIGINS", origin)
    with pytest.raises(ValidationError, match="is not an origin"):
        Settings()


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("embed=1&cuntry=LT", 400, "'cuntry', which is not known"),
        ("embed=1&limit=5", 400, "leave out limit and offset"),
        ("embed=1&as_of=2001-01-01", 400, "The record of the data begins on"),
        ("embed=1&from=1999-01-01&to=1999-01-02", 404, "nothing is known"),
    ],
)
def test_refusal_is_a_sentence(page: TestClient, query: str, status: int, words: str) -> None:
    answer = page.get(f"/?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert words in answer.text
