"""Events for TAK, as its own schema has them."""

from datetime import datetime
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from dashboard.core.data.dataset import Dataset
from dashboard.settings import settings


def read_events(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/incidents.cot?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml"
    root = etree.fromstring(answer.content)
    assert {event.get("version") for event in root} <= {"2.0"}
    return {event.get("uid").removeprefix("airspace-incursion."): event for event in root}


def test_every_object_is_an_event_at_its_place(client: TestClient, shipped: Dataset) -> None:
    events = read_events(client)
    assert list(events) == list(shipped.objects["id"])
    row = shipped.object("LT-2025-07-28-gaiziunai").iloc[0]
    event = events[row["id"]]
    (point,) = event.findall("point")
    assert (float(point.get("lat")), float(point.get("lon"))) == pytest.approx((row["latitude"], row["longitude"]))
    assert float(point.get("ce")) == row["location_accuracy_km"] * 1000
    assert (point.get("hae"), point.get("le")) == ("9999999.0", "9999999.0")
    assert event.find("detail/contact").get("callsign") == "Gaižiūnai"
    assert row["sources"][0] in event.findtext("detail/remarks")


def test_type_says_only_what_the_data_say(client: TestClient, shipped: Dataset) -> None:
    suspect, events = {"RU", "BY"}, read_events(client)
    for row in shipped.objects.itertuples():
        side = "s" if row.origin in suspect else "n" if row.origin else "u"
        side = "f" if row.side == "friendly" else side
        ending = {"uav": "-M-F-Q", "missile": "-W-M"}.get(row.object_type, "")
        assert events[row.id].get("type") == f"a-{side}-A{ending}", row.id


def test_event_begins_with_the_incident_and_holds_for_a_day(client: TestClient, shipped: Dataset) -> None:
    events = read_events(client)
    for row in shipped.objects.itertuples():
        event = events[row.id]
        time, start, stale = (datetime.fromisoformat(event.get(name)) for name in ("time", "start", "stale"))
        assert start <= time < stale
        assert (stale - time).days == 1
        begun = row.started_at if row.started_at == row.started_at else row.date.tz_localize("UTC")
        assert start == begun.to_pydatetime()


def test_events_are_marked_and_come_in_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:AMBER")
    settings.cache_clear()
    events = read_events(client, "limit=3&offset=1")
    assert len(events) == 3
    assert all(event.findtext("detail/remarks").startswith("TLP:AMBER\n") for event in events.values())
