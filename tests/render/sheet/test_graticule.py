"""The graticule: its lines against the frame's own inverse, its degrees where the lines meet the frame."""

import numpy as np
import pytest
import shapely

from dashboard.render.sheet.frame import BAND, Frame
from dashboard.render.sheet.graticule import ORDER, degrees_and_minutes, draw_graticule, lines_of, step_of
from dashboard.render.sheet.page import Page
from dashboard.render.symbols.palettes import PALETTES

BOX = (64.0, 172.0, 1322.0, 904.0)
LITHUANIA = Frame(25.0, 54.8, 114.0, BOX)  # about 143 km wide
EUROPE = Frame(25.0, 55.0, 5600.0, BOX)


@pytest.mark.parametrize(
    ("minute_units", "step"),
    [(200.0, 1), (16.2, 10), (9.4, 20), (2.1, 60), (1.9, 120), (0.33, 600), (0.01, 600)],
)
def test_step_is_the_least_that_keeps_lines_apart(minute_units: float, step: int) -> None:
    assert step_of(minute_units) == step


@pytest.mark.parametrize(("minutes", "text"), [(3300, "55°"), (3270, "54°30\u2032"), (-65, "1°05\u2032"), (0, "0°")])
def test_angles_are_whole_degrees_and_minutes(minutes: int, text: str) -> None:
    assert degrees_and_minutes(minutes) == text


@pytest.mark.parametrize(("frame", "across", "up"), [(LITHUANIA, 20, 10), (EUROPE, 600, 600)])
def test_lines_lie_on_their_degrees(frame: Frame, across: int, up: int) -> None:
    meridians, parallels = lines_of(frame)
    assert len(meridians) > 3 and len(parallels) > 2
    for lines, axis, step in ((meridians, 0, across), (parallels, 1, up)):
        assert {second - first for first, second in zip(sorted(lines), sorted(lines)[1:], strict=False)} == {step}
        for minutes, line in lines.items():
            degrees = frame.in_degrees(shapely.get_coordinates(line))
            # Within half a unit of the page: the lines are polygons of half a degree.
            assert degrees[:, axis] == pytest.approx(minutes / 60, abs=frame.unit_m / 111_000)


@pytest.mark.parametrize("frame", [LITHUANIA, EUROPE, Frame(30.0, 70.0, 160.0, BOX)])
def test_degrees_stand_in_the_band_where_their_lines_meet_the_frame(frame: Frame) -> None:
    page = Page((19.2, 10.8), PALETTES["light"])
    draw_graticule(page.axes_in(BOX, 1), page, frame)
    left, top, right, bottom = BOX
    sides = {(side, axis): 0 for side in (0, 1) for axis in "EN"}
    for text in page.axes.texts:
        (x, y), words = text.get_position(), text.get_text()
        angle, minutes = (float(part or 0) for part in words[:-2].rstrip("\u2032").split("°"))
        degrees = (angle + minutes / 60) * (-1 if words[-1] in "WS" else 1)
        if words[-1] in "EW":
            assert (top - BAND < y - 10 and y < top) or (bottom < y - 10 and y < bottom + BAND)
            met = frame.in_degrees(np.array([[x, top if y < top else bottom]]))[0, 0]
            sides[int(y > bottom), "E"] += 1
        else:
            assert (left - BAND < x - 10 and x < left) or (right < x - 10 and x < right + BAND)
            met = frame.in_degrees(np.array([[left if x < left else right, y]]))[0, 1]
            sides[int(x > right), "N"] += 1
        assert met == pytest.approx(degrees, abs=frame.unit_m / 111_000)
    assert all(sides.values())


def test_degrees_of_a_side_never_meet() -> None:
    page = Page((19.2, 10.8), PALETTES["print"])
    draw_graticule(page.axes_in(BOX, 1), page, EUROPE)
    page.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in page.axes.texts]
    assert len(boxes) > 10
    assert not [1 for first, one in enumerate(boxes) for other in boxes[:first] if one.overlaps(other)]


def test_lines_lie_above_the_land_and_below_every_border() -> None:
    page = Page((19.2, 10.8), PALETTES["light"])
    axes = page.axes_in(BOX, 1)
    draw_graticule(axes, page, LITHUANIA)
    (lines,) = (drawn for drawn in axes.collections if drawn.get_gid() == "graticule")
    assert 1 < lines.get_zorder() == ORDER < 1.1


def test_frame_of_what_is_not_charted_has_no_lines() -> None:
    assert lines_of(Frame(-150.0, 0.0, 114.0, BOX)) == ({}, {})
