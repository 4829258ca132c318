"""The page for who is not let in: why, and the way in. It holds nothing of the data."""

from html import escape

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from dashboard.errors import AccessError, SignInError
from dashboard.language import _
from dashboard.render.web.page_assets import asset
from dashboard.settings import settings

SIGN_IN, SIGN_OUT = "/auth/login", "/auth/logout"
FRESH = {"cache-control": "no-store"}


def refusal(asked: HTTPConnection, error: AccessError) -> Response:
    """Answer who may not: with a page where a person is reading, else with a sentence."""
    is_unknown = isinstance(error, SignInError)
    status = 401 if is_unknown else 403
    headers = FRESH | ({"www-authenticate": "Bearer"} if is_unknown else {})
    if asked.scope["type"] != "http" or "text/html" not in asked.headers.get("accept", ""):
        return PlainTextResponse(str(error), status, headers)
    heading = _("Sign in") if is_unknown else _("You cannot open this map")
    page = _page(heading, str(error), _acts(asked.scope.get("query_string", b"").decode("latin-1"), is_unknown))
    return HTMLResponse(page, status, headers)


def _acts(query: str, is_unknown: bool) -> str:
    """The links below the sentence."""
    if settings().access != "oidc":
        return ""
    to = escape(f"{SIGN_IN}?{query}" if query else SIGN_IN)
    if is_unknown:
        return f'<a class="main" href="{to}">{_("Sign in")}</a>'
    return f'<a class="main" href="{SIGN_OUT}">{_("Sign out")}</a>'


def _page(heading: str, sentence: str, acts: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_("Incursions")}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{asset('sign_in.css')}</style></head><body><main>"
        f'<p class="name">{_("Incursions")}</p><h1>{escape(heading)}</h1>'
        f'<p>{escape(sentence)}</p><p class="acts">{acts}</p></main></body></html>'
    )
