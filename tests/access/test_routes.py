"""Every address of the app, asked by somebody who has not signed in."""

import re
from collections.abc import Iterator
from unittest.mock import MagicMock

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from dashboard.access.gate import HEALTH
from dashboard.app import _routes
from dashboard.guard import GUARDS
from tests.access.asking import Headers, ask_scope, scope_of

SIGNING_IN = {"/auth/login", "/auth/logout", "/oauth2callback"}
IN_NO_LIST = (
    "/",
    "/nowhere",
    "/static/",
    "/%2e%2e/",
    "//",
    "/~/+/_stcore/health",
    "/media/x.pdf",
    "/atlas/borders.json",
)


@pytest.fixture(scope="module")
def routes() -> list[BaseRoute]:
    return [*_routes(), *create_streamlit_routes(MagicMock())]


def paths_of(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Kind and path of each route, with something in the place of its parameters."""
    for route in routes:
        assert isinstance(route, Route | Mount | WebSocketRoute), route
        kind = "websocket" if isinstance(route, WebSocketRoute) else "http"
        path = re.sub(r"{[^}]*}", "x", route.path) or "/x"
        yield kind, path
        if isinstance(route, Mount):
            yield kind, f"{path}/x.js"


@pytest.mark.parametrize(
    "headers", [[], [("X-Forwarded-User", "nobody")], [("Accept", "text/html")], [("Authorization", "Bearer x")]]
)
@pytest.mark.parametrize("access", ["proxy", "oidc"])
def test_every_address_is_shut(
    routes: list[BaseRoute], access: str, headers: Headers, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(access)
    guarded = Starlette(routes=routes, middleware=GUARDS)
    asked = [*paths_of(routes), *(("http", path) for path in IN_NO_LIST)]
    assert len(asked) > 30
    assert ("websocket", "/_stcore/stream") in asked
    for kind, path in asked:
        for method in ("GET", "POST", "PUT", "DELETE") if kind == "http" else ("GET",):
            if access == "oidc" and path in SIGNING_IN:
                continue
            answer = ask_scope(guarded, scope_of(path, headers, kind=kind) | {"method": method})
            if path in HEALTH and method == "GET":
                assert answer.text in ('{"status":"ok"}', '{"status":"fault"}')
                continue
            if path in HEALTH:
                assert answer.status == 405
                continue
            assert answer.status in (401, 403), (method, path)
            assert len(answer.messages) <= 2
            assert "LT-2025" not in answer.text and "atlas" not in answer.text
