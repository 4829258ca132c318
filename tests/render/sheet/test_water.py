"""Lakes and rivers on a sheet's map, and their names."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.path import Path
from numpy.typing import NDArray

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.water import _curve, draw_water
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import make_handout
from tests.sheets import LT_JULY, PRODUCED, SVG, sheet, texts_of

pytestmark = pytest.mark.slow

BOX = (40.0, 148.0, 1340.0, 940.0)


def drawn(dataset: Dataset, query: str) -> dict[str, NDArray[np.float64]]:
    """What of the water is drawn for a query, as the names of its paths, and their corners."""
    page = Page((13.33, 7.5), LIGHT)
    frame = frame_of(make_handout(dataset, parse_query_string(query)[0], PRODUCED), BOX)
    axes = page.axes_in(BOX, zorder=1)
    draw_water(axes, page, frame, dataset.basemap["near" if frame.zoom >= 7 else "far"].iloc[7:])
    return {str(patch.get_gid()): np.asarray(patch.get_path().vertices) for patch in axes.patches}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"river:Danube", "river:Dnipro", "river:Vistula", "lake:Lake Ladoga", "lake:Lake Peipus"}),
        ("country=RO", {"river:Danube", "river:Prut", "river:Siret", "river:Olt"}),
        (
            "country=RO&lat=45.2&lon=28.9&zoom=9",
            {"river:Chilia", "river:Sulina", "river:Sfântu Gheorghe"},
        ),
        ("country=MD", {"river:Prut", "river:Dnister"}),
        ("country=LT", {"river:Nemunas", "river:Neris", "river:Šventoji"}),
        ("country=EE", {"river:Narva", "river:Emajõgi", "lake:Lake Peipus", "lake:Võrtsjärv"}),
        ("country=PL", {"river:Vistula", "river:Bug", "river:Oder"}),
        ("country=FI", {"lake:Saimaa", "lake:Päijänne", "river:Kymijoki"}),
    ],
)
def test_view_shows_its_rivers_and_lakes(shipped: Dataset, query: str, names: set[str]) -> None:
    paths = drawn(shipped, query)
    assert names <= set(paths)
    assert all(len(corners) > 2 for corners in paths.values())


def test_small_water_comes_with_the_scale(shipped: Dataset) -> None:
    wide, close = drawn(shipped, ""), drawn(shipped, "lat=54.7&lon=25.2&zoom=9")
    assert "river:Neris" in close and "lake" in close
    assert "river:Emajõgi" not in wide
    assert len(close["lake"]) > 100


def test_sheet_has_its_rivers_as_paths_and_names_them_along_their_course(shipped: Dataset) -> None:
    content = sheet(shipped, LT_JULY, "svg")
    groups = {group.get("id") for group in ElementTree.fromstring(content).iter(f"{SVG}g")}
    assert {"river:Nemunas", "river:Neris"} <= groups
    assert {"Nemunas", "Neris"} <= set(texts_of(content))
    (turned,) = {
        re.findall(r"rotate\((-?[\d.]+)", text.get("transform", ""))[0]
        for text in ElementTree.fromstring(content).iter(f"{SVG}text")
        if "".join(text.itertext()) == "Nemunas"
    }
    assert abs(float(turned)) > 20  # it flows north there


def test_corners_are_rounded_and_ends_stay() -> None:
    """A line and a square through the middles of their sides, with their corners as what pulls the curve."""
    corners = [(0, 0), (4, 0), (4, 4)]
    line = _curve(np.array(corners, float), is_closed=False)
    assert np.asarray(line.vertices).tolist() == [[0, 0], [4, 0], [4, 2], [4, 4]]
    assert np.asarray(line.codes).tolist() == [Path.MOVETO, Path.CURVE3, Path.CURVE3, Path.LINETO]
    square = _curve(np.array([*corners, (0, 4), (0, 0)], float), is_closed=True)
    assert np.asarray(square.vertices).tolist()[:3] == [[0, 2], [0, 0], [2, 0]]
    assert np.asarray(square.codes)[-1] == Path.CLOSEPOLY
