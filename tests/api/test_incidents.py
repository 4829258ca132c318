"""The incidents of a view, as other systems read them."""

import csv
import io
import json
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.settings import settings
from tests.exports import KML

KINDS = ("geojson", "csv", "kml", "json")
LITHUANIA = "country=LT&from=2025-07-01&to=2025-09-30"


def ids(kind: str, content: bytes) -> list[str]:
    """The IDs of the incidents in a file, as another program reads it."""
    match kind:
        case "csv":
            return [row["id"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
        case "json":
            return [row["id"] for row in json.loads(content)["incidents"]]
        case "geojson":
            features = json.loads(content)["features"]
            return [one["properties"]["id"] for one in features if one["properties"]["record"] == "incident"]
        case _:
            path = f".//{KML}Placemark/{KML}ExtendedData/{KML}Data[@name='id']/{KML}value"
            return [value.text or "" for value in ET.fromstring(content).iterfind(path)]


@pytest.mark.parametrize("kind", KINDS)
def test_address_of_a_view_gives_its_incidents(client: TestClient, shipped: Dataset, kind: str) -> None:
    view = parse_query_string(LITHUANIA)[0]
    answer = client.get(f"/api/incidents.{kind}?{LITHUANIA}&area=20,53,27,57&look=dark&page=trends&embed=&wall=")
    assert answer.status_code == 200
    assert sorted(ids(kind, answer.content)) == sorted(shipped.select(view).rows["id"])
    shown = len(shipped.select(view))
    assert answer.headers["dashboard-total"] == str(shown)
    assert f"filtered-out={len(shipped.incidents) - shown}," in answer.headers["dashboard-left-out"]


@pytest.mark.parametrize("kind", KINDS)
def test_parts_make_the_whole(client: TestClient, kind: str) -> None:
    whole = ids(kind, client.get(f"/api/incidents.{kind}?country=LT").content)
    found: list[str] = []
    address = f"/api/incidents.{kind}?country=LT&limit=20"
    while address:
        answer = client.get(address)
        found += ids(kind, answer.content)
        address = answer.links.get("next", {}).get("url", "")
        assert not address or urlsplit(address).netloc == "127.0.0.1:8501"
    assert sorted(found) == sorted(whole)
    before = answer.links["prev"]["url"]
    assert client.get(before).links["next"]["url"].endswith(f"offset={(len(whole) - 1) // 20 * 20}")


def test_links_begin_with_the_address_that_readers_know(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_URL", "https://map.example.org/air/")
    settings.cache_clear()
    links = client.get("/api/incidents.csv?limit=1&offset=1").links
    assert links["prev"]["url"] == "https://map.example.org/air/api/incidents.csv?limit=1&offset=0"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cuntry=LT", "'cuntry', which is not known. Names that are known: country, category"),
        ("country=Lithuania", "country=Lithuania, which is not known"),
        ("from=yesterday", "from=yesterday"),
        ("from=2025-02-02&to=2025-01-01", "backwards"),
        ("as_of=2001-01-01", "The record of the data begins on"),
        ("since=2026-01-01-00000000", "release"),
        ("from=", "from without a value"),
        ("country=LT&country=", "country without a value"),
        ("from=2025-01-01&from=2026-01-01", "from more than once"),
        ("event=" + "x" * 101, "more than 100 characters of event"),
        ("limit=0", "limit=0; expected a whole number from 1 to 1000000"),
        ("limit=ten", "expected a whole number"),
        ("offset=-1", "offset=-1; expected a whole number from 0"),
    ],
)
def test_wrong_question_is_told_what_was_expected(client: TestClient, query: str, words: str) -> None:
    answer = client.get(f"/api/incidents.csv?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["title"]) == (400, "Bad Request")
    assert words in problem["detail"]


def test_days_of_which_nothing_is_known_have_no_file(client: TestClient) -> None:
    answer = client.get("/api/incidents.csv?from=1999-01-01&to=1999-01-02")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert "nothing is known" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/nothing", "/api/incidents.xlsx", "/api/incidents", "/api/incidents.csv/"])
def test_unknown_address_is_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_nothing_can_be_written(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, "/api/incidents.csv")
        assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_reader_who_has_it_gets_nothing_again(client: TestClient) -> None:
    first = client.get(f"/api/incidents.csv?{LITHUANIA}")
    tag = first.headers["etag"]
    assert first.headers["last-modified"].endswith(" GMT")
    for asked in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(f"/api/incidents.csv?{LITHUANIA}", headers={"if-none-match": asked})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in ("incidents.csv?country=LV", f"incidents.json?{LITHUANIA}", f"incidents.csv?{LITHUANIA}&limit=3"):
        assert client.get(f"/api/{other}", headers={"if-none-match": tag}).status_code == 200


def test_change_of_the_record_has_another_tag(client: TestClient) -> None:
    now = client.get("/api/incidents.csv")
    then = client.get("/api/incidents.csv?as_of=2026-11-26")
    assert (then.status_code, then.headers["etag"] != now.headers["etag"]) == (200, True)


def test_head_tells_the_same_of_it(client: TestClient) -> None:
    read = client.get(f"/api/incidents.kml?{LITHUANIA}")
    told = client.head(f"/api/incidents.kml?{LITHUANIA}")
    assert (told.status_code, told.content) == (200, b"")
    assert dict(told.headers) == dict(read.headers)


def test_it_is_compressed_for_whoever_takes_that(client: TestClient) -> None:
    packed = client.get("/api/incidents.geojson", headers={"accept-encoding": "gzip"})
    plain = client.get("/api/incidents.geojson", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < plain.num_bytes_downloaded / 3
    assert "content-encoding" not in plain.headers
    assert features(packed.json()) == features(plain.json())


def features(collection: dict[str, Any]) -> list[Any]:
    return [*collection["features"]]


@pytest.mark.parametrize(
    ("of_server", "asked", "found"),
    [
        ("amber", "TLP:RED", "TLP:RED"),
        ("TLP:AMBER", "amber", "TLP:AMBER"),
        ("", "TLP:GREEN", "TLP:GREEN"),
        ("TLP:AMBER", "TLP:CLEAR", ""),
        ("TLP:AMBER", "FOR EVERYBODY", ""),
        ("NATO RESTRICTED", "TLP:RED", ""),  # nobody can say which is higher
    ],
)
def test_question_does_not_lower_the_marking_of_the_server(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, of_server: str, asked: str, found: str
) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", of_server)
    settings.cache_clear()
    answer = client.get("/api/incidents.json", params={"limit": "1", "marking": asked})
    if found:
        assert (answer.status_code, answer.json()["about"]["Marking"]) == (200, found)
    else:
        assert (answer.status_code, f"not for {asked}" in answer.json()["detail"]) == (400, True)


def test_marking_is_in_header_and_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:AMBER")
    settings.cache_clear()
    for address in ("incidents.json?limit=1", "incidents.csv?limit=1", "nothing", "incidents.csv?limit=0"):
        assert client.get(f"/api/{address}").headers["dashboard-marking"] == "TLP:AMBER", address
    assert client.get("/api/incidents.json?limit=1").json()["about"]["Marking"] == "TLP:AMBER"
    (row,) = csv.DictReader(io.StringIO(client.get("/api/incidents.csv?limit=1").text))
    assert row["view_marking"] == "TLP:AMBER"
    monkeypatch.setenv("DASHBOARD_MARKING", "Для службового користування")
    settings.cache_clear()
    assert client.get("/api/incidents.json?limit=1").headers["dashboard-marking"].startswith("%D0%94%D0%BB%D1%8F ")
