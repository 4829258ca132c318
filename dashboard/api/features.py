"""The incidents after OGC API - Features, Part 1, as features: by area, time and the names of a view."""

import math
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from urllib.parse import urlencode

import geopandas as gpd
from starlette.requests import Request
from starlette.responses import Response

from dashboard.api.admission import marking_header
from dashboard.api.answers import answer, has_already, not_modified, state_headers
from dashboard.api.asked import OFFSET, Asked, page_address, query_of, read_asked, wrong
from dashboard.api.noting import noted
from dashboard.api.ogc import FORMAT, GEOJSON, JSON, Link, checked_format, here, link
from dashboard.api.refusals import Refusal
from dashboard.api.shared import shared_data
from dashboard.core.analysis.numbering import numbers_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.incidents.geo_file import INCIDENT
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.core.query.view import View, one_line
from dashboard.errors import UnreadableFileError
from dashboard.language import _
from dashboard.render.export.geodata import features
from dashboard.render.export.records import ExportColumn, as_json, columns_of
from dashboard.render.text.handout import as_handed_out
from dashboard.render.text.instants import instant_with_group
from dashboard.render.text.left_out import marked_above_in_words

BBOX, DATETIME = "bbox", "datetime"
LIMIT, MOST = 1000, 10_000  # features of an answer, where nothing is asked for, and at most
Bbox = tuple[float, float, float, float]


@dataclass(frozen=True)
class Question:
    """A question for features.

    bbox
        West, south, east and north in degrees; west lies east of east where it goes over the 180th meridian.
    days
        First and last day, which are asked for beside those of the view.
    """

    asked: Asked
    bbox: Bbox | None
    days: tuple[date, date] | None


def items(request: Request) -> Response:
    """Answer with the features that lie in an area and a time, and that a view shows (standard, 7.15)."""
    question = _read(request)
    view = question.asked.view
    data = _readable(view)
    limit, offset = min(question.asked.limit or LIMIT, MOST), question.asked.offset
    headers = state_headers(data, "items", view.query_string(), question.bbox, question.days, limit, offset)
    headers |= marking_header(as_handed_out(data, view).marking)
    if has_already(request, headers):
        return not_modified(headers)
    rows = _inside(_objects(data, view, question.days), question.bbox)
    shown = rows.iloc[offset : offset + limit]
    head = {
        "type": "FeatureCollection",
        "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": len(rows),
        "numberReturned": len(shown),
        "links": _links(request, view, limit, offset, len(rows)),
        "about": _about(data, view),
    }
    lines = ",\n".join(_features(data, view, shown))
    content = f'{as_json(head)[:-1]},"features":[\n{lines}\n]}}\n'.encode()
    return answer(request, noted(request, [content], view, data), GEOJSON, headers)


def item(request: Request) -> Response:
    """Answer with one feature by its ID (7.16)."""
    if unknown := checked_format(query_of(request)):
        message = _("The address asks for {name}, which is not known here; it takes nothing but {known}.")
        raise wrong(message.format(name=repr(next(iter(unknown))[:60]), known=FORMAT))
    data, id_ = _readable(), str(request.path_params["id"])
    rows = data.object(id_)
    if rows.empty:
        message = _("There is no incident {id}; it may have been withdrawn.")
        raise Refusal(HTTPStatus.NOT_FOUND, message.format(id=repr(one_line(id_)[:100])))
    headers = state_headers(data, "item", id_)
    if has_already(request, headers):
        return not_modified(headers)
    (feature,) = _features(data, View(), rows)
    address = here(request)
    links = [
        link("self", address, GEOJSON, _("This incident")),
        link("collection", address.rpartition("/items/")[0], JSON, _("Its collection")),
        link("alternate", f"{page_address(request)}?{View(selected=id_).query_string()}", "text/html", _("On the map")),
    ]
    about = as_json(_about(data, View()))
    content = f'{feature[:-1]},"links":{as_json(links)},"about":{about}}}'.encode()
    return answer(request, noted(request, [content], View(selected=id_), data), GEOJSON, headers)


def _read(request: Request) -> Question:
    asked = read_asked(request, BBOX, DATETIME, FORMAT)
    query = query_of(request)
    checked_format(query)
    return Question(
        asked,
        _read_bbox(query[BBOX][-1]) if BBOX in query else None,
        _read_days(query[DATETIME][-1]) if DATETIME in query else None,
    )


def _read_bbox(text: str) -> Bbox:
    """An area; of six numbers the heights are passed over, since no incident has one."""
    try:
        numbers = [float(part) for part in text.split(",")]
        if len(numbers) == 6:
            del numbers[5], numbers[2]
        west, south, east, north = numbers
        if not all(map(math.isfinite, numbers)) or south > north:
            raise ValueError(text)
    except ValueError as error:
        message = _(
            "The address asks for bbox={text}; expected west, south, east and north in degrees, as 20,53,27,57."
        )
        raise wrong(message.format(text=one_line(text)[:60])) from error
    return west, south, east, north


def _read_days(text: str) -> tuple[date, date]:
    """The days of an instant or of an interval, in UTC, as far as the data can have them."""
    first, slash, last = text.partition("/")
    try:
        start = _day(first, date.min)
        end = _day(last, date.max) if slash else _day(first, None)
        if start > end:
            raise ValueError(text)
    except (ValueError, OverflowError) as error:
        message = _(
            "The address asks for datetime={text}; expected an instant such as 2025-07-28T01:40:00Z, or two with a "
            "stroke between, of which one may be '..'."
        )
        raise wrong(message.format(text=one_line(text)[:60])) from error
    return min(max(start, FIRST_DAY), LAST_DAY), min(max(end, FIRST_DAY), LAST_DAY)


def _day(text: str, open_end: date | None) -> date:
    if text in ("", "..") and open_end:
        return open_end
    if len(text) == len("2025-07-28"):
        return date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant.astimezone(UTC).date()


def _readable(view: View | None = None) -> Dataset:
    data = shared_data(view)
    if data.unreadable:
        raise UnreadableFileError(" ".join(data.unreadable))
    return data


def _objects(data: Dataset, view: View, days: tuple[date, date] | None) -> gpd.GeoDataFrame:
    """The incidents and own-side objects of a view, on some days."""
    if days:
        asked = view.filter
        start, end = max(days[0], asked.start or days[0]), min(days[1], asked.end or days[1])
        if start > end:
            return data.objects.iloc[:0]
        view = replace(view, filter=replace(asked, start=start, end=end))
    return with_own_side(data.select(view).rows, data.own_side(view))


def _inside(rows: gpd.GeoDataFrame, bbox: Bbox | None) -> gpd.GeoDataFrame:
    """The rows whose place lies in an area."""
    if bbox is None:
        return rows
    west, south, east, north = bbox
    longitude, latitude = rows["longitude"], rows["latitude"]
    between = (longitude >= west) & (longitude <= east)
    if west > east:
        between = (longitude >= west) | (longitude <= east)
    return rows[between & (latitude >= south) & (latitude <= north)]


def _links(request: Request, view: View, limit: int, offset: int, rows: int) -> list[Link]:
    found = [link("self", _at(request, offset), GEOJSON, _("These incidents"))]
    if offset + limit < rows:
        found.append(link("next", _at(request, offset + limit), GEOJSON, _("The next ones")))
    if offset:
        found.append(link("prev", _at(request, max(offset - limit, 0)), GEOJSON, _("The ones before")))
    query = view.query_string()
    map_ = f"{page_address(request)}?{query}" if query else page_address(request)
    return [*found, link("alternate", map_, "text/html", _("The map"))]


def _at(request: Request, offset: int) -> str:
    others = [(name, value) for name, value in request.query_params.multi_items() if name != OFFSET]
    query = urlencode([*others, *([(OFFSET, str(offset))] if offset else [])], safe=",/:")
    return f"{here(request)}?{query}" if query else here(request)


def _about(data: Dataset, view: View) -> dict[str, str]:
    """The words that come with features: their marking, and how current they are."""
    told = {
        _("Marking"): as_handed_out(data, view).marking,
        _("Information as of"): instant_with_group(data.about.cutoff, view),
        _("Left out"): marked_above_in_words(data.marked_above),
    }
    return {label: words for label, words in told.items() if words}


def _features(data: Dataset, view: View, rows: gpd.GeoDataFrame) -> list[str]:
    numbers = numbers_of(data.select(view).rows)
    columns = [_with_decimals(column) for column in columns_of(rows, numbers)]
    return features(INCIDENT, columns, rows, named=True)


def _with_decimals(column: ExportColumn) -> ExportColumn:
    """A column whose numbers can have decimals, written with them: programs take a 3 at the start for whole numbers."""
    if column.kind != "number" or column.name not in BY_NAME or BY_NAME[column.name].whole:
        return column
    return replace(column, values=[None if value is None else float(value) for value in column.values])
