"""Places as they are typed: many ways of writing one place, and words that are none."""

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.core.geo.typed_places import TypedPlace, read_coordinates, typed_places
from dashboard.errors import QueryError

GAIZIUNAI = (55.05, 24.37)


def read(text: str) -> TypedPlace:
    place = read_coordinates(text)
    assert place
    return place


@pytest.mark.parametrize(
    "text",
    [
        "55.05, 24.37", "55.05 24.37", "55.05,24.37", "55.05; 24.37", "55,05 24,37", "55,05; 24,37", " +55.05  +24.37 ",
        "55.050° N, 24.370° E", "55.050°N 24.370°E", "55.05N24.37E", "N 55.05 E 24.37", "n55.05, e24.37",
        "24.37 E 55.05 N",
        "55°03′00″ N 24°22′12″ E", "55°03'00\"N, 24°22'12\"E", "55 03 00 N 24 22 12 E", "55° 3' N 24° 22.2' E",
        "550300N0242212E", "550300N 0242212E", "35U LB 31992 03516", "35ULB3199203516", "35u lb 3199203516",
    ],
)  # fmt: skip
def test_one_place_is_written_in_many_ways(text: str) -> None:
    place = read(text)
    assert (place.latitude, place.longitude) == pytest.approx(GAIZIUNAI, abs=1e-5)
    assert place.whole


@pytest.mark.parametrize(
    ("text", "place", "label"),
    [
        ("35U LB 3 0", (55.0643, 24.4162), "55.06° N, 24.42° E · 35U LB 3 0"),  # the middle of its square
        ("35ULB", (55.4731, 24.6269), "55.5° N, 24.6° E · 35U LB"),
        ("5503N02422E", (55.05, 24.3667), "55.05° N, 24.37° E · 35U LB 31 03"),
        ("60.39 N 5.32 E", (60.39, 5.32), "60.39° N, 5.32° E · 32V KN 97 00"),
        ("64.147, -21.94", (64.147, -21.94), "64.147° N, 21.940° W · 27W VM 542 137"),
    ],
)
def test_place_is_offered_as_exactly_as_it_was_written(text: str, place: tuple[float, float], label: str) -> None:
    found = read(text)
    assert (found.latitude, found.longitude) == pytest.approx(place, abs=1e-4)
    assert found.label == label


def test_more_exact_places_are_shown_from_nearer() -> None:
    zooms = [read(text).zoom for text in ("35U LB", "35U LB 3 0", "35U LB 31 03", "35U LB 319 035")]
    assert zooms == sorted(set(zooms))


@pytest.mark.parametrize(
    "text",
    ["", "Galați", "55", "55 24", "2025 10", "12 drones 5", "10 km 20", "E40", "3 UAV", "10 UAV", "35U", "28.07.2025",
     "“no explosives”", "Base {{ (camp)", "5 6 7 8"],
)  # fmt: skip
def test_words_are_no_coordinates(text: str) -> None:
    assert read_coordinates(text) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("35U LB 123", "as many digits"),
        ("35U LB 12 345", "as many digits"),
        ("35U AA 1 2", "no square 35U AA"),
        ("95 N 24 E", "latitude lies between"),
        ("55 N 190 E", "longitude lies between"),
        ("55°70′ N 24°10′ E", "below 60"),
        ("55.05 N 24.37", "Both angles"),
        ("55.05 N 24.37 S", "a latitude (N or S) and a longitude"),
        ("-55.05 N 24.37 E", "either a sign or a letter"),
        ("-33.8568, 151.2153", "beyond the map"),
    ],
)
def test_wrong_coordinates_are_told(text: str, message: str) -> None:
    with pytest.raises(QueryError) as told:
        read_coordinates(text)
    assert message in str(told.value)


@pytest.mark.parametrize(
    ("text", "label", "whole"),
    [
        ("galati", "Galați, Romania", True),
        ("OTP", "Bucharest Henri Coanda (OTP), Romania", True),
        ("Daugav", "Daugavpils, Latvia", False),
        ("55.05, 24.37", "55.05° N, 24.37° E · 35U LB 31 03", True),
    ],
)
def test_likeliest_place_comes_first(shipped: Dataset, text: str, label: str, whole: bool) -> None:
    place = typed_places(text, shipped.gazetteer)[0]
    assert (place.label, place.whole) == (label, whole)


@pytest.mark.parametrize("text", ["", "ga", "explosive", "drone", "crash", "balloon"])
def test_words_of_the_data_name_no_place(shipped: Dataset, text: str) -> None:
    assert typed_places(text, shipped.gazetteer) == []
