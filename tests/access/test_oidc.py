"""The cookie of who has signed in: only one that was made here, for this app, by this provider, and not long ago."""

from typing import Any

import pytest

from dashboard.access.gate import AskWho
from tests.access.asking import COOKIE_SECRET, ISSUER, Headers, ask, cookie, open_app
from tests.access.conftest import SetUp

pytestmark = pytest.mark.usefixtures("oidc")
GATE = AskWho(open_app)


@pytest.mark.parametrize(
    "changes", [{}, {"aud": ["other", "map"]}, {"iss": f"{ISSUER}/"}, {"email_verified": None}, {"groups": "staff"}]
)
def test_who_has_signed_in_is_let_in(changes: dict[str, Any]) -> None:
    assert ask(GATE, headers=cookie(changes)).text == "the data"
    assert ask(GATE, headers=cookie(changes), kind="websocket").messages[0] == {"type": "websocket.accept"}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ([], "Sign in to see the map."),
        ([("Cookie", "_streamlit_user=")], "Sign in to see the map."),
        ([("X-Forwarded-User", "anna@example.org")], "Sign in to see the map."),
        ([("Authorization", "Bearer x")], "Sign in to see the map."),
        ([("Cookie", '_streamlit_user={"is_logged_in": true}')], "not made by this server"),
        (cookie(secret=f"{COOKIE_SECRET}!"), "not made by this server"),
        (cookie(hours_ago=12.1), "more than 12 hours ago"),
        (cookie({"iss": "https://login.example.org/other"}), "for another app or by another provider"),
        (cookie({"iss": None}), "for another app or by another provider"),
        (cookie({"aud": "other"}), "for another app or by another provider"),
        (cookie({"aud": ["other"]}), "for another app or by another provider"),
        (cookie({"aud": None}), "for another app or by another provider"),
        (cookie({"is_logged_in": False}), "Sign in to see the map."),
        (cookie({"email": None}), "its token has no email"),
        (cookie({"email": 7}), "cannot be used"),
        (cookie({"email_verified": False}), "has not verified your e-mail address"),
        (cookie({"email_verified": "false"}), "has not verified your e-mail address"),
    ],
)
def test_everybody_else_is_not(headers: Headers, told: str, kind: str) -> None:
    answer = ask(GATE, headers=headers, kind=kind)
    assert answer.status == 401
    assert told in answer.text
    assert "the data" not in answer.text


def test_changed_cookie_is_refused() -> None:
    ((name, value),) = cookie()
    half = len(value) // 2
    changed = value[:half] + ("A" if value[half] != "A" else "B") + value[half + 1 :]
    assert "not made by this server" in ask(GATE, headers=[(name, changed)]).text


def test_cookie_of_another_name_is_none(set_up: SetUp) -> None:
    ((name, value),) = cookie()
    assert ask(GATE, headers=[(name, value.replace("_streamlit_user=", "_streamlit_user_tokens="))]).status == 401


def test_hours_and_claims_are_those_of_the_settings(set_up: SetUp) -> None:
    set_up(cookie_hours="1", oidc_name_claim="preferred_username", oidc_groups_claim="roles")
    theirs = {"preferred_username": "ben", "roles": ["staff"], "groups": None, "email": None}
    assert ask(GATE, headers=cookie(theirs, hours_ago=0.9)).status == 200
    assert "more than 1 hour ago" in ask(GATE, headers=cookie(theirs, hours_ago=1.1)).text
    assert ask(GATE, headers=cookie({"preferred_username": "ben"})).status == 403  # groups are roles here
