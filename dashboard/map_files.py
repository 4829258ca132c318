"""The files that the map's frame asks for: its script, borders, names and fonts, each compressed once and kept."""

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.core.geo.basemap import LEVELS
from dashboard.core.incidents.single_file import map_folder
from dashboard.errors import DashboardError
from dashboard.render.typesetting.fonts import WEIGHTS, web_font
from dashboard.render.web.folium_map import harmless_json
from dashboard.render.web.map_columns import name_columns
from dashboard.render.web.scripts import ATLAS, frame_script, frame_script_name
from dashboard.settings import settings
from dashboard.ui.data import dataset

FOREVER = "public, max-age=31536000, immutable"
LEVEL = 6  # of compression: beyond it, a fiftieth less takes four times as long


@dataclass(frozen=True)
class File:
    """A file as it is sent: compressed unless it is so by itself."""

    content: bytes
    media_type: str
    is_packed: bool
    tag: str


class _Kept:
    """Files by name, each made once, and again only when ``state`` says that it is another one."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Hashable, File]] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    def get(self, name: str, state: Hashable, make: Callable[[], File]) -> File:
        with self._locks[name]:
            if name not in self._files or self._files[name][0] != state:
                self._files[name] = state, make()
            return self._files[name][1]


_KEPT = _Kept()


def _packed(content: bytes, media_type: str) -> File:
    return File(gzip.compress(content, LEVEL), media_type, is_packed=True, tag=_tag(content))


def _tag(content: bytes) -> str:
    return f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def script() -> File:
    """The one script of the frame."""
    return _KEPT.get("script", None, lambda: _packed(frame_script(), "text/javascript"))


def borders(level: str) -> File:
    """The borders as they are seen from far or near."""
    path = map_folder(settings().data) / f"basemap_{level}.json"
    state = str(path), path.stat().st_mtime_ns
    return _KEPT.get(level, state, lambda: _packed(path.read_bytes(), "application/json"))


def names() -> File:
    """The names on the map."""
    data = dataset()

    def make() -> File:
        return _packed(harmless_json(name_columns(data.places, data.airports)).encode(), "application/json")

    return _KEPT.get("names", data.fingerprint, make)


def font(weight: str) -> File:
    """The font of a weight; WOFF2 is compressed by itself."""

    def make() -> File:
        content = web_font(weight)
        return File(content, "font/woff2", is_packed=False, tag=_tag(content))

    return _KEPT.get(weight, None, make)


def prepare() -> None:
    """Begin to make them all, so that the first visitor need not wait for it: first what is asked for first."""

    def make() -> None:
        with suppress(DashboardError, OSError):  # which is told when the file is asked for
            script()
            borders("far")
            names()
            for weight in WEIGHTS:
                font(weight)
            borders("near")

    Thread(target=make, name="map files", daemon=True).start()


def answer(request: Request, file: File, cache: str = "no-cache") -> Response:
    """Send a file, or nothing where the browser has it already."""
    headers = {"etag": file.tag, "vary": "accept-encoding", "cache-control": cache}
    if request.headers.get("if-none-match") == file.tag:
        return Response(status_code=304, headers=headers)
    content = file.content
    if file.is_packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    elif file.is_packed:
        content = gzip.decompress(content)
    return Response(content, media_type=file.media_type, headers=headers)


def _script(request: Request) -> Response:
    return answer(request, script(), FOREVER)


def _borders(request: Request) -> Response:
    level = request.path_params["level"]
    return answer(request, borders(level)) if level in LEVELS else Response(status_code=404)


def _names(request: Request) -> Response:
    return answer(request, names())


def _font(request: Request) -> Response:
    weight = request.path_params["weight"]
    return answer(request, font(weight)) if weight in WEIGHTS else Response(status_code=404)


ROUTES = [
    Route(f"/{ATLAS}/{frame_script_name()}", _script),
    Route(f"/{ATLAS}/basemap_{{level}}.json", _borders),
    Route(f"/{ATLAS}/names.json", _names),
    Route(f"/{ATLAS}/fonts/{{weight}}.woff2", _font),
]
