"""Permission to read: who asks, and whether that is allowed."""

from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection

from dashboard.access.gate import role_asking
from dashboard.api.refusals import Refusal
from dashboard.core.record.tokens import Tokens
from dashboard.guard import LOOPBACK
from dashboard.language import _
from dashboard.settings import settings

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")  # headers that a proxy adds


def reader(request: HTTPConnection) -> str:
    """The name of the system that may read: that of its token; empty for a person who has signed in, or need not.

    Raises
    ------
    Refusal
        A token is needed and there is none, or it is not one that holds.
    StorageError
        The tokens cannot be looked up.
    """
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        if name := Tokens(settings().record).owner(token.strip()):
            return name
        raise _refusal(_("This token is not known here, or it was revoked."), 'Bearer error="invalid_token"')
    if role_asking(request.scope) or _is_alone(request):
        return ""
    raise _refusal(
        _(
            "A token is needed: Authorization: Bearer TOKEN. Whoever keeps this server makes one with "
            "'python -m dashboard token add NAME'."
        ),
        "Bearer",
    )


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
        and not settings().origins
        and not any(header in request.headers for header in FORWARDED)
    )
