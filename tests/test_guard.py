"""The server as a stranger meets it: under which names it answers, what it hides, uploads, and whom it calls."""

import asyncio
import http.client
import json
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from pydantic import ValidationError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from websockets.sync.client import connect
from websockets.typing import Origin

from dashboard import guard
from dashboard.settings import Settings
from tests.servers import Shared

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass
class Server:
    """The server, and where it notes whom it calls."""

    place: str
    watched: Path

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.place, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        text = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text

    def connect(self, **headers: str) -> tuple[int, str]:
        """Begin a websocket as a page does."""
        return self.ask("/_stcore/stream", body=None, **UPGRADE, **headers)


@pytest.fixture(scope="module")
def server(shared: Shared) -> Server:
    return Server(urlsplit(shared.address).netloc, Path(shared.watched))


def test_server_calls_nobody(server: Server) -> None:
    port = server.place.split(":")[1]
    server.connect(Origin="https://evil.example")
    server.connect(Host="map.example", Origin="https://evil.example")
    server.connect(Host=f"127.0.0.1:{port}", Origin="https://elsewhere.example")
    server.connect(Host="evil.example", Origin="http://evil.example")
    server.connect()
    server.ask("/")
    assert server.watched.read_text() == ""


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost@evil.example",
     "map.example.evil.example", "0.0.0.0", "[", "a:b:c", ""],
)  # fmt: skip
def test_foreign_name_gets_no_page_and_no_session(server: Server, host: str) -> None:
    status, text = server.ask("/", Host=host)
    assert (status, "DASHBOARD_HOSTS" in text) == (403, True)
    assert server.connect(Host=host, Origin=f"http://{host}")[0] in (400, 403)


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "127.0.0.1", "[::1]:8501", "map.example", "map.example.:443"]
)
def test_known_name_gets_the_page_and_a_session(server: Server, host: str) -> None:
    assert server.ask("/", Host=host)[0] == 200
    assert server.connect(Host=host, Origin=f"http://{host}")[0] == 101


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("map.example", "https://map.example", 101),  # a proxy that takes off the encryption
        ("map.example:443", "https://map.example", 101),
        ("127.0.0.1:8501", "https://elsewhere.example", 101),  # a proxy with a Host of its own
        ("127.0.0.1:8501", "https://map.example", 403),
        ("127.0.0.1:8501", "http://elsewhere.example", 403),
        ("127.0.0.1:8501", "http://127.0.0.1:3000", 403),
        ("127.0.0.1:8501", "null", 403),
        ("127.0.0.1:8501", "http://[", 403),
        ("map.example", "ftp://map.example", 403),
    ],
)
def test_only_pages_of_the_server_itself_connect(server: Server, host: str, origin: str, status: int) -> None:
    found, text = server.connect(Host=host, Origin=origin)
    assert found == status
    if status == 403:
        assert "DASHBOARD_ORIGINS" in text


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/%6detrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact",
     "/_stcore/agent/mcp", "/_stcore/script-health-check", "/auth/login", "/auth/logout", "/oauth2callback"],
)  # fmt: skip
def test_what_visitors_need_not_know_is_not_there(server: Server, path: str) -> None:
    assert server.ask(path)[0] == 404


def test_what_a_page_needs_is_there(server: Server) -> None:
    assert server.ask("/_stcore/health")[0] == 200
    assert json.loads(server.ask("/_stcore/host-config")[1])["metricsUrl"] == ""


@pytest.fixture(scope="module")
def session(server: Server) -> Iterator[str]:
    """The id of a session that lasts for the test."""
    origin = Origin(f"http://{server.place}")
    with connect(f"ws://{server.place}/_stcore/stream", origin=origin, max_size=None) as socket:
        message = BackMsg()
        message.rerun_script.query_string = ""
        socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(socket.recv(timeout=60))
            if answer.WhichOneof("type") == "new_session":
                yield answer.new_session.initialize.session_id
                return


def upload(server: Server, session: str, content: bytes, **headers: str) -> int:
    with urllib.request.urlopen(f"http://{server.place}/_stcore/health") as answer:
        token = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]
    head = b'--part\r\nContent-Disposition: form-data; name="a"; filename="views.yaml"\r\n\r\n'
    body = head + content + b"\r\n--part--\r\n"
    headers = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token} | headers
    headers["Content-Type"] = "multipart/form-data; boundary=part"
    return server.ask(f"/_stcore/upload_file/{session}/one", method="PUT", body=body, **headers)[0]


def test_upload_is_no_larger_than_a_list_to_be_imported_may_be(server: Server, session: str) -> None:
    assert upload(server, session, b"x" * 2_000_000) == 204
    assert upload(server, session, b"x" * 4_000_000) == 413


def test_upload_needs_a_known_name(server: Server, session: str) -> None:
    assert upload(server, session, b"x", Host="evil.example") == 403


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    """What a runtime of the test's own has kept."""
    manager = MemoryUploadedFileManager("/upload")
    monkeypatch.setattr(guard, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    return manager


def send_uploads(app: ASGIApp, count: int) -> list[int]:
    """Send as many uploads of one session at the same time; gives how each was answered."""

    async def one(number: int) -> int:
        answers: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            answers.append(message)

        scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/session/{number}", "headers": []}
        await limit(scope, receive, send)
        return int(answers[0]["status"])

    async def all_() -> list[int]:
        return await asyncio.gather(*map(one, range(count)))

    limit = guard.LimitUploads(app)
    with ThreadPoolExecutor(1) as beside:  # a browser of the same process has a loop of its own in this thread
        return beside.submit(lambda: asyncio.run(all_())).result()


def test_only_so_many_uploads_are_received_at_once(uploads: MemoryUploadedFileManager) -> None:
    async def slow(_scope: Scope, _receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)  # the others get their turn
        await send({"type": "http.response.start", "status": 204})

    assert sorted(send_uploads(slow, 7)) == [204, 204, 204, 204, 503, 503, 503]


def test_upload_that_never_ends_is_given_up(
    uploads: MemoryUploadedFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(*_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(guard, "LONGEST_UPLOAD_S", 0)
    assert send_uploads(endless, 1) == [408]


def test_only_the_last_uploads_of_a_session_are_kept(uploads: MemoryUploadedFileManager) -> None:
    async def keep(scope: Scope, _receive: Receive, send: Send) -> None:
        file_id = scope["path"].rpartition("/")[2]
        uploads.add_file("session", UploadedFileRec(file_id, "views.yaml", "text/yaml", b""))
        await send({"type": "http.response.start", "status": 204})

    assert send_uploads(keep, 4) == [204] * 4
    uploads.add_file("session", UploadedFileRec("fifth", "views.yaml", "text/yaml", b""))
    assert send_uploads(keep, 1) == [204]
    assert list(uploads.file_storage["session"]) == ["fifth", "0"]


@pytest.mark.parametrize(
    ("setting", "value"),
    [("hosts", "https://map.example"), ("hosts", "map.example:8501"), ("hosts", "*"), ("origins", "map.example"),
     ("origins", "https://map.example/page"), ("origins", "*")],
)  # fmt: skip
def test_setting_that_names_no_host_or_origin_is_refused(
    setting: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"DASHBOARD_{setting.upper()}", value)
    with pytest.raises(ValidationError, match=r"is not (the name of a host|an origin)"):
        Settings()


def test_hosts_and_origins_are_lists_however_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_HOSTS", "Map.Example, [::1] other")
    monkeypatch.setenv("DASHBOARD_ORIGINS", "https://Map.Example:8443/")
    assert Settings().hosts == ("map.example", "::1", "other")
    assert Settings().origins == ("https://map.example:8443",)


def test_unknown_address_for_other_systems_is_no_page_of_streamlit(server: Server) -> None:
    for path in ("/api/nothing", "/api/incidents.csv/more"):
        status, text = server.ask(path)
        assert (status, json.loads(text)["status"]) == (401, 401)  # it may stand behind a proxy: no token, no answer
    assert server.ask("/api")[0] == 307
