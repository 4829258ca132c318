"""The way to the provider and back: Streamlit's own addresses for it, and the view that was asked for before."""

import re
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote, urlencode, urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import encode_provider_token
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.access.oidc import CALLBACK
from dashboard.access.refusal import SIGN_IN, SIGN_OUT, refusal
from dashboard.errors import SignInError
from dashboard.language import _
from dashboard.settings import settings

Header = tuple[bytes, bytes]
PROVIDER = "default"  # Streamlit's name for the only one
BACK = f"/{CALLBACK}"
ADDRESSES = (SIGN_IN, SIGN_OUT, BACK)
THEN = "incursions_then"  # cookie with the query of the view that was asked for
KEPT_S, LONGEST = 600, 2000  # seconds for signing in, and characters of a query
QUERY = re.compile(r"[\w.~!$'()*+,;:@/?%&=-]*", re.ASCII)


def is_step(asked: HTTPConnection) -> bool:
    """Tell whether a request is a step of signing in or out."""
    return settings().access == "oidc" and asked.scope["type"] == "http" and asked.scope["path"] in ADDRESSES


async def take_step(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Let Streamlit take a step of signing in or out; it leads back to the view that was asked for."""
    asked = HTTPConnection(scope)
    if scope["path"] == SIGN_IN:
        query = _checked(scope.get("query_string", b"").decode("latin-1"))
        token = urlencode({"provider": encode_provider_token(PROVIDER)})
        scope = {**scope, "query_string": token.encode("ascii")}  # else it would have to be made with each page
    else:
        query = _checked(unquote(asked.cookies.get(THEN, "")))
    has_failed = False

    async def send_on(message: Message) -> None:
        nonlocal has_failed
        if message["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in message["headers"]]
            has_failed = _has_failed(asked, message["status"], headers)
            message["headers"] = [_secured(header) for header in _led(asked, query, headers)]
        if not has_failed:
            await send(message)

    await app(scope, receive, send_on)
    if has_failed:
        error = SignInError(
            _("Signing in did not succeed. Try again; if it still does not, the server's log has the reason.")
        )
        again = HTTPConnection({**scope, "query_string": query.encode("ascii")})
        await refusal(again, error)(scope, receive, send)


def _checked(query: str) -> str:
    """A query that can be led back to, or none."""
    return query if len(query) <= LONGEST and QUERY.fullmatch(query) else ""


def _has_failed(asked: HTTPConnection, status: int, headers: list[Header]) -> bool:
    """Tell whether a step came to nothing: the provider did not answer, or its answer was not accepted."""
    path, has_answer = asked.scope["path"], "state=" in asked.url.query or "error=" in asked.url.query
    if path != BACK or not has_answer:
        return path == SIGN_IN and status >= 400
    cookies = [SimpleCookie(value.decode("latin-1")) for name, value in headers if name == b"set-cookie"]
    return not any(USER_COOKIE_NAME in cookie and cookie[USER_COOKIE_NAME].value.strip('"') for cookie in cookies)


def _led(asked: HTTPConnection, query: str, headers: list[Header]) -> list[Header]:
    """The headers of an answer that keep the view on the way there, and on the way back lead to it."""
    if asked.scope["path"] == SIGN_IN:
        return [*headers, _then(quote(query, safe=""), KEPT_S)]
    place = urlsplit(settings().url).path or "/"
    there = f"{place}?{query}" if query else place
    start, way = (b"location", b"/"), (b"location", there.encode("ascii"))
    return [*(way if header == start else header for header in headers), _then("", 0)]


def _then(value: str, seconds: int) -> Header:
    cookie = f"{THEN}={value}; Path={BACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return b"set-cookie", cookie.encode("ascii")


def _secured(header: Header) -> Header:
    """A cookie that a browser sends back over https alone, where the app is reached by it."""
    name, value = header
    is_plain = name != b"set-cookie" or b"; secure" in value.lower() or not settings().url.startswith("https:")
    return header if is_plain else (name, value + b"; Secure")
