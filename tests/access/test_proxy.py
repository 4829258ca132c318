"""A proxy names who asks, and nobody else is believed."""

import time
from typing import cast

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn import Config

from dashboard.access.gate import AskWho
from dashboard.access.proxy import keep_peer
from tests.access.asking import PROXY, Headers, ask, open_app
from tests.access.conftest import SetUp

pytestmark = pytest.mark.usefixtures("proxy")
GATE = AskWho(open_app)
BEN: Headers = [("X-Forwarded-User", "ben"), ("X-Forwarded-Groups", "other, staff")]


@pytest.mark.parametrize("peer", [PROXY, "::ffff:10.0.0.5", "192.0.2.3"])
def test_whom_the_proxy_names_is_let_in(peer: str) -> None:
    answer = ask(GATE, headers=BEN, peer=peer)
    assert (answer.status, answer.text) == (200, "the data")
    assert ask(GATE, headers=BEN, peer=peer, kind="websocket", clicks=1).messages[1]["text"] == "the data"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("peer", ["10.0.0.6", "192.0.2.16", "127.0.0.1", "::1", "", "10.0.0.5.evil.example"])
def test_header_from_elsewhere_is_refused_whatever_it_says(peer: str, kind: str) -> None:
    headers = [*BEN, ("X-Forwarded-For", PROXY), ("X-Real-IP", PROXY), ("Forwarded", f"for={PROXY}")]
    answer = ask(GATE, headers=headers, peer=peer, kind=kind)
    assert answer.status == 403
    assert answer.text == "This server answers only through its proxy. Open the address of its proxy."


def test_who_came_past_the_proxy_reads_its_address(set_up: SetUp) -> None:
    set_up(url="https://map.example.org")
    assert "Open https://map.example.org/." in ask(GATE, headers=BEN, peer="10.0.0.6").text


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("X-Forwarded-Groups", "staff")],
        [("X-Forwarded-Email", "ben"), ("Remote-User", "ben"), ("X-Forwarded-Groups", "staff")],
        [("X-Forwarded-User", "eve"), *BEN],  # one of the visitor's own that the proxy let pass
        [*BEN, ("X-Forwarded-Groups", "map-editors")],
        [("X-Forwarded-User", ""), ("X-Forwarded-Groups", "staff")],
        [("X-Forwarded-User", "  "), ("X-Forwarded-Groups", "staff")],
        [("X-Forwarded-User", "b\x00en"), ("X-Forwarded-Groups", "staff")],
        [("X-Forwarded-User", "b" * 201), ("X-Forwarded-Groups", "staff")],
    ],
    ids=["none", "no name", "other headers", "two names", "two lists", "empty", "blank", "control", "long"],
)
def test_who_is_not_named_or_twice_is_not_let_in(headers: Headers) -> None:
    answer = ask(GATE, headers=headers)
    assert answer.status == 401
    assert "the data" not in answer.text
    assert answer.text.endswith(".")


def test_headers_have_the_names_of_the_settings(set_up: SetUp) -> None:
    set_up(proxy_name_header="Remote-User", proxy_groups_header="Remote-Groups")
    assert ask(GATE, headers=BEN).status == 401
    assert ask(GATE, headers=[("Remote-User", "ben"), ("remote-groups", "staff")]).status == 200


def test_name_may_have_any_letters() -> None:
    answer = ask(GATE, headers=[("X-Forwarded-User", "Žydrūnas")])
    assert answer.status == 403
    assert "signed in as Žydrūnas" in answer.text


@pytest.mark.parametrize("addresses", ["10.0.0.0/33", "proxy.example.org", "10.0.0.5/24"])
def test_address_that_is_none_is_refused(set_up: SetUp, addresses: str) -> None:
    set_up(proxy_addresses=addresses)
    with pytest.raises(Exception, match="DASHBOARD_PROXY_ADDRESSES"):
        ask(GATE)


def test_server_tells_the_other_end_of_a_connection_whatever_a_header_says(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(scope["client"][0])

    forwarded = [("X-Forwarded-For", PROXY)]
    for is_kept in (False, True):
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1")
        if is_kept:
            keep_peer()
        server = Config(note, log_config=None)
        server.load()
        ask(cast(ASGIApp, server.loaded_app), headers=forwarded, peer="127.0.0.1")
    assert found == [PROXY, "127.0.0.1"]


def test_page_asks_the_proxy_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, now = 0, time.monotonic()

    async def counting(_scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal heard
        while (message := await receive())["type"] != "websocket.disconnect":
            heard += message["type"] == "websocket.receive"
            if heard == 2:
                monkeypatch.setattr(time, "monotonic", lambda: now + 901)

    answer = ask(AskWho(counting), headers=BEN, kind="websocket", clicks=5)
    assert heard == 2
    assert answer.messages == [{"type": "websocket.close", "code": 1012}]
