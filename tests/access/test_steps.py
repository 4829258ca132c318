"""Steps of signing in and out, before an app that answers them as Streamlit does."""

from urllib.parse import parse_qs

import pytest
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import decode_provider_token

from dashboard.access.gate import AskWho
from tests.access.asking import Answer, Headers, ask
from tests.access.conftest import SetUp

pytestmark = pytest.mark.usefixtures("oidc")
VIEW = "country=LT&from=2025-07-01"


def answering(response: Response, queries: list[str] | None = None) -> ASGIApp:
    """The gate before an app that gives one answer, and notes what it is asked."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if queries is not None:
            queries.append(scope["query_string"].decode())
        await response(scope, receive, send)

    return AskWho(app)


def redirect(*cookies: str, to: str = "/") -> Response:
    response = RedirectResponse(to, 302)
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    return response


def cookies_of(answer: Answer) -> list[str]:
    return [value.decode() for name, value in answer.messages[0]["headers"] if name == b"set-cookie"]


def test_way_to_the_provider_has_a_fresh_token_and_keeps_the_view() -> None:
    queries: list[str] = []
    answer = ask(answering(redirect(to="https://login.example.org/authorize"), queries), f"/auth/login?{VIEW}")
    (token,) = parse_qs(queries[0])["provider"]
    assert decode_provider_token(token)["provider"] == "default"
    assert answer.header("location") == "https://login.example.org/authorize"
    (kept,) = cookies_of(answer)
    assert kept.startswith(
        "incursions_then=country%3DLT%26from%3D2025-07-01; Path=/oauth2callback; Max-Age=600; HttpOnly"
    )


def test_token_that_a_link_brings_along_is_not_used() -> None:
    queries: list[str] = []
    ask(answering(redirect(), queries), "/auth/login?provider=theirs")
    assert "theirs" not in queries[0]


@pytest.mark.parametrize(
    ("kept", "led"),
    [
        ("country%3DLT", "/?country=LT"),
        ("", "/"),
        ("x%0d%0aSet-Cookie%3A%20a%3Db", "/"),
        ("%22%3E%3Cscript%3E", "/"),
        ("%C5%BD", "/"),
        ("a" * 2001, "/"),
    ],
)
def test_way_back_leads_to_the_view_and_nowhere_else(kept: str, led: str) -> None:
    app = answering(redirect("_streamlit_user=signed; Path=/"))
    headers: Headers = [("Cookie", f"incursions_then={kept}")]
    answer = ask(app, "/oauth2callback?code=c&state=s", headers)
    assert (answer.status, answer.header("location")) == (302, led)
    assert cookies_of(answer)[-1].startswith("incursions_then=; Path=/oauth2callback; Max-Age=0")


def test_way_back_leads_to_the_folder_under_which_the_app_is_reached(set_up: SetUp) -> None:
    set_up(url="https://office.example.org/map")
    app = answering(redirect("_streamlit_user=signed; Path=/"))
    answer = ask(app, "/oauth2callback?code=c&state=s", [("Cookie", "incursions_then=country%3DLT")])
    assert answer.header("location") == "/map?country=LT"
    assert ask(answering(redirect()), "/oauth2callback").header("location") == "/map"  # after signing out


@pytest.mark.parametrize(("url", "is_secure"), [("https://map.example.org", True), ("http://127.0.0.1:8501", False)])
def test_cookies_travel_encrypted_where_the_app_is_reached_so(set_up: SetUp, url: str, is_secure: bool) -> None:
    set_up(url=url)
    app = answering(redirect("_streamlit_user=signed; Path=/", "_streamlit_session=x; path=/; secure"))
    answer = ask(app, "/oauth2callback?code=c&state=s")
    assert [cookie.lower().count("; secure") for cookie in cookies_of(answer)] == [is_secure, 1, is_secure]


@pytest.mark.parametrize(
    ("path", "response"),
    [
        (f"/auth/login?{VIEW}", Response("Authentication error", 400)),  # the provider does not answer
        ("/oauth2callback?code=c&state=s", redirect()),  # its answer was not accepted
        ("/oauth2callback?error=access_denied&state=s", redirect()),
        ("/oauth2callback?code=c&state=s", redirect('_streamlit_user=""; Max-Age=0')),
    ],
)
def test_step_that_fails_says_so_and_offers_another_try(path: str, response: Response) -> None:
    headers = [("Accept", "text/html"), ("Cookie", "incursions_then=country%3DLT%26from%3D2025-07-01")]
    answer = ask(answering(response), path, headers)
    assert answer.status == 401
    assert "Signing in did not succeed. Try again" in answer.text
    assert 'href="/auth/login?country=LT&amp;from=2025-07-01"' in answer.text
    assert "Authentication error" not in answer.text


@pytest.mark.parametrize("path", ["/auth/login/", "/auth/loginx", "//auth/login", "/x/auth/login", "/AUTH/login"])
def test_address_beside_a_step_is_none(path: str) -> None:
    assert ask(answering(redirect()), path).status == 401
