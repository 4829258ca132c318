"""The server does not listen where others reach it before it was told who may."""

import asyncio
from collections.abc import Iterator

import pytest
import streamlit as st

from dashboard.__main__ import main
from dashboard.access.listening import check_listening
from dashboard.app import _ready, app
from dashboard.errors import QueryError
from dashboard.guard import allows_editing
from dashboard.settings import settings

REACHED = ["0.0.0.0", "::", "192.0.2.7", "map.example.org", ""]


@pytest.fixture
def access(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    monkeypatch.delenv("DASHBOARD_ACCESS", raising=False)
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


@pytest.mark.parametrize("address", [address for address in REACHED if address])
def test_serve_ends_with_what_to_set(
    access: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    access.setattr("dashboard.app.app.run", lambda **_: pytest.fail("it listens"))
    assert main(["serve", "--address", address]) == 2
    told = capsys.readouterr().err
    assert f"does not listen on {address}, where others reach it" in told
    assert "DASHBOARD_ACCESS=open" in told


@pytest.mark.parametrize("address", REACHED)
def test_streamlit_itself_starts_no_such_server(access: pytest.MonkeyPatch, address: str) -> None:
    access.setattr(st, "get_option", {"server.address": address or None}.get)

    async def start() -> None:
        async with _ready(app):
            pytest.fail("it listens")

    with pytest.raises(QueryError, match="DASHBOARD_ACCESS=open"):
        asyncio.run(start())


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.2"])
def test_nothing_need_be_set_for_this_machine_alone(access: pytest.MonkeyPatch, address: str) -> None:
    check_listening(address)


@pytest.mark.parametrize("address", REACHED)
def test_who_says_that_everyone_may_is_taken_at_their_word(access: pytest.MonkeyPatch, address: str) -> None:
    access.setenv("DASHBOARD_ACCESS", "open")
    settings.cache_clear()
    check_listening(address)


def test_a_word_that_says_nothing_is_refused(access: pytest.MonkeyPatch) -> None:
    access.setenv("DASHBOARD_ACCESS", "yes")
    settings.cache_clear()
    with pytest.raises(QueryError, match="DASHBOARD_ACCESS: Input should be 'open'"):
        settings()


@pytest.mark.parametrize(("setting", "name"), [("HOSTS", "map.example.org"), ("ORIGINS", "https://map.example.org")])
def test_names_by_which_a_proxy_leads_others_here_are_asked_about_as_well(
    access: pytest.MonkeyPatch, setting: str, name: str
) -> None:
    access.setenv(f"DASHBOARD_{setting}", name)
    settings.cache_clear()
    assert not allows_editing("127.0.0.1")
    with pytest.raises(QueryError, match=f"does not answer to {name}, under which others reach it"):
        check_listening("127.0.0.1")
    access.setenv("DASHBOARD_ACCESS", "open")
    settings.cache_clear()
    check_listening("127.0.0.1")
    assert not allows_editing("127.0.0.1")  # open to see is not open to change
