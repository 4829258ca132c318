"""Checks before Streamlit sees a request: names, who asks, hidden addresses and uploads; and security headers."""

import asyncio
import logging
from collections.abc import Iterable
from functools import lru_cache
from typing import cast
from urllib.parse import SplitResult, parse_qs, urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from dashboard.access.gate import AskWho, asks_who, role_asking
from dashboard.access.listening import is_shared
from dashboard.access.roles import Role
from dashboard.access.sign_in import is_step
from dashboard.language import _
from dashboard.render.web.scripts import ATLAS
from dashboard.settings import settings

LOOPBACK = ("localhost", "127.0.0.1", "::1")
ANY_ADDRESS = ("0.0.0.0", "::")  # listened on, but nobody's name  # noqa: S104
POLICY = b"content-security-policy"
HEADERS = {
    # Streamlit and its components need inline scripts and styles, and streamlit-folium evaluates the map's script.
    POLICY: b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    b"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    b"referrer-policy": b"no-referrer",  # a source does not learn from where it was opened
    b"x-content-type-options": b"nosniff",
}
FRESH = (b"cache-control", b"no-cache")  # the map's files are asked for anew after an update
CORE = "/_stcore/"  # the folder of Streamlit's own addresses
OPEN = ("health", "host-config", "stream", "upload_file")  # what a page needs of them
SIGN_IN = ("/auth/", "/oauth2callback")
UPLOADS = f"{CORE}upload_file/"
VIEWS_MB = 1  # of the largest list of saved views
AT_ONCE, KEPT = 4, 2  # uploads received at one time, and those of one session that are kept
LONGEST_UPLOAD_S = 30
_log = logging.getLogger(__name__)


def allows_editing(address: str) -> bool:
    """Tell whether a server lets data be edited: by the setting, or where this machine alone reaches it."""
    asked = settings().editing
    return not is_shared(address) if asked is None else asked


class AddHeaders:
    """Middleware that adds HEADERS to every answer, and FRESH to those of the map's files that do not say how long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
                is_of_map = scope["path"].startswith(f"/{ATLAS}/")
                says = any(name.lower() == FRESH[0] for name, _value in ours)
                fresh = [FRESH] if is_of_map and not says else []
                message["headers"] = [*ours, *_headers(scope).items(), *fresh]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def is_embedding(scope: Scope) -> bool:
    """Tell whether a request asks for the map alone, to be shown within a page elsewhere."""
    query = scope.get("query_string", b"").decode("latin-1")  # bytes that are no ASCII cannot be parsed as bytes
    return scope["path"] == "/" and parse_qs(query).get("embed") == ["1"]


def _headers(scope: Scope) -> dict[bytes, bytes]:
    """The headers of an answer; the map alone may be shown within the pages of some origins."""
    if not is_embedding(scope):
        return HEADERS
    policy = HEADERS[POLICY] + "".join(f" {origin}" for origin in settings().embed_origins).encode()
    return {**HEADERS, POLICY: policy}


class CheckNames:
    """Middleware that refuses requests under a foreign name, and connections from the page of another site.

    A page elsewhere whose name was made to point here (DNS rebinding) comes under its own name. Streamlit takes any,
    and where host and origin differ it asks a service on the internet what this server's address is.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if host and origin are known."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if problem := _problem(scope):
            _warn(problem)
            await PlainTextResponse(problem, 403)(scope, receive, send)
            return
        if scope["type"] == "websocket":  # Streamlit need not look at it again
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        await self.app(scope, receive, send)


def _problem(scope: Scope) -> str:
    """Say why a request is refused; empty if it is not."""
    headers = Headers(scope=scope)
    host, origin = headers.get("host", ""), headers.get("origin", "")
    place = _split(f"//{host}")
    if _name(place) not in known_hosts():
        message = _("This server does not answer to the name {host!r}. Its names are set in DASHBOARD_HOSTS.")
        return message.format(host=host)
    if scope["type"] == "http" or not origin:
        return ""
    if origin.rstrip("/").lower() in settings().origins or _same_place(_split(origin), place):
        return ""
    return _(
        "A page of {origin!r} may not connect to {host!r}. If both are this server, behind a proxy, let the proxy pass "
        "on the header Host, or name the origin in DASHBOARD_ORIGINS."
    ).format(origin=origin, host=host)


def known_hosts() -> frozenset[str]:
    """The names that the app answers to: the machine's own, the address it listens on, and the setting's."""
    listened = st.get_option("server.address")
    names: Iterable[str] = (*LOOPBACK, *settings().hosts, *([listened] if listened not in (None, *ANY_ADDRESS) else []))
    return frozenset(name.lower() for name in names)


def _split(address: str) -> SplitResult | None:
    """Part an address; None if it cannot be one."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018 - checked when it is asked for
    except ValueError:
        return None
    return parts if parts.netloc and not parts.username else None


def _name(place: SplitResult | None) -> str:
    return (place.hostname or "").rstrip(".") if place else ""


def _same_place(origin: SplitResult | None, host: SplitResult | None) -> bool:
    """Tell whether an origin is the host that was asked for, where https may end at a proxy."""
    if not origin or not host or origin.scheme not in ("http", "https"):
        return False
    usual = 443 if origin.scheme == "https" else 80
    return _name(origin) == _name(host) and (origin.port or usual) == (host.port or usual)


@lru_cache(maxsize=100)
def _warn(problem: str) -> None:
    """Tell the log of a problem, once."""
    _log.warning(problem)


class HideInternals:
    """Middleware that hides Streamlit's addresses that no page needs: figures of the process, agents, signing in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if it is for visitors."""
        path = scope.get("path", "")
        _before, core, inside = path.partition(CORE)
        is_internal = core and inside.split("/")[0] not in OPEN
        if is_internal or (any(part in path for part in SIGN_IN) and not is_step(HTTPConnection(scope))):
            await PlainTextResponse(_("There is nothing here."), 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class LimitUploads:
    """Middleware that receives AT_ONCE uploads at a time and keeps KEPT of a session; Streamlit limits their size.

    Where people sign in, a file that is too large to be saved views is a list, which only a keeper imports.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.receiving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on if there is room for it."""
        _before, upload, inside = scope.get("path", "").partition(UPLOADS)
        if not upload or scope["type"] != "http" or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        if not _may_upload(scope):
            message = _("Your role does not let you upload this file. Ask who keeps this map for another one.")
            await PlainTextResponse(message, 403)(scope, receive, send)
            return
        if self.receiving >= AT_ONCE:
            message = _("Too many files are being uploaded at this moment. Try again.")
            await PlainTextResponse(message, 503)(scope, receive, send)
            return
        self.receiving += 1
        try:
            async with asyncio.timeout(LONGEST_UPLOAD_S):
                _forget_old_uploads(inside.split("/")[0])
                await self.app(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse(_("The upload took too long."), 408)(scope, receive, send)
        finally:
            self.receiving -= 1


def _may_upload(scope: Scope) -> bool:
    """Tell whether who asks may upload a file of that size."""
    if not asks_who():
        return True
    size = Headers(scope=scope).get("content-length", "")
    is_small = size.isascii() and size.isdigit() and int(size) <= (VIEWS_MB + 1) * 2**20
    return (role_asking(scope) or 0) >= (Role.BRIEFER if is_small else Role.KEEPER)


def _forget_old_uploads(session_id: str) -> None:
    """Make room for one more: Streamlit keeps whatever a session uploads until it ends."""
    manager = cast(MemoryUploadedFileManager, get_instance().uploaded_file_mgr)
    for file_id in list(manager.file_storage.get(session_id, ()))[: 1 - KEPT]:
        manager.remove_file(session_id, file_id)


GUARDS = [Middleware(part) for part in (AddHeaders, CheckNames, AskWho, HideInternals, LimitUploads)]
