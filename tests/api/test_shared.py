"""Incidents that are marked above what other systems may read."""

import gc
import json
import os
import time
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.settings import settings
from dashboard.ui import data

RED = "PL-red"


@pytest.fixture(autouse=True)
def marked(data_folder: Path, incidents_file: Callable[..., Path]) -> None:
    """Three incidents: without a marking, TLP:AMBER, and TLP:RED."""
    poland = {"country": "PL", "latitude": "51.8", "longitude": "23.2"}
    incidents_file(
        {"id": "LT-none"}, {"id": "LT-amber", "marking": "TLP:AMBER"}, {"id": RED, "marking": "TLP:RED", **poland}
    )


@pytest.mark.parametrize(
    "path",
    ["incidents.geojson", "incidents.csv", "incidents.kml", "incidents.json", "incidents.cot", "changes.atom",
     "ogc/collections/incidents/items"],
)  # fmt: skip
def test_what_is_marked_above_is_in_no_answer_and_the_rest_has_its_marking(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 200
    assert "LT-amber" in answer.text
    assert RED not in answer.text
    assert "TLP:AMBER" in answer.headers.get("dashboard-marking", answer.text)


def test_what_is_left_out_is_counted(client: TestClient) -> None:
    answer = client.get("/api/incidents.csv?country=LT&category=crash")
    assert "marked-above=1" in answer.headers["dashboard-left-out"]
    features = client.get("/api/ogc/collections/incidents/items").json()
    assert (features["numberMatched"], features["about"]["Left out"]) == (2, "1 marked above what may be shared")
    told = json.loads(client.get("/api/incidents.geojson").text)
    assert "1 marked above what may be shared" in json.dumps(told)


def test_feature_that_is_marked_above_is_not_there(client: TestClient) -> None:
    assert client.get(f"/api/ogc/collections/incidents/items/{RED}").status_code == 404
    assert client.get("/api/ogc/collections/incidents/items/LT-amber").status_code == 200


def test_setting_says_up_to_which_label(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_API_MARKING", "TLP:RED")
    settings.cache_clear()
    answer = client.get("/api/incidents.csv")
    assert RED in answer.text
    assert answer.headers["dashboard-marking"] == "TLP:RED"


def test_server_that_is_marked_above_shares_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_MARKING", "TLP:AMBER+STRICT")
    settings.cache_clear()
    answer = client.get("/api/incidents.geojson")
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "This server is marked TLP:AMBER+STRICT, and other systems read nothing above TLP:AMBER.",
    )


def test_data_that_are_shared_whole_are_gone_when_newer_ones_are_there(
    client: TestClient, data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    incidents_file({"id": "LT-none"})
    assert client.get("/api/incidents.csv").status_code == 200
    before = weakref.ref(data.dataset())
    incidents_file({"id": "LT-none"}, {"id": "LT-more"})
    a_minute_ago = time.time() - 60
    os.utime(data_folder / "incidents.csv", (a_minute_ago, a_minute_ago))
    assert "LT-more" in client.get("/api/incidents.csv").text
    gc.collect()
    assert before() is None
