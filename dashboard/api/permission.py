"""Permission to read: who asks, and whether that is allowed."""

import base64
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection

from dashboard.access.gate import person_asking, role_asking
from dashboard.api.refusals import Refusal
from dashboard.core.record.tokens import Tokens
from dashboard.guard import LOOPBACK
from dashboard.language import _
from dashboard.settings import settings

REALM = "incursion map"
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")  # headers that a proxy adds


def reader(request: HTTPConnection) -> str:
    """The one who asks, if they may read: ``token NAME``, ``person NAME``, or ``address HOST`` where nobody need say.

    Raises
    ------
    Refusal
        A token is needed and there is none, or it is not one that holds.
    StorageError
        The tokens cannot be looked up.
    """
    if role_asking(request.scope):  # a proxy may pass on a password that is none of ours
        return f"person {person_asking(request).name}"
    token = _token(request.headers.get("authorization", ""))
    if token is not None:
        if name := Tokens(settings().record).owner(token):
            return f"token {name}"
        raise _refusal(_("This token is not known here, or it was revoked."), 'Bearer error="invalid_token"')
    if _is_alone(request):
        return address_asking(request)
    raise _refusal(
        _(
            "A token is needed: Authorization: Bearer TOKEN. Whoever keeps this server makes one with "
            "'python -m dashboard token add NAME'."
        ),
        f'Bearer, Basic realm="{REALM}", charset="UTF-8"',
    )


def address_asking(request: HTTPConnection) -> str:
    """The address from which somebody asks: ``address HOST``."""
    return f"address {request.client.host if request.client else ''}"


def _token(authorization: str) -> str | None:
    """The token that a request shows, or None: globes, feed readers and spreadsheets can give it only as a password."""
    scheme, _space, shown = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return shown.strip()
    if scheme.lower() != "basic":
        return None
    try:
        _user, _colon, password = base64.b64decode(shown.strip(), validate=True).decode().partition(":")
    except ValueError:
        return ""
    return password


def listened_on() -> str | None:
    """The address on which the server listens, or None where it listens on all."""
    return cast(str | None, st.get_option("server.address"))


def _refusal(detail: str, challenge: str) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, detail, {"www-authenticate": challenge})


def _is_alone(request: HTTPConnection) -> bool:
    """Tell whether somebody on this machine asks a server that nobody else reaches, not even through a proxy."""
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    asks_from = request.client.host if request.client else ""
    return (
        listened_on() in LOOPBACK
        and name in LOOPBACK
        and asks_from in LOOPBACK
        and not (settings().access or settings().hosts or settings().origins)
        and not any(header in request.headers for header in FORWARDED)
    )
