"""Points at which several incidents are placed, by a rule on toy rows and in the data that are shipped."""

import geopandas as gpd
import pytest

from dashboard.core.analysis.shared_places import shared_places
from dashboard.core.data.dataset import Dataset
from dashboard.render.text.shared_places import shared_in_words, shared_places_as_sentences


def incidents(*rows: tuple[float, float, float, str]) -> gpd.GeoDataFrame:
    """Longitude, latitude, accuracy in km, place."""
    table = gpd.GeoDataFrame(rows, columns=["longitude", "latitude", "location_accuracy_km", "place"])
    return table.assign(id=[f"X-{number}" for number in range(len(rows))])


@pytest.mark.parametrize(
    ("rows", "shared"),
    [
        ([], []),
        ([(25.0, 54.0, 30, "A")], []),
        ([(25.0, 54.0, 30, "A"), (25.0, 54.0, 25, "B")], [(("X-0", "X-1"), 30)]),
        ([(25.0, 54.0, 10, "A"), (25.0, 54.0, 10, "A")], [(("X-0", "X-1"), 10)]),
        ([(25.0, 54.0, 9, "A"), (25.0, 54.0, 30, "A")], []),  # one was found there: the point is a place
        ([(25.0, 54.0, 30, "A"), (25.001, 54.0, 30, "A")], []),
        (
            [(25.0, 54.0, 30, "A"), (26.0, 54.0, 20, "B"), (25.0, 54.0, 30, "A"), *[(26.0, 54.0, 20, "B")] * 2],
            [(("X-1", "X-3", "X-4"), 20), (("X-0", "X-2"), 30)],
        ),
    ],
)
def test_a_shared_place_has_several_incidents_none_of_which_is_placed_better(
    rows: list[tuple[float, float, int, str]], shared: list[tuple[tuple[str, ...], int]]
) -> None:
    assert [(place.ids, place.accuracy_km) for place in shared_places(incidents(*rows))] == shared


def test_shipped_data_have_eight_incidents_at_the_point_of_one_district(shipped: Dataset) -> None:
    (place,) = (place for place in shared_places(shipped.incidents) if place.latitude == 54.31)
    assert (place.longitude, place.accuracy_km, len(place.ids)) == (25.39, 30, 8)
    assert shared_in_words(place) == "8 at one point, within 30 km"


def test_sentences_name_the_fullest_points_and_count_the_others() -> None:
    rows = [(25.0 + n, 54.0, 10.0 + n, f"{name}") for n in range(5) for name in "ABCDE"[: 5 - min(n, 3)]]
    sentences = shared_places_as_sentences(incidents(*rows))
    assert sentences == [
        "5 incidents (A, B and 3 more places) are placed at one point: each was somewhere within 10 km of it.",
        "4 incidents (A, B and 2 more places) are placed at one point: each was somewhere within 11 km of it.",
        "3 incidents (A, B and C) are placed at one point: each was somewhere within 12 km of it.",
        "2 more points hold several incidents in this way.",
    ]
    assert shared_places_as_sentences(incidents((25.0, 54.0, 30, "A"))) == []
