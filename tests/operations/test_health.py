"""Health, metrics and log of a server that runs, and the health of one whose data are not there."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.routing import Route
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from dashboard.operations.health import ROUTES, details
from dashboard.ui import data
from tests.servers import Shared


def ask(path: str) -> tuple[int, dict[str, object]]:
    """Ask one of the addresses in this process."""
    [route] = [route for route in ROUTES if route.path == path]
    assert isinstance(route, Route)
    answer = route.endpoint(Request({"type": "http", "method": "GET", "path": path, "headers": []}))
    return answer.status_code, json.loads(answer.body)


def test_server_is_ready_once_there_are_data_and_stays_so_without(
    data_folder: Path, incidents_file: Callable[..., Path]
) -> None:
    assert ask("/health/live") == (200, {"status": "ok"})
    assert ask("/health/ready") == (503, {"status": "fault"})
    assert ask("/health") == (503, {"status": "fault", "version": "0.1.0", "data": None, "alarm": ""})
    incidents_file({"id": "LT-one"})
    assert ask("/health/ready") == (200, {"status": "ok"})
    (data_folder / "incidents.csv").unlink()
    assert ask("/health/ready") == (200, {"status": "ok"})


@pytest.mark.usefixtures("data_folder")
def test_details_say_how_old_the_data_are(incidents_file: Callable[..., Path]) -> None:
    incidents_file({"id": "LT-one"}, {"id": "LT-two"})
    shown = data.dataset()
    found = details(shown.about.cutoff + timedelta(days=7, hours=23))
    assert (found["status"], found["data"]["days_old"], found["data"]["is_old"]) == ("ok", 7, False)
    assert found["data"]["incidents"] == 2
    assert details(shown.about.cutoff + timedelta(days=8))["status"] == "warning"


def answer(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as found:
        text: str = found.read().decode()
    return text


def test_server_tells_its_health_and_metrics(shared: Shared) -> None:
    assert json.loads(answer(f"{shared.address}/health/live")) == {"status": "ok"}
    told = json.loads(answer(f"{shared.address}/health"))
    figures = dict(line.rsplit(" ", 1) for line in answer(shared.metrics).splitlines() if not line.startswith("#"))
    assert float(figures["incursions_incidents"]) == told["data"]["incidents"]
    assert (figures["incursions_ready"], figures["incursions_alarm"]) == ("1.0", "0.0")
    assert float(figures["incursions_data_age_seconds"]) // 86400 == told["data"]["days_old"]
    assert {"incursions_page_seconds_count", "incursions_faults_total", "process_resident_memory_bytes"} <= {*figures}


def test_log_is_an_object_a_line_and_has_no_address_of_a_visitor(shared: Shared) -> None:
    for origin, refused in ((shared.address, False), ("https://evil.example", True)):
        with (
            suppress(InvalidStatus),
            connect(f"{shared.address.replace('http', 'ws')}/_stcore/stream", origin=Origin(origin)),
        ):
            assert not refused
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(urllib.request.Request(f"{shared.address}/", headers={"Host": "log.example"}))
    server = shared.address.removeprefix("http://")
    lines = [json.loads(line) for line in Path(shared.log).read_text("utf-8").splitlines()]
    [refused] = [line for line in lines if "'log.example'" in line["message"]]
    assert (refused["level"], refused["logger"]) == ("WARNING", "dashboard.guard")
    assert {"time"} <= {*refused}
    assert not [line for line in lines if "127.0.0.1:" in line["message"].replace(server, "")]
