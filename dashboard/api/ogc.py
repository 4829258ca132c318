"""The incidents after OGC API - Features, Part 1: what geographic programs add as a layer; here what there is."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.answers import LATELY, answer
from dashboard.api.asked import page_address, query_of, root_of, wrong
from dashboard.api.shared import shared_data
from dashboard.language import _
from dashboard.render.export.records import as_json
from dashboard.render.text.handout import CREDITS

JSON, GEOJSON, OPENAPI = "application/json", "application/geo+json", "application/vnd.oai.openapi+json;version=3.1"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
STANDARD = "http://www.opengis.net/spec/ogcapi-features-1/1.0"
CONFORMS_TO = [f"{STANDARD}/conf/core", f"{STANDARD}/conf/geojson"]
FORMAT = "f"  # in a query: the form of the answer, as some programs ask for it
COLLECTION = "incidents"
Link = dict[str, str]


def landing(request: Request) -> Response:
    """Answer with the landing page (standard, 7.2)."""
    _takes_no_question(request)
    links = [
        link("self", here(request), JSON, _("This page")),
        link("service-desc", f"{root_of(request)}/openapi.json", OPENAPI, _("Description of the interface")),
        link("service-doc", f"{root_of(request)}/", "text/html", _("Description to read")),
        link("conformance", f"{here(request)}/conformance", JSON, _("Parts of the standard that are kept")),
        link("data", f"{here(request)}/collections", JSON, _("Collections")),
        link("alternate", page_address(request), "text/html", _("The map")),
    ]
    words = _("Incidents in the airspace of Europe's eastern flank. It can only be read.")
    return told(request, {"title": _("Incursion map"), "description": words, "attribution": CREDITS, "links": links})


def conformance(request: Request) -> Response:
    """Answer with the parts of the standard that are kept (7.4)."""
    _takes_no_question(request)
    return told(request, {"conformsTo": CONFORMS_TO})


def collections(request: Request) -> Response:
    """Answer with the collections (7.13), of which there is one."""
    _takes_no_question(request)
    address = here(request)
    links = [link("self", address, JSON, _("Collections"))]
    return told(request, {"links": links, "collections": [_collection(f"{address}/{COLLECTION}")]})


def collection(request: Request) -> Response:
    """Answer with the collection of incidents (7.14)."""
    _takes_no_question(request)
    return told(request, _collection(here(request)))


def _collection(address: str) -> dict[str, Any]:
    data = shared_data()
    extent: dict[str, Any] = {}
    if len(data.objects):
        bounds = [float(degrees) for degrees in data.objects.total_bounds]
        days = data.objects["date"].min().date(), data.known.end
        interval = [f"{days[0]}T00:00:00Z", f"{days[1]}T23:59:59Z"]
        extent = {"extent": {"spatial": {"bbox": [bounds], "crs": CRS84}, "temporal": {"interval": [interval]}}}
    return {
        "id": COLLECTION,
        "title": _("Incidents"),
        "description": _(
            "Drones, missiles, aircraft and balloons in the airspace of states on Europe's eastern flank. Objects with "
            "the side friendly are one's own, and no incidents."
        ),
        "itemType": "feature",
        "crs": [CRS84],
        **extent,
        "links": [
            link("self", address, JSON, _("This collection")),
            link("items", f"{address}/items", GEOJSON, _("Incidents as GeoJSON")),
        ],
    }


def link(way: str, address: str, media_type: str, title: str) -> Link:
    """A link of an answer."""
    return {"rel": way, "href": address, "type": media_type, "title": title}


def here(request: Request) -> str:
    """The address that is asked, without question and without a slash at its end."""
    return f"{root_of(request)}{request.scope['path'].removeprefix(request.scope['root_path'])}".rstrip("/")


def told(request: Request, content: Any, media_type: str = JSON) -> Response:
    """Answer with JSON."""
    return answer(request, [as_json(content).encode()], media_type, LATELY)


def checked_format(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """A question without the form of its answer, which can only be JSON.

    Raises
    ------
    Refusal
        It asks for another.
    """
    asked = query.get(FORMAT, ["json"])[-1]
    if asked not in ("json", "geojson"):
        raise wrong(_("The address asks for {name}={text}; expected json.").format(name=FORMAT, text=asked[:60]))
    return {name: values for name, values in query.items() if name != FORMAT}


def _takes_no_question(request: Request) -> None:
    if unknown := checked_format(query_of(request)):
        message = _("The address asks for {name}, which is not known here; it takes nothing but {known}.")
        raise wrong(message.format(name=repr(next(iter(unknown))[:60]), known=FORMAT))
