"""Entry of the web app: the page, the map's files under ``/atlas``, and headers that forbid any foreign address.

Start it with ``python -m dashboard serve``, or ``streamlit run dashboard/app.py`` from the project's folder.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import font_source_sans_pro
import streamlit as st
import xstatic.pkg.jquery
import xstatic.pkg.leaflet
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.render.symbols import PALETTES, SHAPES, svg
from dashboard.render.webmap import ATLAS
from dashboard.settings import settings

HEADERS = {
    # Streamlit and its components need inline scripts and styles, and streamlit-folium evaluates the map's script.
    b"content-security-policy": b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    b"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; "
    b"object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'",
    b"referrer-policy": b"no-referrer",  # a source does not learn from where it was opened
    b"x-content-type-options": b"nosniff",
}


class Guard:
    """Adds HEADERS to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = [(name, value) for name, value in message["headers"] if name.lower() not in HEADERS]
                message["headers"] = [*ours, *HEADERS.items()]
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


def _basemap(_request: Request) -> FileResponse:
    return FileResponse(settings().data / "basemap.json", media_type="application/json")


def _symbol(request: Request) -> Response:
    palette = PALETTES.get(request.path_params["palette"])
    category = request.path_params["category"]
    if palette is None or category not in SHAPES:
        return Response(status_code=404)
    return Response(svg(category, "confirmed", palette), media_type="image/svg+xml")


def _routes() -> list[Any]:
    folders = {
        "leaflet": xstatic.pkg.leaflet.BASE_DIR,
        "jquery": xstatic.pkg.jquery.BASE_DIR,
        "fonts": Path(font_source_sans_pro.__file__).parent / "files",
    }
    return [
        Route(f"/{ATLAS}/basemap.json", _basemap),
        Route(f"/{ATLAS}/symbols/{{palette}}/{{category}}.svg", _symbol),
        *(Mount(f"/{ATLAS}/{name}", StaticFiles(directory=folder)) for name, folder in folders.items()),
        Mount(f"/{ATLAS}", StaticFiles(directory=str(files("dashboard") / "assets"))),
    ]


app = st.App(Path(__file__).parent / "ui" / "page.py", routes=_routes(), middleware=[Middleware(Guard)])
