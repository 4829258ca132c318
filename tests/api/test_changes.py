"""The feed of changes, and the link by which a globe follows the incidents."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from starlette.testclient import TestClient

from dashboard.api import changes
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.record import EDITED, INCIDENT, Record
from dashboard.settings import settings
from tests.exports import KML

ATOM, GEORSS = "{http://www.w3.org/2005/Atom}", "{http://www.georss.org/georss}"


def feed(client: TestClient, address: str = "/api/changes.atom") -> Any:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    return etree.fromstring(answer.content)


def whole(client: TestClient, query: str = "") -> list[Any]:
    """The entries of all parts."""
    found, address = [], f"/api/changes.atom?limit=2{query}"
    while address:
        part = feed(client, address)
        found += part.findall(f"{ATOM}entry")
        address = next((link.get("href") for link in part.findall(f"{ATOM}link[@rel='next']")), "")
    return found


def kinds(entries: list[Any]) -> Counter[str]:
    return Counter(entry.find(f"{ATOM}category").get("term") for entry in entries)


def test_feed_has_what_the_standard_demands(client: TestClient) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    found = feed(client)
    assert found.tag == f"{ATOM}feed"
    entries = found.findall(f"{ATOM}entry")
    assert entries
    for element in (found, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"{ATOM}{name}")
            assert one.text
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo
    assert found.findtext(f"{ATOM}author/{ATOM}name")
    assert len(found.findall(f"{ATOM}link[@rel='self']")) == 1
    for entry in entries:
        assert len(entry.findall(f"{ATOM}link[@rel='alternate']")) == 1
        latitude, longitude = map(float, entry.findtext(f"{GEORSS}point", "").split())
        assert 35 < latitude < 75 and 5 < longitude < 45
        assert float(entry.findtext(f"{GEORSS}radius", "")) > 0
    times = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert found.findtext(f"{ATOM}updated") == times[0]


def test_all_changes_together_make_what_there_is_now(client: TestClient, shipped: Dataset) -> None:
    entries = whole(client)
    found = kinds(entries)
    assert found["added"] + found["reinstated"] - found["withdrawn"] - found["set-aside"] == len(shipped.objects)
    assert found["corrected"]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len({*ids}) == len(ids)
    assert [entry.findtext(f"{ATOM}id") for entry in whole(client)] == ids


def test_correction_tells_before_and_after(client: TestClient) -> None:
    corrected = [entry for entry in whole(client) if kinds([entry])["corrected"]]
    assert all(" → " in entry.findtext(f"{ATOM}summary", "") for entry in corrected)
    assert all(entry.findtext(f"{ATOM}title", "").startswith("Corrected") for entry in corrected)


def test_withdrawal_tells_why_and_once_what_was_corrected(
    client: TestClient, data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    incidents_file({"id": "LT-1", "place": "Šumskas & <Co>"}, {"id": "LT-2"})
    assert kinds(whole(client)) == {"added": 2}
    record = Record(settings().record)
    one, two = (record.state(INCIDENT)[id_] for id_ in ("LT-1", "LT-2"))
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-2", two | {"status": "disputed"})
    with record.edit(EDITED) as draft:
        draft.put(INCIDENT, "LT-1", one | {WITHDRAWN: "It was a <bird>."})
    withdrawn, corrected, *added = whole(client)
    assert withdrawn.findtext(f"{ATOM}title") == "Withdrawn: Šumskas & <Co>, Lithuania, 28 July 2025"
    assert withdrawn.findtext(f"{ATOM}summary") == "It was a <bird>."
    assert withdrawn.find(f"{ATOM}link[@rel='alternate']").get("href") == "http://127.0.0.1:8501/"
    assert corrected.findtext(f"{ATOM}summary").startswith("Status: ")
    assert corrected.findtext(f"{GEORSS}point") == "55.05 24.37"
    assert corrected.findtext(f"{GEORSS}radius") == "7000"
    assert kinds(added) == {"added": 2}
    assert kinds(whole(client, "&status=confirmed")) == {"added": 2, "corrected": 1, "withdrawn": 1}


def test_filter_of_the_page_holds(client: TestClient) -> None:
    entries = whole(client, "&country=LT")
    assert entries
    assert all(", Lithuania, " in entry.findtext(f"{ATOM}title", "") for entry in entries)
    assert len(entries) < len(whole(client))


def test_filter_asks_what_is_worked_out_as_well(client: TestClient) -> None:
    every = {entry.findtext(f"{ATOM}id") for entry in whole(client)}
    official, other = (
        {entry.findtext(f"{ATOM}id") for entry in whole(client, f"&evidence={kind}")} for kind in ("official", "other")
    )
    assert official and other
    assert official | other == every


def test_link_of_an_entry_opens_its_incident(client: TestClient, shipped: Dataset) -> None:
    known = {*shipped.objects["id"]}
    added = [entry for entry in whole(client) if kinds([entry])["added"]][:5]
    links = [entry.find(f"{ATOM}link[@rel='alternate']").get("href") for entry in added]
    assert {parse_qs(urlsplit(link).query)["id"][0] for link in links} <= known


def test_large_change_is_told_as_one(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_INCIDENTS", 50)
    entries = whole(client)
    (first,) = entries[-1:]
    assert "too many to be told one by one" in first.findtext(f"{ATOM}summary", "")
    assert first.find(f"{GEORSS}point") is None


def test_reader_who_has_the_feed_gets_nothing_again(client: TestClient) -> None:
    tag = client.get("/api/changes.atom").headers["etag"]
    assert client.get("/api/changes.atom", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/api/changes.atom?limit=1", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "query", ["as_of=2026-11-26", "since=2026-11-26", "offset=3", "before=0", "befor=3", "limit=201"]
)
def test_feed_refuses_what_it_does_not_heed(client: TestClient, query: str) -> None:
    assert client.get(f"/api/changes.atom?{query}").status_code == 400


def test_feed_is_marked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:AMBER")
    settings.cache_clear()
    assert feed(client, "/api/changes.atom?limit=1").findtext(f"{ATOM}rights") == "TLP:AMBER"


def test_link_for_a_globe_reads_the_incidents_of_the_view(client: TestClient) -> None:
    answer = client.get("/api/network-link.kml?country=LT&every=60&q=%3Cdrone%3E")
    assert answer.headers["content-type"].startswith("application/vnd.google-earth.kml+xml")
    link = etree.fromstring(answer.content).find(f"{KML}NetworkLink/{KML}Link")
    assert [(child.tag.removeprefix(KML), child.text) for child in link] == [
        ("href", "http://127.0.0.1:8501/api/incidents.kml?country=LT&every=60&q=%3Cdrone%3E"),
        ("refreshMode", "onInterval"),
        ("refreshInterval", "60"),
    ]
    assert client.get(link.findtext(f"{KML}href")).status_code == 200
    once = etree.fromstring(client.get("/api/network-link.kml").content)
    assert once.findtext(f"{KML}NetworkLink/{KML}Link/{KML}refreshMode") == "onChange"
    assert client.get("/api/network-link.kml?every=1").status_code == 400
