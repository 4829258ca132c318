"""OGC API - Features, Part 1: Core, 1.0.1 (17-069r4), requirement by requirement."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string

ROOT = "/api/ogc"
ITEMS = f"{ROOT}/collections/incidents/items"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def read(client: TestClient, address: str, media_type: str = "application/json") -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type), answer.text
    found: dict[str, Any] = answer.json()
    return found


def read_items(client: TestClient, **query: str) -> dict[str, Any]:
    return read(client, f"{ITEMS}?{urlencode(query)}", "application/geo+json")


def links(found: dict[str, Any]) -> dict[str, str]:
    """Addresses by relation; each link has what a client needs."""
    assert all({"href", "rel", "type"} <= {*link} for link in found["links"])
    return {link["rel"]: link["href"] for link in found["links"]}


def test_landing_page_leads_to_all_the_rest(client: TestClient) -> None:
    """Requirements 1 and 2."""
    found = links(read(client, ROOT))
    assert {"self", "service-desc", "service-doc", "conformance", "data"} <= {*found}
    for way in ("self", "service-desc", "conformance", "data"):
        assert client.get(found[way]).status_code == 200, way
    assert client.get(found["service-desc"]).json()["openapi"].startswith("3.")


def test_it_says_what_it_keeps(client: TestClient) -> None:
    """Requirements 5 and 6."""
    told = read(client, links(read(client, ROOT))["conformance"])["conformsTo"]
    assert told == [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    ]


def test_collection_says_where_and_when_it_is(client: TestClient, shipped: Dataset) -> None:
    """Requirements 11 to 18."""
    every = read(client, f"{ROOT}/collections")
    assert links(every)["self"].endswith("/api/ogc/collections")
    (told,) = every["collections"]
    one = read(client, links(told)["self"])
    assert one == told
    assert (one["id"], one["itemType"], one["crs"]) == ("incidents", "feature", [CRS84])
    assert links(one)["items"].endswith(ITEMS)
    ((west, south, east, north),) = one["extent"]["spatial"]["bbox"]
    assert (west, south, east, north) == tuple(shipped.objects.total_bounds)
    ((first, last),) = one["extent"]["temporal"]["interval"]
    assert datetime.fromisoformat(first) < datetime.fromisoformat(last)
    assert client.get(f"{ROOT}/collections/tracks").status_code == 404


def test_all_features_come_in_parts(client: TestClient, shipped: Dataset) -> None:
    """Requirements 20, 21, 27 to 31."""
    found, address = [], f"{ITEMS}?limit=150"
    while address:
        part = read(client, address, "application/geo+json")
        assert part["type"] == "FeatureCollection"
        assert part["numberMatched"] == len(shipped.objects)
        assert part["numberReturned"] == len(part["features"]) <= 150
        assert datetime.fromisoformat(part["timeStamp"]).tzinfo
        ways = links(part)
        assert ways["self"] == f"http://127.0.0.1:8501{address.removeprefix('http://127.0.0.1:8501')}"
        assert ways["alternate"] == "http://127.0.0.1:8501/"
        found += part["features"]
        address = ways.get("next", "")
    assert [feature["id"] for feature in found] == list(shipped.objects["id"])
    assert all(feature["geometry"]["type"] == "Point" for feature in found)
    assert links(read_items(client, limit="150", offset="150"))["prev"].endswith("limit=150")


def test_limit_beyond_the_largest_is_the_largest(client: TestClient, shipped: Dataset) -> None:
    """Requirement 21, C."""
    assert read_items(client, limit="20000")["numberReturned"] == len(shipped.objects)
    for limit in ("0", "-1", "many"):
        assert client.get(f"{ITEMS}?limit={limit}").status_code == 400, limit


def inside(shipped: Dataset, west: float, south: float, east: float, north: float) -> set[str]:
    return {
        row.id
        for row in shipped.objects.itertuples()
        if west <= row.longitude <= east and south <= row.latitude <= north
    }


def test_area(client: TestClient, shipped: Dataset) -> None:
    """Requirements 23 and 24."""
    asked = inside(shipped, 20, 53, 27, 57)
    assert asked
    for bbox in ("20,53,27,57", "20,53,-100,27,57,20000"):
        found = read_items(client, bbox=bbox)
        assert {feature["id"] for feature in found["features"]} == asked
        assert found["numberMatched"] == len(asked)
    over_the_line = read_items(client, bbox="25,-90,-170,90")
    assert {feature["id"] for feature in over_the_line["features"]} == inside(shipped, 25, -90, 180, 90)
    assert read_items(client, bbox="0,0,1,1")["features"] == []


@pytest.mark.parametrize("bbox", ["1,2,3", "1,2,3,4,5", "a,b,c,d", "20,57,27,53", "nan,0,1,1", "0,0,1,inf"])
def test_area_that_is_none(client: TestClient, bbox: str) -> None:
    answer = client.get(f"{ITEMS}?bbox={bbox}")
    assert answer.status_code == 400
    assert "expected west, south, east and north" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("when", "query"),
    [
        ("2025-09-10T00:00:00Z", "from=2025-09-10&to=2025-09-10"),
        ("2025-09-10", "from=2025-09-10&to=2025-09-10"),
        ("2025-09-10T01:30:00+03:00", "from=2025-09-09&to=2025-09-09"),
        ("2025-07-01T00:00:00Z/2025-07-31T23:59:59Z", "from=2025-07-01&to=2025-07-31"),
        ("2026-01-01T00:00:00Z/..", "from=2026-01-01"),
        ("2026-01-01T00:00:00Z/", "from=2026-01-01"),
        ("../2024-12-31T00:00:00Z", "to=2024-12-31"),
        ("/2024-12-31T00:00:00Z", "to=2024-12-31"),
        ("../..", ""),
    ],
)
def test_time(client: TestClient, shipped: Dataset, when: str, query: str) -> None:
    """Requirements 25 and 26."""
    view = parse_query_string(query)[0]
    expected = [*shipped.select(view).rows["id"], *shipped.own_side(view)["id"]]
    assert expected
    assert [feature["id"] for feature in read_items(client, datetime=when)["features"]] == expected


def test_time_of_which_nothing_is_known_has_no_features(client: TestClient) -> None:
    for when in ("1812-06-24T00:00:00Z", "2250-01-01T00:00:00Z/.."):
        assert read_items(client, datetime=when)["numberMatched"] == 0
    both = read(client, f"{ITEMS}?datetime=2025-01-01/..&to=2024-12-31", "application/geo+json")
    assert both["features"] == []


@pytest.mark.parametrize("when", ["yesterday", "2025-07-28T01:40:00", "2026-01-01/2025-01-01", "a/b/c", "2025-13-01"])
def test_time_that_is_none(client: TestClient, when: str) -> None:
    answer = client.get(f"{ITEMS}?datetime={when}")
    assert answer.status_code == 400
    assert "expected an instant such as" in answer.json()["detail"]


def test_names_of_a_view_select_features(client: TestClient, shipped: Dataset) -> None:
    found = read_items(client, country="LT", category="crash")
    view = parse_query_string("country=LT&category=crash")[0]
    assert {feature["id"] for feature in found["features"]} == {*shipped.select(view).rows["id"]}
    assert links(found)["alternate"] == "http://127.0.0.1:8501/?country=LT&category=crash"


@pytest.mark.parametrize(
    "path", [ROOT, f"{ROOT}/conformance", f"{ROOT}/collections", f"{ROOT}/collections/incidents", ITEMS]
)
def test_name_that_is_not_known_is_refused(client: TestClient, path: str) -> None:
    """Requirements 8 and 9."""
    answer = client.get(f"{path}?colour=red")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "'colour'" in answer.json()["detail"]
    assert client.get(f"{path}?f=json").status_code == 200
    assert client.get(f"{path}?f=gml").status_code == 400


def test_one_feature(client: TestClient, shipped: Dataset) -> None:
    """Requirements 32 to 34."""
    id_ = "LT-2025-07-28-gaiziunai"
    found = read(client, f"{ITEMS}/{id_}", "application/geo+json")
    assert (found["type"], found["id"], found["properties"]["place"]) == ("Feature", id_, "Gaižiūnai")
    (row,) = shipped.object(id_).itertuples()
    assert found["geometry"] == {"type": "Point", "coordinates": [row.longitude, row.latitude]}
    ways = links(found)
    assert ways["self"].endswith(f"{ITEMS}/{id_}")
    assert ways["collection"].endswith("/collections/incidents")
    assert ways["alternate"] == f"http://127.0.0.1:8501/?id={id_}"
    (same,) = (feature for feature in read_items(client)["features"] if feature["id"] == id_)
    assert same["properties"] == found["properties"]
    for other in ("nothing", f"{id_}/more", "%3Cscript%3E"):
        answer = client.get(f"{ITEMS}/{other}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


def test_number_that_can_have_decimals_has_them(client: TestClient) -> None:
    """GDAL and QGIS learn the types of columns from the first features, and would cut what comes later."""
    text = client.get(f"{ITEMS}/LT-2025-07-10-sumskas").text
    assert '"minutes_inside":3.0,' in text
    assert re.search(r'"objects":\d+,', text)


def test_reader_who_has_it_gets_nothing_again(client: TestClient) -> None:
    tag = client.get(f"{ITEMS}?limit=2").headers["etag"]
    assert client.get(f"{ITEMS}?limit=2", headers={"if-none-match": tag}).status_code == 304
    assert client.get(f"{ITEMS}?limit=2&bbox=20,53,27,57", headers={"if-none-match": tag}).status_code == 200
