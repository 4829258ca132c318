"""Decks of the tests, and checks of their slides as another program reads them."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame
from pptx.util import Length, Pt

from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import selection_of
from dashboard.core.query.view import parse_query_string
from dashboard.render.text.handout import Handout, make_handout
from dashboard.render.typesetting.measure import text_width

PRODUCED = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
METHOD = "Method, completeness and sources"  # of as many slides as it takes at a size that can be read
LT_JULY = "country=LT&from=2025-07-20&to=2025-07-31&marking=TLP:GREEN"


def handout(dataset: Dataset, query: str, **changes: object) -> Handout:
    made = make_handout(dataset, parse_query_string(query)[0], PRODUCED)
    return replace(made, selection=selection_of(made.incidents.assign(**changes))) if changes else made


def opened(content: bytes) -> Deck:
    return Presentation(io.BytesIO(content))


def shapes_of(slide: Slide) -> list[Any]:
    """The shapes, of which python-pptx's types know only what all have in common."""
    return list(slide.shapes)


def title_of(slide: Slide) -> str:
    assert slide.shapes.title
    return str(slide.shapes.title.text_frame.text)


def every_shape(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes, and those in groups."""
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every_shape(shape.shapes)


def texts(slide: Slide) -> list[str]:
    """All text of a slide, tables included."""
    found = [shape.text_frame.text for shape in every_shape(slide.shapes) if shape.has_text_frame]
    for shape in shapes_of(slide):
        if shape.has_table:
            found += [cell.text_frame.text for row in shape.table.rows for cell in row.cells]
    return found


def tables(deck: Deck) -> list[Table]:
    """The tables of incidents: those with a column of sources."""
    found = [shape.table for slide in deck.slides for shape in shapes_of(slide) if shape.has_table]
    return [table for table in found if table.cell(0, len(table.columns) - 1).text_frame.text == "Sources"]


def rows_of(deck: Deck) -> list[list[str]]:
    return [[cell.text_frame.text for cell in row.cells] for table in tables(deck) for row in list(table.rows)[1:]]


def lines_needed(text: str, size: float, width: float, weight: str) -> int:
    """Lines that a paragraph takes, counted sign by sign where a word is too wide."""
    lines, used = 1, 0.0
    for word in text.split():
        length = text_width(word, size, weight)
        if used and used + text_width(" ", size, weight) + length > width:
            lines, used = lines + 1, 0.0
        used += length + (text_width(" ", size, weight) if used else 0.0)
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def overflow(frame: TextFrame, width: float, height: float) -> float:
    """By how many points the text of a frame is higher than its room."""
    needed = 0.0
    for paragraph in frame.paragraphs:
        spacing = paragraph.line_spacing
        if spacing is None or not paragraph.runs:
            continue
        assert isinstance(spacing, Length)
        size = max(run.font.size.pt if run.font.size else spacing.pt / 1.2 for run in paragraph.runs)
        weight = "bold" if any(run.font.bold for run in paragraph.runs) else "regular"
        text = "".join(run.text for run in paragraph.runs)
        needed += lines_needed(text, size, width, weight) * spacing.pt
    return needed - height


def check_slides(deck: Deck) -> None:
    """Nothing leaves the slide, no text its box, and no two things lie on each other."""
    assert deck.slide_width and deck.slide_height
    for number, slide in enumerate(deck.slides, 1):
        for shape in every_shape(slide.shapes):
            name = f"slide {number}: {shape.name}"
            assert shape.left >= 0, name
            assert shape.top >= 0, name
            assert shape.left + shape.width <= deck.slide_width + 1, name
            assert shape.top + shape.height <= deck.slide_height + 1, name
            if shape.has_text_frame and shape.text_frame.text:
                frame = shape.text_frame
                margins = (0, 0) if shape.is_placeholder else (frame.margin_left.pt * 2, frame.margin_top.pt * 2)
                width, height = shape.width.pt - margins[0], shape.height.pt - margins[1]
                assert overflow(frame, width, height) <= 0.5, name
        for shape in shapes_of(slide):
            if shape.has_table:
                check_table(shape)
        check_apart(slide, number)


def check_table(shape: GraphicFrame) -> None:
    table = shape.table
    columns = [table.columns[place] for place in range(len(table.columns))]
    assert sum(row.height for row in table.rows) == shape.height
    assert sum(column.width for column in columns) == pytest.approx(shape.width, abs=20)
    for row in table.rows:
        for cell, column in zip(row.cells, columns, strict=True):
            width = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
            height = row.height.pt - cell.margin_top.pt - cell.margin_bottom.pt
            assert overflow(cell.text_frame, width, height) <= 0.5, cell.text_frame.text


def check_apart(slide: Slide, number: int) -> None:
    boxes = [
        (shape.name, shape.left / Pt(1), shape.top / Pt(1), *_lower_right(shape))
        for shape in shapes_of(slide)
        if shape.name != "Ground"
    ]
    for position, (one, left, top, right, bottom) in enumerate(boxes):
        for other, left_, top_, right_, bottom_ in boxes[position + 1 :]:
            across, down = min(right, right_) - max(left, left_), min(bottom, bottom_) - max(top, top_)
            assert across <= 0.5 or down <= 0.5, f"slide {number}: {one} on {other}"


def check_package(content: bytes) -> None:
    """Every part is XML or a picture, every relation leads somewhere, every shape of a slide has its own ID."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        for name in names:
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(package.read(name))
                if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                    ids = root.xpath("//*[local-name()='cNvPr']/@id")
                    assert len(ids) == len(set(ids)), name
            if name.endswith(".rels"):
                base = Path("/") / Path(name).parent.parent
                for relation in etree.fromstring(package.read(name)):
                    if relation.get("TargetMode") != "External":
                        target = (base / relation.get("Target")).as_posix()
                        clean = re.sub(r"[^/]+/\.\./", "", re.sub(r"[^/]+/\.\./", "", target)).lstrip("/")
                        assert clean in names, (name, clean)


def _lower_right(shape: BaseShape) -> tuple[float, float]:
    return (shape.left + shape.width) / Pt(1), (shape.top + shape.height) / Pt(1)


def parts_of(content: bytes, start: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return [package.read(name) for name in package.namelist() if name.startswith(start)]
