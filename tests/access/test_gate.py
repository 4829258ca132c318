"""The gate: nothing is served to who has not signed in, and each click is asked about."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from dashboard.access.gate import AskWho, check_sign_in, role_asking
from dashboard.access.roles import Role
from dashboard.api.permission import reader
from dashboard.api.refusals import Refusal
from dashboard.errors import DashboardError
from dashboard.guard import _may_upload
from tests.access.asking import COOKIE_SECRET, ask, ask_scope, cookie, open_app, scope_of
from tests.access.conftest import SetUp

GATE = AskWho(open_app)
HTML = [("Accept", "text/html,application/xhtml+xml")]


@pytest.mark.parametrize("access", [None, "open"])
def test_where_nobody_need_sign_in_everybody_is_let_in(set_up: SetUp, access: str | None) -> None:
    set_up(access=access)
    assert ask(GATE, peer="192.0.2.9").text == "the data"


@pytest.mark.usefixtures("oidc")
def test_page_for_who_has_not_signed_in_leads_to_the_view_that_was_asked_for() -> None:
    answer = ask(GATE, '/?country=LT&title="><script>', HTML)
    assert answer.status == 401
    assert 'href="/auth/login?country=LT&amp;title=&quot;&gt;&lt;script&gt;"' in answer.text
    assert "<script>" not in answer.text
    assert answer.header("cache-control") == "no-store"


@pytest.mark.usefixtures("oidc")
def test_page_for_who_has_no_role_says_the_name_and_lets_them_out() -> None:
    answer = ask(GATE, "/", [*HTML, *cookie({"email": "<b>eve</b>", "groups": []})])
    assert answer.status == 403
    assert "signed in as &lt;b&gt;eve&lt;/b&gt;, but that name has no role here" in answer.text
    assert 'href="/auth/logout"' in answer.text


def clicks_until_over(second: Callable[[], object]) -> int:
    """Click five times on a page; something happens at the second. Gives the clicks that were heard."""
    clicks = 0

    async def counting(_scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal clicks
        while (message := await receive())["type"] != "websocket.disconnect":
            clicks += message["type"] == "websocket.receive"
            if clicks == 2:
                second()
        await send({"type": "websocket.send", "text": "too late"})

    answer = ask(AskWho(counting), headers=cookie(hours_ago=11), kind="websocket", clicks=5)
    assert clicks == 5 or answer.messages == [{"type": "websocket.close", "code": 1008}]
    return clicks


@pytest.mark.usefixtures("oidc")
def test_each_click_is_asked_about(roles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    assert clicks_until_over(lambda: None) == 5
    assert clicks_until_over(lambda: monkeypatch.setattr(time, "time", lambda: now + 3700)) == 2
    monkeypatch.setattr(time, "time", lambda: now)
    assert clicks_until_over(lambda: roles.write_text('[viewer]\nnames = ["anna@example.org"]\n', "utf-8")) == 2


@pytest.mark.usefixtures("proxy")
def test_what_asks_for_itself_is_passed_on() -> None:
    bearer = [("Authorization", "Bearer x")]
    for path, headers, status in (
        ("/api/incidents.csv", bearer, 200),
        ("/api/incidents.csv", [("authorization", "bearer x")], 200),
        ("/api/incidents.csv", [], 401),
        ("/api/incidents.csv", [("Authorization", "Basic x")], 200),  # a token as a password
        ("/api/incidents.csv", [("Authorization", "Digest x")], 401),
        ("/apiary", bearer, 401),
        ("/atlas/../api/", bearer, 401),
        ("/health/live", [], 200),
        ("/health/ready", [], 200),
        ("/health", [], 401),
        ("/health/ready/x", [], 401),
        ("/_stcore/health", [], 401),
    ):
        assert ask(GATE, path, headers).status == status, path
    assert ask(GATE, "/api/x", bearer, kind="websocket").status == 401
    assert ask(GATE, "/health/live", kind="websocket").status == 401


@pytest.mark.usefixtures("proxy")
def test_who_asks_is_known_to_what_comes_after() -> None:
    found: list[Role | None] = []

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(role_asking(scope))

    ask(AskWho(note), headers=[("X-Forwarded-User", "anna@example.org")])
    ask(AskWho(note), "/api/x", [("Authorization", "Bearer x")])
    ask_scope(AskWho(note), scope_of("/api/x", [("Authorization", "Bearer x"), ("dashboard.role", "4")]))
    assert found == [Role.KEEPER, None, None]


@pytest.mark.usefixtures("proxy")
def test_who_has_signed_in_reads_the_api_without_a_token() -> None:
    read: list[str] = []

    async def api(scope: Scope, receive: Receive, send: Send) -> None:
        read.append(reader(HTTPConnection(scope)))

    ask(AskWho(api), "/api/incidents.csv", [("X-Forwarded-User", "anna@example.org")])
    assert read == ["person anna@example.org"]
    with pytest.raises(Refusal):
        ask(AskWho(api), "/api/incidents.csv", [("Authorization", "Bearer x")])


@pytest.mark.usefixtures("oidc")
def test_who_has_not_signed_in_reads_nothing_of_the_api_even_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.api.permission.listened_on", lambda: "127.0.0.1")
    with pytest.raises(Refusal):
        reader(HTTPConnection(scope_of("/api/incidents.csv", peer="127.0.0.1")))


@pytest.mark.usefixtures("proxy")
def test_answers_are_kept_by_no_cache_on_the_way() -> None:
    answer = ask(GATE, headers=[("X-Forwarded-User", "anna@example.org")])
    assert answer.header("cache-control") == "private, max-age=9"


@pytest.mark.parametrize(
    ("role", "length", "is_allowed"),
    [
        (None, "10", False),
        (Role.VIEWER, "10", False),
        (Role.BRIEFER, "1000000", True),
        (Role.BRIEFER, "5000000", False),
        (Role.BRIEFER, "", False),
        (Role.EDITOR, "5000000", False),
        (Role.KEEPER, "5000000", True),
    ],
)
@pytest.mark.usefixtures("proxy")
def test_uploads_are_as_large_as_a_role_has_use_for(role: Role | None, length: str, is_allowed: bool) -> None:
    scope: dict[str, Any] = scope_of("/_stcore/upload_file/s/1", [("Content-Length", length)] if length else [])
    assert _may_upload(scope | {"dashboard.role": role}) is is_allowed


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"roles": None}, "needs DASHBOARD_ROLES"),
        ({"editing": "true"}, "Unset DASHBOARD_EDITING"),
        ({"roles": "/nowhere.toml"}, "DASHBOARD_ROLES names it"),
        ({"url": None, "oidc_client_id": None}, "needs DASHBOARD_URL and DASHBOARD_OIDC_CLIENT_ID"),
        ({"oidc_client_secret": None}, "needs DASHBOARD_OIDC_CLIENT_SECRET"),
        ({"cookie_secret": "short"}, "DASHBOARD_COOKIE_SECRET must have 32 characters"),
        ({"cookie_secret_file": "/nowhere"}, "DASHBOARD_COOKIE_SECRET_FILE names /nowhere, which cannot be read"),
        ({"access": "proxy"}, "needs DASHBOARD_PROXY_ADDRESSES"),
    ],
)
@pytest.mark.usefixtures("oidc")
def test_server_that_lacks_what_signing_in_takes_does_not_start(
    set_up: SetUp, changes: dict[str, str | None], told: str
) -> None:
    check_sign_in()
    set_up(**changes)
    with pytest.raises(DashboardError, match=told) as raised:
        check_sign_in()
    assert COOKIE_SECRET not in str(raised.value)


@pytest.mark.usefixtures("oidc")
def test_secret_may_lie_in_a_file(set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{COOKIE_SECRET}\n", "utf-8")
    set_up(cookie_secret=None, cookie_secret_file=str(tmp_path / "secret"))
    check_sign_in()
    assert ask(GATE, headers=cookie()).status == 200
