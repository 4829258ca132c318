"""Permission to read, and how often."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from dashboard.core.record.tokens import Tokens
from dashboard.settings import settings

ASKED = "/api/incidents.csv?limit=1"
pytestmark = pytest.mark.usefixtures("own_record")


@pytest.fixture
def token() -> str:
    return Tokens(settings().record).add("situation-centre")


def test_somebody_on_the_machine_needs_no_token(client: TestClient) -> None:
    assert client.get(ASKED).status_code == 200


@pytest.mark.parametrize("path", [ASKED, "/api/openapi.json", "/api/nothing"])
def test_server_that_others_reach_answers_nobody_without_a_token(
    client: TestClient, listening: Callable[[str], None], token: str, path: str
) -> None:
    listening("0.0.0.0")
    refused = client.get(path)
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
    assert refused.headers["www-authenticate"] == 'Bearer, Basic realm="incursion map", charset="UTF-8"'
    assert "python -m dashboard token add" in refused.json()["detail"]
    assert client.get(path, headers={"authorization": f"bearer {token}"}).status_code != 401
    assert client.get(path, auth=("anybody", token)).status_code != 401  # where it can only be a password
    assert client.get(path, auth=(token, "")).status_code == 401
    assert client.get(path, headers={b"authorization": "Basic é".encode()}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "127.0.0.1"},
        {"forwarded": "for=192.0.2.1"},
        {"host": "map.example"},
        {"host": "127.0.0.1.evil.example"},
    ],
)
def test_who_comes_through_a_proxy_needs_a_token(client: TestClient, token: str, headers: dict[str, str]) -> None:
    assert client.get(ASKED, headers=headers).status_code == 401
    assert client.get(ASKED, headers={**headers, "authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("ORIGINS", "https://map.example.org"), ("HOSTS", "map.example.org"), ("ACCESS", "open")],
)
def test_server_that_is_shared_by_its_settings_needs_a_token(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A proxy on the same machine need not show in a request."""
    monkeypatch.setenv(f"DASHBOARD_{name}", value)
    settings.cache_clear()
    assert client.get(ASKED).status_code == 401


@pytest.mark.parametrize("wrong", ["x", "", "é" * 50, "a" * 10_000, "' or 1=1 --"])
def test_wrong_token_is_refused_even_on_the_machine(client: TestClient, token: str, wrong: str) -> None:
    refused = client.get(ASKED, headers={b"authorization": f"Bearer {wrong}".encode()})
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert token not in refused.text


def test_revoked_token_stops_at_the_next_request(client: TestClient, token: str) -> None:
    headers = {"authorization": f"Bearer {token}"}
    assert client.get(ASKED, headers=headers).status_code == 200
    Tokens(settings().record).revoke("situation-centre")
    assert client.get(ASKED, headers=headers).status_code == 401


def test_each_asks_only_so_often(client: TestClient, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_API_REQUESTS", "3")
    settings.cache_clear()
    assert [client.get("/api/nothing").status_code for _time in range(4)] == [404, 404, 404, 429]
    refused = client.get("/api/nothing")
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    headers = {"authorization": f"Bearer {token}"}  # another one, with a count of its own
    assert client.get("/api/nothing", headers=headers).status_code == 404


def test_who_guesses_tokens_is_stopped_as_well(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_API_REQUESTS", "2")
    settings.cache_clear()
    guesses = [client.get(ASKED, headers={"authorization": f"Bearer {guess}"}) for guess in "abc"]
    assert [answer.status_code for answer in guesses] == [401, 401, 429]


def test_tokens_that_cannot_be_looked_up_let_nobody_in(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    settings.cache_clear()
    refused = client.get(ASKED, headers={"authorization": "Bearer x"})
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
