"""What a person takes through the interface stands in the log of exports; what a system reads does not."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import api
from dashboard.access.gate import ROLE
from dashboard.access.person import Person
from dashboard.access.roles import Role
from dashboard.api import noting, permission
from dashboard.api.embedding import embedded
from dashboard.core.data.export_log import ExportLog
from dashboard.errors import StorageError
from dashboard.settings import settings

pytestmark = pytest.mark.usefixtures("own_record")


@pytest.fixture
def anna(monkeypatch: pytest.MonkeyPatch, listening: Callable[[str], None]) -> TestClient:
    """Anna, who has signed in."""
    listening("0.0.0.0")
    for module in (noting, permission):
        monkeypatch.setattr(module, "person_asking", lambda _request: Person("anna@example.org"))
    server = Starlette(routes=[Route("/", embedded), *api.routes()])

    def signed_in(app: ASGIApp) -> ASGIApp:
        async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, ROLE: Role.VIEWER}, receive, send)

        return pass_on

    return TestClient(signed_in(server), base_url="http://127.0.0.1:8501")


def log() -> ExportLog:
    return ExportLog(settings().record)


def test_file_of_a_person_is_noted_with_its_hash(anna: TestClient) -> None:
    content = anna.get("/api/incidents.csv?country=LT").content
    (row,) = log().exports(9)
    assert (row.who, row.file, row.query) == ("anna@example.org", "api/incidents.csv", "country=LT")
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert f",{row.sheet_id},".encode() in content


def test_marking_of_an_incident_changes_the_sheet_that_is_noted_as_it_does_that_in_the_file(
    anna: TestClient, data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    incidents_file({"id": "LT-one", "marking": "TLP:AMBER"})
    content = anna.get("/api/incidents.csv").content
    (row,) = log().exports(9)
    assert row.query == "marking=TLP%3AAMBER"
    assert f",{row.sheet_id},".encode() in content


@pytest.mark.parametrize(
    "address", ["/api/changes.atom?limit=1", "/api/ogc/collections/incidents/items?limit=1", "/?embed=1&country=LT",
                "/api/ogc/collections/incidents/items/LT-2025-07-28-gaiziunai", "/api/incidents.cot?limit=1"],
)  # fmt: skip
def test_every_way_to_the_incidents_is_noted(anna: TestClient, address: str) -> None:
    answer = anna.get(address)
    assert [row.sha256 for row in log().exports(9)] == [hashlib.sha256(answer.content).hexdigest()]


def test_what_holds_no_incidents_is_not_noted(anna: TestClient) -> None:
    tag = anna.head("/api/incidents.csv").headers["etag"]
    assert anna.get("/api/incidents.csv", headers={"if-none-match": tag}).status_code == 304
    assert anna.get("/api/openapi.json").status_code == 200
    assert anna.get("/api/incidents.csv?cuntry=LT").status_code == 400
    assert log().count() == 0


def test_system_is_not_noted(client: TestClient) -> None:
    assert client.get("/api/incidents.csv").status_code == 200
    assert log().count() == 0


def test_file_that_cannot_be_noted_is_not_given_whole(anna: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_facts: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(ExportLog, "add", fail)
    with pytest.raises(RuntimeError, match="response already started"):  # the connection ends before the file does
        anna.get("/api/incidents.json?limit=1")


def test_each_person_asks_only_so_often(anna: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_API_REQUESTS", "1")
    settings.cache_clear()
    assert [anna.get("/api/nothing").status_code for _time in range(2)] == [404, 429]
    monkeypatch.setattr(permission, "person_asking", lambda _request: Person("jonas@example.org"))
    assert anna.get("/api/nothing").status_code == 404  # from the address of the same proxy
