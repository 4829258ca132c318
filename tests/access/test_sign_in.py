"""Signing in at a real provider, which is a process of its own on this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.access.asking import CLIENT, COOKIE_SECRET
from tests.access.conftest import ROLES
from tests.servers import end, free_port, start_app

pytestmark = pytest.mark.server
USERS = ({"sub": "ben", "email": "ben@example.org", "groups": ["staff"]}, {"sub": "eve", "email": "eve@example.org"})
PLAIN = {"AUTHLIB_INSECURE_TRANSPORT": "1"}  # no encryption between the two, which are on one machine
VIEW = "country=LT&from=2025-07-01"
HTML = {"Accept": "text/html"}


@dataclass(frozen=True)
class Places:
    """Addresses of the app and of the provider, and the file of roles."""

    app: str
    provider: str
    roles: Path


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    roles = tmp_path_factory.mktemp("roles") / "roles.toml"
    roles.write_text(ROLES, "utf-8")
    port, provider_port = free_port(), free_port()
    found = Places(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{provider_port}", roles)
    users = [part for user in USERS for part in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port), *users]
    provider = subprocess.Popen(
        command, env=os.environ | PLAIN, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )  # it is there long before the app is
    settings = {
        "access": "oidc", "roles": str(roles), "url": found.app, "oidc_issuer": found.provider,
        "oidc_client_id": CLIENT, "oidc_client_secret": "s", "cookie_secret": COOKIE_SECRET,
    }  # fmt: skip
    try:
        app = start_app(port, settings, PLAIN, answers=401)
        yield found
        end(app)
    finally:
        end(provider)


def answer_of_provider(client: httpx.Client, places: Places, user: str, query: str = "") -> str:
    """Ask to sign in as a user; gives the address at which the provider sends the browser back."""
    there = client.get(f"{places.app}/auth/login?{query}")
    assert there.status_code == 302, there.text
    assert there.headers["location"].startswith(f"{places.provider}/oauth2/authorize?")
    back = client.post(there.headers["location"], data={"sub": user} if user else {"action": "deny"})
    return back.headers["location"]


def test_who_signs_in_sees_the_view_that_was_asked_for(places: Places) -> None:
    with httpx.Client(headers=HTML) as client:
        assert client.get(f"{places.app}/?{VIEW}").status_code == 401
        back = client.get(answer_of_provider(client, places, "ben", VIEW))
        assert back.headers["location"] == f"/?{VIEW}"
        page = client.get(f"{places.app}/")
        assert page.status_code == 200
        assert "PerformanceObserver" in page.text  # by which a page tells that a sign-in is over
        assert client.get(f"{places.app}/atlas/symbols/light/crash-confirmed.svg").status_code == 200


def test_who_has_no_role_reads_so(places: Places) -> None:
    with httpx.Client(headers=HTML) as client:
        client.get(answer_of_provider(client, places, "eve"))
        refused = client.get(f"{places.app}/")
    assert refused.status_code == 403
    assert "eve@example.org, but that name has no role here" in refused.text


def test_answer_that_is_not_the_providers_to_this_request_is_refused(places: Places) -> None:
    with httpx.Client(headers=HTML) as client, httpx.Client(headers=HTML) as thief:
        stolen = answer_of_provider(client, places, "ben")
        foreign = answer_of_provider(thief, places, "ben")
        code, state = (parse_qs(urlsplit(stolen).query)[name][0] for name in ("code", "state"))
        own = parse_qs(urlsplit(foreign).query)["state"][0]
        for query in (
            {"code": code, "state": state},  # of another browser
            {"code": "made up", "state": own},
            {"code": code, "state": "made up"},
            {"error": "access_denied", "state": own},
        ):
            refused = thief.get(f"{places.app}/oauth2callback?{urlencode(query)}")
            assert refused.status_code == 401, query
            assert "Signing in did not succeed. Try again" in refused.text
        assert thief.get(f"{places.app}/").status_code == 401
        # The code belongs to another app of the same provider.
        query = {"client_id": "other", "redirect_uri": f"{places.app}/oauth2callback", "response_type": "code"}
        address = f"{places.provider}/oauth2/authorize?{urlencode(query | {'scope': 'openid', 'nonce': 'n'})}"
        theirs = parse_qs(urlsplit(thief.post(address, data={"sub": "ben"}).headers["location"]).query)["code"][0]
        own = parse_qs(urlsplit(answer_of_provider(thief, places, "ben")).query)["state"][0]
        refused = thief.get(f"{places.app}/oauth2callback?{urlencode({'code': theirs, 'state': own})}")
        assert (refused.status_code, thief.get(f"{places.app}/").status_code) == (401, 401)


def test_browser_signs_in_sees_the_map_loses_the_role_and_signs_out(places: Places, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{places.app}/?{VIEW}")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="ben").click()
    expect(page.locator(".account")).to_contain_text("ben@example.org Viewer Sign out")
    assert page.url == f"{places.app}/?{VIEW}"
    expect(page.locator(".sentence")).to_contain_text("Lithuania")
    page.get_by_text("Data", exact=True).click()
    expect(page.get_by_role("button", name="History")).to_be_visible()
    expect(page.get_by_role("button", name="Add an incident")).to_have_count(0)
    places.roles.write_text('[viewer]\nnames = ["anna@example.org"]\n', "utf-8")
    page.get_by_role("button", name="History").click()
    expect(page.get_by_role("heading", name="You cannot open this map")).to_be_visible()
    places.roles.write_text(ROLES, "utf-8")
    page.reload()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button").first.click()  # the provider asks
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert not [cookie for cookie in context.cookies() if "streamlit_user" in cookie.get("name", "")]
    context.close()
