"""Requests to an ASGI app without a server, and the cookies of who has signed in."""

import asyncio
import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

COOKIE_SECRET = "a secret of thirty-two letters or more"
ISSUER, CLIENT = "https://login.example.org/realm", "map"
PROXY = "10.0.0.5"
CLAIMS = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "1",
    "email": "ben@example.org",
    "email_verified": True,
    "groups": ["staff"],
    "is_logged_in": True,
    "provider": "default",
}
Headers = Iterable[tuple[str, str]]


@dataclass
class Answer:
    """The messages that an app sends."""

    messages: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        return int(next(message["status"] for message in self.messages if "status" in message))

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.messages).decode()

    def header(self, name: str) -> str:
        headers = dict(next(message["headers"] for message in self.messages if "headers" in message))
        return bytes(headers.get(name.encode(), b"")).decode()


def ask(
    app: ASGIApp, path: str = "/", headers: Headers = (), *, peer: str = PROXY, kind: str = "http", clicks: int = 0
) -> Answer:
    """Ask an app for a path, or open a websocket and click so many times."""
    return ask_scope(app, scope_of(path, headers, peer=peer, kind=kind), clicks)


def scope_of(path: str, headers: Headers = (), *, peer: str = PROXY, kind: str = "http") -> dict[str, Any]:
    """The scope of a request."""
    path, _mark, query = path.partition("?")
    named = [(name.lower().encode("latin-1"), value.encode("utf-8")) for name, value in headers]
    return {
        "type": kind,
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), *named],
        "client": (peer, 50_000),
        "scheme": "http" if kind == "http" else "ws",
        "server": ("localhost", 80),
        "extensions": {"websocket.http.response": {}},
    }


def ask_scope(app: ASGIApp, scope: Scope, clicks: int = 0) -> Answer:
    """Ask an app with a scope; a thread of its own, since a browser of the same process has a loop in this one."""
    answer = Answer()
    if scope["type"] == "http":
        waiting: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]
    else:
        waiting = [{"type": "websocket.connect"}, *[{"type": "websocket.receive", "bytes": b"click"}] * clicks]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": f"{scope['type']}.disconnect"}

    async def send(message: Message) -> None:
        answer.messages.append(message)

    with ThreadPoolExecutor(1) as beside:
        beside.submit(lambda: asyncio.run(app(scope, receive, send))).result()  # type: ignore[arg-type]
    return answer


async def open_app(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that gives its data to everybody, and echoes each click."""
    if scope["type"] == "http":
        await PlainTextResponse("the data", headers={"cache-control": "public, max-age=9"})(scope, receive, send)
        return
    while (message := await receive())["type"] != "websocket.disconnect":
        is_click = message["type"] == "websocket.receive"
        await send({"type": "websocket.send", "text": "the data"} if is_click else {"type": "websocket.accept"})


def cookie(changes: Mapping[str, Any] | None = None, *, secret: str = COOKIE_SECRET, hours_ago: float = 0) -> Headers:
    """The header with the cookie of who has signed in, as Streamlit makes it."""
    claims = {name: value for name, value in (CLAIMS | dict(changes or {})).items() if value is not None}
    now = time.time()
    with patch("time.time", lambda: now - hours_ago * 3600):
        signed = create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
    return [("Cookie", f"_streamlit_user={signed}")]
