"""The small map of places to choose among: where they lie, how far they reach, and what stands around."""

import re
import xml.etree.ElementTree as ET

import pytest

from dashboard.core.data.dataset import Dataset
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.web.place_map import HEIGHT, WIDTH, Candidate, place_map

KRYNKI = Candidate(53.264, 23.773, 3, "Krynki")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(dataset: Dataset, *places: Candidate) -> ET.Element:
    return ET.fromstring(place_map(places, dataset.basemap, dataset.places, LIGHT))


def reach_of(root: ET.Element) -> list[tuple[float, float, float]]:
    """Middle and radius of each circle of an accuracy."""
    circles = [one for one in root.iter(f"{SVG}circle") if one.get("fill-opacity")]
    return [(float(one.attrib["cx"]), float(one.attrib["cy"]), float(one.attrib["r"])) for one in circles]


def test_place_is_in_the_middle_with_its_accuracy_to_scale(shipped: Dataset) -> None:
    root = drawn(shipped, KRYNKI)
    ((x, y, radius),) = reach_of(root)
    assert (x, y) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.1)
    bar = next(path.attrib["d"] for path in root.iter(f"{SVG}path") if path.attrib["d"].startswith("M14,"))
    length = float(re.findall(r"H([\d.]+)V", bar)[0]) - 14
    assert "20 km" in [text.text for text in root.iter(f"{SVG}text")]
    assert radius / length == pytest.approx(3 / 20, rel=0.01)
    assert {"Krynki", "Sokółka", "Białystok"} <= {text.text for text in root.iter(f"{SVG}text")}
    assert any(path.get("stroke") == LIGHT.flank for path in root.iter(f"{SVG}path"))  # Belarus is 3 km away


def test_all_places_are_on_the_map_where_they_lie_to_each_other(shipped: Dataset) -> None:
    root = drawn(shipped, KRYNKI, Candidate(50.1, 19.9, 12, "2"), Candidate(54.6, 18.5, 3, "3"))
    (x1, y1, _), (x2, y2, _), (x3, y3, _) = reach_of(root)
    assert x3 < x2 < x1 and y3 < y1 < y2
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y, _radius in reach_of(root))


def test_name_of_a_place_is_a_text(shipped: Dataset) -> None:
    root = drawn(shipped, Candidate(53.264, 23.773, 3, "<b>&"))
    assert "<b>&" in [text.text for text in root.iter(f"{SVG}text")]
