"""Numbers on a sheet's map: each incident has one, and no number meets another, a mark or the frame."""

import numpy as np
import pytest

from dashboard.core.marks import PLAIN_SIDE, radius_of
from dashboard.render.sheet.numbering import HEIGHT, SIZE, number_marks
from dashboard.render.sheet.page import text_width
from dashboard.render.sheet.space import Space

BOX = (40.0, 148.0, 1346.0, 928.0)


def numbered(points: np.ndarray, lines: tuple = ()):
    return number_marks(
        points, np.zeros(len(points), bool), Space(BOX), Space(BOX, lines), unit_m=1000.0, side=PLAIN_SIDE
    )


def around(count: int, spread: float = 250.0) -> np.ndarray:
    """Points as they come: many about a few places, and always the same."""
    random = np.random.default_rng(count)
    places = random.uniform((150, 250), (1250, 830), (max(count // 12, 1), 2))
    points = places[random.integers(0, len(places), count)] + random.normal(0, spread / 10, (count, 2))
    return np.clip(points, (80, 190), (1300, 890))


def boxes(numbering, points: np.ndarray) -> tuple[list[tuple], list[tuple]]:
    """Boxes of the marks and of the numbers, worked out anew."""
    marks = []
    for group in numbering.groups:
        x, y = points[group].mean(axis=0)
        reach = radius_of(len(group)) if len(group) > 1 else PLAIN_SIDE / 2
        marks.append((x - reach, y - reach, x + reach, y + reach))
    numbers = [
        (label.x, label.y - 0.8 * SIZE, label.x + text_width(label.text, SIZE, "bold"), label.y + 0.1 * HEIGHT)
        for label in numbering.labels
    ]
    return marks, numbers


def apart(first: tuple, second: tuple) -> bool:
    return first[2] <= second[0] or first[0] >= second[2] or first[3] <= second[1] or first[1] >= second[3]


@pytest.mark.parametrize("count", [1, 2, 30, 120, 337])
def test_no_number_meets_another_a_mark_or_the_frame(count):
    points = around(count)
    numbering = numbered(points)
    marks, numbers = boxes(numbering, points)
    assert len(numbers) == len(marks)
    for position, number in enumerate(numbers):
        assert BOX[0] < number[0] and number[2] < BOX[2] and BOX[1] < number[1] and number[3] < BOX[3]
        assert all(apart(number, mark) for mark in marks)
        assert all(apart(number, other) for other in numbers[:position])


@pytest.mark.parametrize("count", [1, 30, 337])
def test_every_incident_has_one_number_and_its_label_says_it(count):
    points = around(count)
    numbering = numbered(points)
    assert sorted(numbering.numbers.values()) == list(range(1, count + 1))
    for group, label in zip(numbering.groups, numbering.labels, strict=True):
        first, _dash, last = label.text.partition("–")
        assert [numbering.numbers[row] for row in group] == list(range(int(first), int(last or first) + 1))


def test_numbers_run_from_north_to_south():
    numbering = numbered(np.array([[300.0, 700.0], [900.0, 200.0], [600.0, 400.0]]))
    assert numbering.numbers == {1: 1, 2: 2, 0: 3}


def test_number_keeps_clear_of_a_line_where_it_can():
    mark = np.array([[600.0, 500.0]])
    (before,) = numbered(mark).labels
    assert before.x > 600
    (after,) = numbered(mark, [(605.0, 300.0, 640.0, 700.0)]).labels
    assert after.x < 600


@pytest.mark.parametrize("count", [2000, 100_000])
def test_too_many_are_counted_by_cell_and_it_is_said(count):
    points = np.random.default_rng(3).uniform((60, 170), (1320, 900), (count, 2))
    numbering = numbered(points)
    assert (numbering.labels, numbering.numbers) == ([], {})
    assert sorted(row for group in numbering.groups for row in group) == list(range(count))
    assert numbering.note == "Too many to number on one map: the incidents are counted by cells of 64 km."
    marks, _numbers = boxes(numbering, points)
    centres = np.array([[(mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2] for mark in marks])
    reaches = np.array([(mark[2] - mark[0]) / 2 for mark in marks])
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)) + np.eye(len(marks)) * 1e9
    rings = np.array([len(group) > 1 for group in numbering.groups])
    assert (distance >= reaches[:, None] + reaches[None] - 1e-6)[np.ix_(rings, rings)].all()


def test_incidents_at_one_point_are_one_ring():
    numbering = numbered(np.full((5, 2), 500.0))
    assert numbering.groups == [[0, 1, 2, 3, 4]]
    assert [label.text for label in numbering.labels] == ["1–5"]


def test_number_of_a_chosen_mark_stands_outside_its_circle():
    point = np.array([[600.0, 500.0]])
    numbering = number_marks(point, np.array([True]), Space(BOX), Space(BOX), unit_m=1000.0, side=PLAIN_SIDE)
    assert numbering.boxes == [(580.0, 480.0, 620.0, 520.0)]
    assert numbering.labels[0].x > 620
