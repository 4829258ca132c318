"""The visitor of a page is told by what its connection brought along, each time anew."""

from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.access.roles import Role
from dashboard.access.visitor import Visitor, may, visitor
from tests.access.asking import Headers, cookie


def connect(monkeypatch: pytest.MonkeyPatch, headers: Headers) -> None:
    """Let the running script be that of a page with such a connection, as Streamlit keeps it."""
    cookies = {name: one.value for _name, value in headers for name, one in SimpleCookie(value).items()}
    connection = SimpleNamespace(headers=headers, cookies=cookies)
    monkeypatch.setattr("streamlit.runtime.context._get_client_context", lambda: connection)


@pytest.mark.usefixtures("proxy")
def test_visitor_behind_a_proxy(monkeypatch: pytest.MonkeyPatch, roles: Path) -> None:
    connect(monkeypatch, [("x-forwarded-user", "ben"), ("x-forwarded-groups", "other,map-editors")])
    assert visitor() == Visitor("ben", Role.EDITOR)
    assert may(Role.BRIEFER, else_=False)
    assert not may(Role.KEEPER, else_=True)
    roles.write_text('[keeper]\nnames = ["ben"]\n', "utf-8")
    assert visitor() == Visitor("ben", Role.KEEPER)
    connect(monkeypatch, [("x-forwarded-user", "ben"), ("x-forwarded-user", "anna@example.org")])
    assert visitor() is None


@pytest.mark.usefixtures("oidc")
def test_visitor_who_signed_in_at_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, cookie())
    assert visitor() == Visitor("ben@example.org", Role.VIEWER)
    connect(monkeypatch, cookie(hours_ago=13))
    assert visitor() is None
    assert not may(Role.VIEWER, else_=True)


def test_where_nobody_signs_in_there_is_no_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, [("x-forwarded-user", "anna@example.org")])
    assert visitor() is None
    assert may(Role.KEEPER, else_=True)
    assert not may(Role.VIEWER, else_=False)
