"""Sign-in by OpenID Connect: Streamlit talks to the provider, and its signed cookie tells who asks.

The provider's token is checked by Authlib when somebody signs in (signature, issuer, audience, nonce, time); its claims
then stand in a cookie that Streamlit signs. They are checked again with every request.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from pydantic import SecretStr
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.access.person import Person, person_called
from dashboard.errors import MissingFileError, QueryError, SignInError
from dashboard.language import _, listing, ngettext
from dashboard.settings import settings

CALLBACK = "oauth2callback"  # where the provider sends a browser back to
SHORTEST_SECRET = 32  # characters
NEEDED = ("url", "oidc_issuer", "oidc_client_id", "oidc_client_secret", "cookie_secret")


def check_oidc() -> None:
    """Check that the settings have all that signing in takes.

    Raises
    ------
    QueryError
        One of them is missing, or the secret of the cookies is short.
    """
    values = {name: _secret(name) if name.endswith("_secret") else getattr(settings(), name) for name in NEEDED}
    missing = [f"DASHBOARD_{name.upper()}" for name, value in values.items() if not value]
    if missing:
        raise QueryError(_("DASHBOARD_ACCESS=oidc also needs {names}.").format(names=listing(missing)))
    if len(values["cookie_secret"]) < SHORTEST_SECRET:
        message = _("DASHBOARD_COOKIE_SECRET must have {least} characters or more, made at random.")
        raise QueryError(message.format(least=SHORTEST_SECRET))


def secrets_of_streamlit() -> dict[str, Any]:
    """The section ``auth`` that Streamlit else reads from a file ``secrets.toml``."""
    return {
        "redirect_uri": f"{settings().url.rstrip('/')}/{CALLBACK}",
        "cookie_secret": _secret("cookie_secret"),
        "client_id": settings().oidc_client_id,
        "client_secret": _secret("oidc_client_secret"),
        "server_metadata_url": f"{settings().oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        "client_kwargs": {"scope": settings().oidc_scopes},
    }


def person_in_cookies(cookies: Mapping[str, str]) -> Person:
    """Take who asks from the cookie in which they signed in.

    Raises
    ------
    SignInError
        There is none, it is too old, or it was not made here for this provider and this app.
    """
    claims = _claims(cookies)
    audience = claims.get("aud")
    is_for_us = settings().oidc_client_id in (audience if isinstance(audience, list) else [audience])
    is_from_there = str(claims.get("iss", "")).rstrip("/") == settings().oidc_issuer.rstrip("/")
    if not (is_for_us and is_from_there):
        raise SignInError(_("Your sign-in was made for another app or by another provider. Sign in here."))
    name = settings().oidc_name_claim
    if name == "email" and claims.get("email_verified", True) not in (True, "true"):
        message = _("The provider has not verified your e-mail address. Have it verified there, and sign in again.")
        raise SignInError(message)
    if name not in claims:
        message = _("The provider does not tell your name: its token has no {claim} (DASHBOARD_OIDC_NAME_CLAIM).")
        raise SignInError(message.format(claim=name))
    groups = claims.get(settings().oidc_groups_claim, [])
    return person_called(claims[name], groups if isinstance(groups, list) else [groups])


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """The claims in a cookie, which may be in parts."""

    def part(name: str) -> bytes | None:
        if not cookies.get(name):
            return None
        serializer = URLSafeTimedSerializer(_secret("cookie_secret"), salt=name)
        text = serializer.loads(cookies[name], max_age=settings().cookie_hours * 3600)
        return str(text).encode("utf-8")

    try:
        content = get_cookie_with_chunks(part, USER_COOKIE_NAME)
        claims = json.loads(content) if content else {}
    except SignatureExpired as error:
        hours = settings().cookie_hours
        message = ngettext(
            "You signed in more than {count} hour ago. Sign in again.",
            "You signed in more than {count} hours ago. Sign in again.",
            hours,
        )
        raise SignInError(message.format(count=hours)) from error
    except (BadSignature, ValueError) as error:
        message = _("Your sign-in was not made by this server, or before it changed. Sign in again.")
        raise SignInError(message) from error
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True:
        raise SignInError(_("Sign in to see the map."))
    return claims


def _secret(name: str) -> str:
    """A secret from its setting, or from the file that another setting names."""
    value: SecretStr = getattr(settings(), name)
    file: Path | None = getattr(settings(), f"{name}_file")
    return _read(file, name) if file else value.get_secret_value()


@cache  # Streamlit keeps it for as long as the server runs, too
def _read(file: Path, name: str) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("it is not text")
        message = _("DASHBOARD_{name}_FILE names {file}, which cannot be read: {reason}.")
        raise MissingFileError(message.format(name=name.upper(), file=file, reason=reason)) from error
