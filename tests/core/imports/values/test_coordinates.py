from collections.abc import Callable

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.core.geo.coordinates import mgrs_of
from dashboard.core.imports.values.coordinates import read_angle, read_point


def place_of(text: str) -> tuple[float, float]:
    (meaning,) = read_point(text).meanings
    return float(meaning.cells["latitude"]), float(meaning.cells["longitude"])


@pytest.mark.parametrize(
    "text",
    ["55.05", "55,05", "N55.05", "55.05° N", "55°03'00\"N", "55 03 00", "55° 3.0'", "5503N", "+55.05", "55º03′N"],
)
def test_a_latitude_however_it_is_written(text: str) -> None:
    (meaning,) = read_angle(text, "latitude").meanings
    assert float(meaning.cells["latitude"]) == pytest.approx(55.05)


def test_a_plain_angle_stays_as_it_is_written_and_a_letter_tells_which_it_is() -> None:
    assert read_angle("54.60", "latitude").meanings[0].cells == {"latitude": "54.60"}
    assert read_angle("24.37E", "latitude").meanings[0].cells == {"longitude": "24.37"}
    assert read_angle("0.5 W", "longitude").meanings[0].cells == {"longitude": "-0.5"}


@pytest.mark.parametrize("text", ["abc", "55.5.5", "55°75'", "550500", "-55.05 S", "1e3", "5505000.12"])
def test_what_is_no_angle_is_refused(text: str) -> None:
    understood = read_angle(text, "longitude")
    assert not understood.meanings
    assert "such as" in understood.expected


@pytest.mark.parametrize(
    "text",
    [
        "55.05, 24.37", "55.05,24.37", "55.05 24.37", "55,05; 24,37", "55,05, 24,37", "55,05 24,37", "(55.05, 24.37)",
        "[55.05, 24.37]", "POINT (24.37 55.05)", "SRID=4326;POINT(24.37 55.05)", "MULTIPOINT ((24.37 55.05))",
        "55°03'00\"N 24°22'12\"E", "24.37E 55.05N", "N55 03 00 E24 22 12", "55.05 / 24.37",
    ],
)  # fmt: skip
def test_both_coordinates_in_one_cell(text: str) -> None:
    assert place_of(text) == pytest.approx((55.05, 24.37))


def test_mgrs_is_the_middle_of_its_square() -> None:
    assert place_of("35U LB 3 0") == pytest.approx((55.064, 24.416), abs=0.001)
    assert place_of("35ULB3208800980") == pytest.approx(place_of("35U LB 32088 00980"))


@pytest.mark.parametrize(
    "text", ["hello", "55,24", "POINT EMPTY", "POINT (x", "LINESTRING (1 2, 3 4)", "N55.05 E200.0"]
)
def test_what_is_no_place_is_refused_with_a_remedy(text: str) -> None:
    understood = read_point(text)
    assert not understood.meanings
    assert understood.expected and understood.remedy


def sexagesimal(angle: float, positive: str, negative: str) -> str:
    seconds = round(abs(angle) * 3600)
    return f"{seconds // 3600}°{seconds // 60 % 60:02}'{seconds % 60:02}\"{positive if angle >= 0 else negative}"


WRITERS: list[Callable[[float, float], str]] = [
    lambda north, east: f"{north:.5f}, {east:.5f}",
    lambda north, east: f"{north:.4f},{east:.4f}",
    lambda north, east: f"{north:.4f}; {east:.4f}".replace(".", ","),
    lambda north, east: f"{north:.4f}, {east:.4f}".replace(".", ","),
    lambda north, east: f"POINT ({east:.5f} {north:.5f})",
    lambda north, east: f"{sexagesimal(north, 'N', 'S')} {sexagesimal(east, 'E', 'W')}",
    lambda north, east: mgrs_of(north, east, 5),
]


@settings(deadline=None)
@given(north=st.floats(34, 71), east=st.floats(-10, 44), write=st.sampled_from(WRITERS))
def test_a_place_is_read_back_as_meant(north: float, east: float, write: Callable[[float, float], str]) -> None:
    assert place_of(write(north, east)) == pytest.approx((north, east), abs=2e-4)


def test_point_as_postgis_writes_it_is_read_in_wgs_84_alone() -> None:
    def written(code: int) -> str:
        point = shapely.set_srid(shapely.Point(24.37, 55.05), code)
        return str(shapely.to_wkb(point, hex=True, include_srid=True))

    for code in (0, 4326):
        (meaning,) = read_point(written(code)).meanings
        assert meaning.cells == {"latitude": "55.05", "longitude": "24.37"}
    assert read_point(written(3346)).expected == "expected a point in EPSG:4326, found EPSG:3346"
    assert not read_point(shapely.LineString([(1, 2), (3, 4)]).wkb_hex).meanings
