"""The service under ``/api``: its addresses, what each takes and gives, and its description as OpenAPI."""

from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.telemetry import TelemetryConfig
from starlette.responses import Response

from dashboard import __version__
from dashboard.api import features, ogc
from dashboard.api.admission import MARKING, Admit
from dashboard.api.changes import changes_feed, network_link
from dashboard.api.description import description
from dashboard.api.incidents import FILES, LEFT_OUT, TOTAL, incidents_as
from dashboard.api.parameters import (
    BEFORE_CHANGE,
    FORM,
    ID,
    LIMIT_OF_CHANGES,
    Parameter,
    feature_parameters,
    link_parameters,
    part_parameters,
    view_parameters,
)
from dashboard.api.refusals import HANDLERS, PROBLEM
from dashboard.language import _
from dashboard.render.export import EXPORTS
from dashboard.render.export.atom import MIME

TEXT = {"schema": {"type": "string"}}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": _("What was wrong, and what is expected.")},
    },
}
REFUSALS = {
    400: _("A name or a value is not known."),
    401: _("A token is needed, or is not known."),
    403: _("The whole server is marked above what other systems may read."),
    404: _("Nothing can be known of what is asked for."),
    429: _("Too many requests in a minute."),
    503: _("The data cannot be read at the moment."),
}
# Whatever variables of OpenTelemetry the environment has: nothing is told to any other machine.
NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False, auto_configure=False)
NAMES_OF_KINDS = {"geojson": "GeoJSON", "csv": "CSV", "kml": "KML", "json": "JSON", "cot": "Cursor on Target"}


def make_service() -> FastAPI:
    """Make the service, an application to be mounted at ``/api``."""
    service = FastAPI(
        title=_("Incursion map"),
        description=_("Incidents in the airspace of Europe's eastern flank, and their changes. It can only be read."),
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=NO_TELEMETRY,
    )
    for kind_of_error, handler in HANDLERS.items():
        service.add_exception_handler(kind_of_error, handler)
    service.add_middleware(Admit)
    service.add_api_route("/", description, include_in_schema=False)
    service.openapi = partial(_openapi, service)  # type: ignore[method-assign]  # as FastAPI's documentation has it
    for kind, (media_type, _parts) in FILES.items():
        summary = _("The incidents of a view as {kind}").format(kind=NAMES_OF_KINDS[kind])
        parameters = [*view_parameters(), *part_parameters()]
        add(service, f"/incidents.{kind}", incidents_as(kind), summary, parameters, media_type, {
            TOTAL: _("Rows of the whole: incidents and own-side objects."),
            LEFT_OUT: _("Incidents that are not in it, by reason."),
            "Link": _("The parts before and after, where a limit is asked for."),
        })  # fmt: skip
    feed = _("The changes of incidents: added, corrected, withdrawn")
    part = [LIMIT_OF_CHANGES, BEFORE_CHANGE]
    add(service, "/changes.atom", changes_feed, feed, [*view_parameters(), *part], MIME)
    link = _("A KML file by which a globe reads the incidents of a view again by itself")
    add(service, "/network-link.kml", network_link, link, link_parameters(), EXPORTS["kml"])
    add_features(service)
    return service


def _openapi(service: FastAPI) -> dict[str, Any]:
    """The description as OpenAPI, with the ways to show a token; none is needed where the server says so."""
    if not service.openapi_schema:
        told = get_openapi(
            title=service.title, version=service.version, description=service.description, routes=service.routes
        )
        told["servers"] = [{"url": "/api"}]
        told["components"] = {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "password": {"type": "http", "scheme": "basic", "description": _("The token as the password.")},
            }
        }
        told["security"] = [{}, {"token": []}, {"password": []}]
        service.openapi_schema = told
    return service.openapi_schema


def add_features(service: FastAPI) -> None:
    """Add the addresses of OGC API - Features."""
    told = {
        "": (ogc.landing, _("OGC API - Features: landing page")),
        "/conformance": (ogc.conformance, _("OGC API - Features: parts of the standard that are kept")),
        "/collections": (ogc.collections, _("OGC API - Features: collections")),
        f"/collections/{ogc.COLLECTION}": (ogc.collection, _("OGC API - Features: the collection of incidents")),
    }
    for path, (endpoint, summary) in told.items():
        add(service, f"/ogc{path}", endpoint, summary, [FORM], ogc.JSON)
    items = f"/ogc/collections/{ogc.COLLECTION}/items"
    summary = _("OGC API - Features: incidents as features")
    add(service, items, features.items, summary, [*feature_parameters(), *view_parameters()], ogc.GEOJSON)
    summary = _("OGC API - Features: one incident")
    add(service, f"{items}/{{id:path}}", features.item, summary, [ID, FORM], ogc.GEOJSON)


def add(
    service: FastAPI,
    path: str,
    endpoint: Any,
    summary: str,
    parameters: list[Parameter],
    media_type: str,
    headers: dict[str, str] | None = None,
) -> None:
    """Add an address that can be read, and its description."""
    told = {MARKING: _("Handling marking, where there is one."), "ETag": _("Of this state."), **(headers or {})}
    answers: dict[int | str, dict[str, Any]] = {
        200: {
            "description": summary,
            "content": {media_type: {}},
            "headers": {name: {"description": words, **TEXT} for name, words in told.items()},
        },
        304: {"description": _("The reader has this state.")},
        **{
            status: {"description": words, "content": {PROBLEM: {"schema": PROBLEM_SCHEMA}}}
            for status, words in REFUSALS.items()
        },
    }
    for method in ("GET", "HEAD"):
        service.add_api_route(
            path,
            endpoint,
            methods=[method],
            summary=summary,
            responses=answers,
            response_class=Response,
            openapi_extra={"parameters": parameters},
            include_in_schema=method == "GET",
        )
