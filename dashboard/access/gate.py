"""The gate: before anything else is asked, who asks, and whether they may."""

import time
from collections.abc import Sequence

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access.oidc import check_oidc, person_in_cookies
from dashboard.access.person import Person
from dashboard.access.proxy import check_peer, check_proxy, person_in_headers
from dashboard.access.refusal import refusal
from dashboard.access.roles import Role, read_roles, role_of
from dashboard.access.sign_in import is_step, take_step
from dashboard.errors import AccessError, QueryError
from dashboard.language import _
from dashboard.settings import settings

API = "/api/"  # other systems show it tokens of their own
HEALTH = ("/health/live", "/health/ready")  # say to everybody whether the server is well, and nothing more
ROLE = "dashboard.role"  # of who asks, in the scope of a request
POLICY, AGAIN = 1008, 1012  # why a websocket is closed: who asks may not, or is to ask again
ASKED_AGAIN_S = 15 * 60  # so old the headers of a proxy are at most: a page connects again, and nobody notices


def asks_who() -> bool:
    """Tell whether everybody has to sign in."""
    return settings().access in ("proxy", "oidc")


def check_sign_in() -> None:
    """Check that the settings have all that signing in takes.

    Raises
    ------
    QueryError
        Something is missing, or contradicts the rest.
    MissingFileError, UnreadableFileError
        A file that they name cannot be read.
    """
    if not asks_who():
        return
    path, access = settings().roles, settings().access
    if path is None:
        message = _("DASHBOARD_ACCESS={access} needs DASHBOARD_ROLES: a file that says who has which role.")
        raise QueryError(message.format(access=access))
    if settings().editing is not None:
        message = _("Unset DASHBOARD_EDITING: with DASHBOARD_ACCESS={access} the roles say who may edit.")
        raise QueryError(message.format(access=access))
    read_roles(path)
    if access == "proxy":
        check_proxy()
    else:
        check_oidc()


def person_asking(asked: HTTPConnection) -> Person:
    """Tell who asks.

    Raises
    ------
    AccessError
        They have not signed in, or do not come by the way that is allowed.
    """
    if settings().access == "proxy":
        check_peer(asked.client.host if asked.client else "")
        return person_in_headers(asked.headers.getlist)
    return person_in_cookies(asked.cookies)


def role_asking(scope: Scope) -> Role | None:
    """The role of who asks, which the gate has found; None for who has not signed in, or where nobody need."""
    return scope.get(ROLE)


class AskWho:
    """Middleware that lets through who has signed in and has a role, and tells the others why not.

    Each message of a websocket is a click: whose sign-in is over, or whose role was taken away, sends none any more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if who asks may see the map."""
        if scope["type"] not in ("http", "websocket") or not asks_who():
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        if is_step(asked):
            await take_step(self.app, scope, receive, send)
            return
        try:
            scope[ROLE] = role_of(person_asking(asked))
        except AccessError as error:
            if not _may_anyone(asked):
                await refusal(asked, error)(scope, receive, send)
                return
        if scope["type"] == "websocket":
            await _watched(self.app, scope, receive, send)
        else:
            await self.app(scope, receive, _kept_private(send))


def _may_anyone(asked: HTTPConnection) -> bool:
    """Tell whether a request is answered by something that asks for itself who may."""
    if asked.scope["type"] != "http":
        return False
    path = asked.scope["path"]
    if path in HEALTH:
        return True
    return path.startswith(API) and asked.headers.get("authorization", "").lower().startswith(("bearer ", "basic "))


async def _watched(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a websocket for as long as who opened it may see the map."""
    begun, is_over = time.monotonic(), False

    async def close(code: int) -> Message:
        nonlocal is_over
        is_over = True
        await send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def receive_if_allowed() -> Message:
        is_old = settings().access == "proxy" and time.monotonic() - begun > ASKED_AGAIN_S
        if is_old:  # what was clicked before has been heard
            return await close(AGAIN)
        message = await receive()
        if message["type"] == "websocket.receive":
            try:
                role_of(person_asking(HTTPConnection(scope)))
            except AccessError:
                return await close(POLICY)
        return message

    async def send_if_open(message: Message) -> None:
        if not is_over:
            await send(message)

    await app(scope, receive_if_allowed, send_if_open)


def _kept_private(send: Send) -> Send:
    """Send answers that no cache between here and the reader keeps for somebody else."""

    async def send_private(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*map(_private, message["headers"])]
        await send(message)

    return send_private


def _private(header: Sequence[bytes]) -> tuple[bytes, bytes]:
    name, value = header
    return name, value.replace(b"public", b"private") if name.lower() == b"cache-control" else value
