"""Entry of the web app: the page and the map's files under ``/atlas``, behind the checks of ``guard``.

Start it with ``python -m dashboard serve``, or ``streamlit run dashboard/app.py`` from the project's folder.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dashboard import api, map_files
from dashboard.access.gate import asks_who, check_sign_in
from dashboard.access.listening import check_listening
from dashboard.access.oidc import secrets_of_streamlit
from dashboard.access.proxy import keep_peer
from dashboard.api.embedding import embedded
from dashboard.core.incidents.columns import CATEGORIES, FRIENDLY, STATUSES
from dashboard.errors import DashboardError
from dashboard.guard import GUARDS, is_embedding
from dashboard.operations import health
from dashboard.operations.scrape import serve_metrics
from dashboard.render.symbols.palettes import PALETTES
from dashboard.render.symbols.shapes import svg
from dashboard.render.web.page_assets import asset
from dashboard.render.web.scripts import ATLAS
from dashboard.settings import settings
from dashboard.ui.data import dataset
from dashboard.ui.notices import show_fault_of_part


def _page(request: Request) -> Response:
    """Streamlit's page, which must know theme, first day of the week and last visit before it starts; or the map."""
    if is_embedding(request.scope):
        return embedded(request)
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    names = ["theme.js", "weeks.js", "visit.js", "faults.js", *(["sign_in.js"] if asks_who() else [])]
    scripts = "".join(f"<script>{asset(name)}</script>" for name in names)
    return HTMLResponse(page.replace("<head>", f"<head>{scripts}", 1), headers={"cache-control": "no-cache"})


def _symbol(request: Request) -> Response:
    palette, category, status = (request.path_params[name] for name in ("palette", "category", "status"))
    if palette not in PALETTES or category not in (*CATEGORIES, FRIENDLY) or status not in STATUSES:
        return Response(status_code=404)
    return Response(svg(category, status, PALETTES[palette]), media_type="image/svg+xml")


def _routes() -> list[Any]:
    return [
        Route("/", _page),
        *map_files.ROUTES,
        *api.routes(),
        *health.ROUTES,
        Route(f"/{ATLAS}/symbols/{{palette}}/{{category}}-{{status}}.svg", _symbol),
        Mount(f"/{ATLAS}", StaticFiles(directory=str(files("dashboard") / "assets"))),
    ]


@asynccontextmanager
async def _ready(_app: st.App) -> AsyncIterator[None]:
    """Read the data and make the map's files before the first visitor comes. The page says what is wrong with them.

    Raises
    ------
    QueryError
        The server is about to listen where nobody has said who may reach it, or lacks what signing in takes: it ends.
    """
    check_listening(st.get_option("server.address") or "")
    check_sign_in()
    with suppress(DashboardError):
        dataset()
    map_files.prepare()
    serve_metrics()
    yield


if settings().access == "proxy":
    keep_peer()

app = st.App(
    Path(__file__).parent / "ui" / "page.py",
    secrets={"auth": secrets_of_streamlit()} if settings().access == "oidc" else None,
    routes=_routes(),
    middleware=GUARDS,
    lifespan=_ready,
    on_script_error=show_fault_of_part,
)
