"""Numbers: those of a view are the same in every file, and on a sheet none meets another, a mark or the frame."""

import io
import re
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from pptx import Presentation

from dashboard.core.analysis.numbering import numbers_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import parse_query_string
from dashboard.render.deck import make_deck
from dashboard.render.export import make_export
from dashboard.render.sheet import make_sheet
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.numbering import HEIGHT, SIZE, Numbering, number_marks, ranges
from dashboard.render.sheet.page import Box
from dashboard.render.symbols.clustering import PLAIN_SIDE, radius_of
from dashboard.render.text.brief import make_brief
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.typesetting.measure import text_width
from tests.exports import csv_records
from tests.sheets import PRODUCED, pages_of
from tests.webpages import data_of, page_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("read_already")]

BOX = (40.0, 148.0, 1346.0, 928.0)


# In the south-west of the Baltic states, with an incident outside the frame of its map.
QUERY = "country=LT&country=LV&from=2025-09-01&to=2025-12-31"


def by_date(incidents: gpd.GeoDataFrame) -> dict[str, int]:
    """The answer by hand: by date, those of a day by their ID."""
    keys = sorted(zip(incidents["date"].dt.date, incidents["id"], strict=True))
    return {id_: count for count, (_date, id_) in enumerate(keys, start=1)}


@pytest.fixture(scope="module")
def made(shipped: Dataset) -> Handout:
    return make_handout(shipped, parse_query_string(f"{QUERY}&lat=55.0&lon=24.5&zoom=8")[0], PRODUCED)


@pytest.mark.parametrize("portrait", [False, True])
def test_list_of_a_sheet_has_the_numbers_of_the_view_whatever_the_page(made: Handout, portrait: bool) -> None:
    text = " ".join(pages_of(make_sheet(made, Format("pdf", "A4", portrait))))
    for row in made.incidents.itertuples():
        number = by_date(made.incidents)[row.id]
        assert re.search(rf"(?<![0-9–]){number}\)? {row.date.day}\b", text), row.id
    assert re.search(r"\(\d+\) \d+ \w+ 2025", text)  # outside the frame, and said so


def test_data_and_texts_have_the_numbers_of_the_view(made: Handout, shipped: Dataset) -> None:
    numbers = by_date(made.incidents)
    rows = csv_records(make_export(made, "csv"))
    assert {row["id"]: int(row["view_number"]) for row in rows} == numbers
    head, *cells = openpyxl.load_workbook(io.BytesIO(make_export(made, "xlsx")))["Data"].values
    assert {row[head.index("id")]: row[head.index("view_number")] for row in cells} == numbers
    page = data_of(page_of(shipped, QUERY))
    ids = [incident["id"] for incident in page["incidents"]]
    assert dict(zip(ids, page["table"]["order"]["number"], strict=True)) == numbers
    brief = make_brief([made], "md").decode()
    for row in made.incidents.itertuples():
        assert re.search(rf"^\*\*{numbers[row.id]}\\\. .*\b{row.date.day}\b", brief, re.MULTILINE)


def test_slides_have_the_numbers_of_the_view(made: Handout) -> None:
    numbers = by_date(made.incidents)
    deck = Presentation(io.BytesIO(make_deck([made])))
    listed = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in listed for row in table.rows]
    shown = {(row[0], row[2]) for row in rows if row[0].isdigit()}
    assert {(str(numbers[row.id]), row.place) for row in made.incidents.itertuples()} <= shown


def test_number_follows_the_date_and_then_the_id(shipped: Dataset) -> None:
    assert numbers_of(shipped.incidents) == by_date(shipped.incidents)
    assert numbers_of(shipped.incidents.iloc[::-1]) == by_date(shipped.incidents)


def numbered(points: np.ndarray, lines: Sequence[Box] = (), numbers: list[int] | None = None) -> Numbering:
    numbers = numbers or list(range(1, len(points) + 1))
    return number_marks(
        points,
        numbers,
        np.zeros(len(points), bool),
        LabelRoom(BOX),
        LabelRoom(BOX, lines),
        unit_m=1000.0,
        side=PLAIN_SIDE,
    )


def told(text: str) -> list[int]:
    """The numbers that a label names, without its ellipsis."""
    parts = [part.split("–") for part in text.removesuffix(" …").split(", ")]
    return [number for part in parts for number in range(int(part[0]), int(part[-1]) + 1)]


def around(count: int, spread: float = 250.0) -> np.ndarray:
    """Points as they come: many about a few places, and always the same."""
    random = np.random.default_rng(count)
    places = random.uniform((150, 250), (1250, 830), (max(count // 12, 1), 2))
    points = places[random.integers(0, len(places), count)] + random.normal(0, spread / 10, (count, 2))
    return np.clip(points, (80, 190), (1300, 890))


def boxes(numbering: Numbering, points: np.ndarray) -> tuple[list[Box], list[Box]]:
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


def apart(first: Box, second: Box) -> bool:
    return first[2] <= second[0] or first[0] >= second[2] or first[3] <= second[1] or first[1] >= second[3]


@pytest.mark.parametrize("count", [1, 2, 30, 120, 336])
def test_no_number_meets_another_a_mark_or_the_frame(count: int) -> None:
    points = around(count)
    numbering = numbered(points)
    marks, numbers = boxes(numbering, points)
    assert len(numbers) == len(marks)
    for position, number in enumerate(numbers):
        assert BOX[0] < number[0] and number[2] < BOX[2] and BOX[1] < number[1] and number[3] < BOX[3]
        assert all(apart(number, mark) for mark in marks)
        assert all(apart(number, other) for other in numbers[:position])


@pytest.mark.parametrize("count", [1, 30, 336])
def test_label_names_numbers_of_its_own_ring_from_the_first_on(count: int) -> None:
    points = around(count)
    numbering = numbered(points)
    assert sorted(row for group in numbering.groups for row in group) == list(range(count))
    for group, label in zip(numbering.groups, numbering.labels, strict=True):
        named, every = told(label.text), [row + 1 for row in group]
        assert named == every[: len(named)]
        assert label.text.endswith(" …") == (len(named) < len(every))


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        ([7], ["7"]),
        ([3, 5, 9, 10, 11], ["3", "5", "9–11"]),
        ([1, 2, 3, 4], ["1–4"]),
        ([1, 3, 5], ["1", "3", "5"]),
        ([599, 600, 2100], ["599–600", "2100"]),
    ],
)
def test_numbers_are_told_as_ranges(numbers: list[int], parts: list[str]) -> None:
    assert ranges(numbers) == parts


def test_ring_names_its_numbers_in_full_where_there_is_room() -> None:
    (label,) = numbered(np.full((5, 2), 500.0), numbers=[3, 5, 9, 10, 11]).labels
    assert label.text == "3, 5, 9–11"


def test_ring_shortens_its_numbers_where_there_is_none_and_keeps_them() -> None:
    ring, numbers = np.full((12, 2), (700.0, 500.0)), list(range(3, 60, 5))
    around_it = [(x, y) for x in (585.0, 640.0, 760.0, 815.0) for y in np.arange(380.0, 640.0, 26.0)]
    points = np.vstack([ring, around_it])
    numbering = numbered(points, numbers=[*numbers, *range(101, 101 + len(around_it))])
    label = numbering.labels[numbering.groups.index(list(range(12)))]
    assert label.text.endswith(" …")
    assert told(label.text) == numbers[: len(told(label.text))]


def test_number_keeps_clear_of_a_line_where_it_can() -> None:
    mark = np.array([[600.0, 500.0]])
    (before,) = numbered(mark).labels
    assert before.x > 600
    (after,) = numbered(mark, [(605.0, 300.0, 640.0, 700.0)]).labels
    assert after.x < 600


@pytest.mark.parametrize("count", [2000, 100_000])
def test_too_many_are_counted_by_cell_and_it_is_said(count: int) -> None:
    points = np.random.default_rng(3).uniform((60, 170), (1320, 900), (count, 2))
    numbering = numbered(points)
    assert numbering.labels == []
    assert sorted(row for group in numbering.groups for row in group) == list(range(count))
    assert numbering.note == "Too many to number on one map: incidents are counted in cells of 64 km."
    marks, _numbers = boxes(numbering, points)
    centres = np.array([[(mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2] for mark in marks])
    reaches = np.array([(mark[2] - mark[0]) / 2 for mark in marks])
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)) + np.eye(len(marks)) * 1e9
    rings = np.array([len(group) > 1 for group in numbering.groups])
    assert (distance >= reaches[:, None] + reaches[None] - 1e-6)[np.ix_(rings, rings)].all()


def test_incidents_at_one_point_are_one_ring() -> None:
    numbering = numbered(np.full((5, 2), 500.0))
    assert numbering.groups == [[0, 1, 2, 3, 4]]
    assert [label.text for label in numbering.labels] == ["1–5"]


def test_number_of_a_chosen_mark_stands_outside_its_circle() -> None:
    point = np.array([[600.0, 500.0]])
    numbering = number_marks(
        point, [1], np.array([True]), LabelRoom(BOX), LabelRoom(BOX), unit_m=1000.0, side=PLAIN_SIDE
    )
    assert numbering.boxes == [(580.0, 480.0, 620.0, 520.0)]
    assert numbering.labels[0].x > 620
