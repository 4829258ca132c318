"""The detail of a sheet: it resolves what is crowded, each incident is drawn once, and nothing in it meets the rest."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from dashboard.core.analysis.numbering import chronological
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.sheet import map as drawing
from dashboard.render.sheet.checks import check_marks
from dashboard.render.sheet.detail import Detail, find_detail
from dashboard.render.sheet.frame import Frame, frame_of
from dashboard.render.sheet.page import Box, Page
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import Handout, make_handout
from tests.sheets import sheet, texts_of

pytestmark = pytest.mark.slow

BOX = (66.0, 172.0, 1320.0, 902.0)  # that of a sheet 1920 by 1080


def handout_of(dataset: Dataset, query: str) -> Handout:
    return make_handout(dataset, parse_query_string(query)[0], datetime(2026, 11, 27, tzinfo=UTC))


@pytest.fixture(scope="module")
def romania(shipped: Dataset) -> tuple[Handout, Page, Frame, Detail]:
    """The handout, page, frame and detail of a sheet of Romania."""
    handout = handout_of(shipped, "country=RO")
    page, frame = Page((19.2, 10.8), LIGHT), frame_of(handout, BOX)
    found: list[Detail | None] = []

    def noted(*given: Any) -> Detail | None:
        found.append(find_detail(*given))
        return found[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "find_detail", noted)
        map_ = drawing.draw_map(page, frame, handout)
    check_marks(page.figure, map_, len(handout.incidents))
    (detail,) = found
    assert detail
    return handout, page, frame, detail


def signs(page: Page, start: str) -> dict[str, tuple[float, float]]:
    """The middle of every mark or ring on the page, by the name that begins so."""
    found = [(str(one.get_gid()), one) for one in page.figure.findobj() if str(one.get_gid()).startswith(start)]
    places = [(name, one.get_window_extent()) for name, one in found]
    scale = page.width / page.figure.bbox.width
    return {
        f"{name}:{place}": ((box.x0 + box.x1) / 2 * scale, page.height - (box.y0 + box.y1) / 2 * scale)
        for place, (name, box) in enumerate(places)
    }


def within(places: list[tuple[float, float]], box: Box) -> NDArray[np.bool_]:
    x, y = np.array(places).T
    inside: NDArray[np.bool_] = (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
    return inside


def test_detail_of_romania_is_the_delta_and_resolves_it(romania: tuple[Handout, Page, Frame, Detail]) -> None:
    handout, page, frame, detail = romania
    held = handout.incidents[detail.frame.holds(handout.incidents)]
    assert len(held) > 30 and held["latitude"].between(44.7, 45.6).all() and held["longitude"].between(28.5, 29.8).all()
    assert 2 * detail.frame.unit_m <= frame.unit_m
    inside = within([*signs(page, "mark:").values(), *signs(page, "cluster:").values()], detail.frame.box)
    assert inside.sum() >= len(held) / 3


def test_what_lies_in_the_detail_is_drawn_there_and_nowhere_else(romania: tuple[Handout, Page, Frame, Detail]) -> None:
    handout, page, _frame, detail = romania
    marks = signs(page, "mark:")
    names = [name.split(":")[1] for name in marks]
    assert len(set(names)) == len(names)
    held = set(handout.incidents["id"][detail.frame.holds(handout.incidents)])
    for name, place in zip(names, marks.values(), strict=True):
        assert within([place], detail.frame.box)[0] == (name in held)
    (window,) = (one for one in page.figure.findobj() if one.get_gid() == "window")
    assert isinstance(window, Polygon)
    corners = window.get_xy()
    outline = (*corners.min(axis=0), *corners.max(axis=0))
    everything = [*marks.values(), *signs(page, "cluster:").values()]
    assert not within(everything, outline).any()
    assert (
        outline[2] < detail.box[0]
        or outline[0] > detail.box[2]
        or (outline[3] < detail.box[1] or outline[1] > detail.box[3])
    )


def test_numbers_in_the_detail_are_those_of_the_list(romania: tuple[Handout, Page, Frame, Detail]) -> None:
    handout, page, _frame, detail = romania
    written = [text.get_text() for text in page.axes.texts if within([text.get_position()], detail.frame.box)[0]]
    marks = signs(page, "mark:")
    inside = [name.split(":")[1] for name, at in marks.items() if within([at], detail.frame.box)[0]]
    assert inside and {str(handout.numbers[id_]) for id_ in inside} <= set(written)
    texts = [text.get_text() for text in page.axes.texts]
    held = chronological(handout.incidents)["id"][detail.frame.holds(chronological(handout.incidents))]
    assert f"Detail: {len(held)} incidents" in texts and f"{len(held)} in the detail" in texts


@pytest.mark.parametrize(
    "query", ["", "country=LT&from=2025-07-01&to=2025-07-31", "country=PL&from=2025-09-09&to=2025-09-10", "country=LT"]
)
def test_map_that_is_not_crowded_in_one_place_has_no_detail(shipped: Dataset, query: str) -> None:
    page, handout = Page((19.2, 10.8), LIGHT), handout_of(shipped, query)
    drawing.draw_map(page, frame_of(handout, BOX), handout)
    assert not [one for one in page.figure.findobj() if one.get_gid() == "window"]


def test_detail_covers_no_capital(shipped: Dataset) -> None:
    view = parse_query_string("country=RO")[0]
    texts = texts_of(sheet(shipped, view, "svg", "A4"))
    assert any(text.startswith("Detail: ") for text in texts)
    assert "Bucharest" in texts
