"""Numbers that tie the marks of a sheet's map to its list, or, where they would be too many, counts by cell.

The numbers are those of the view, whatever the map. Marks that would cover each other are drawn as one ring with their
count; its label names their numbers as ranges, as many as find room: ``3, 5, 9-11 …``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.language import _, number
from dashboard.render.sheet.label_room import LabelRoom
from dashboard.render.sheet.page import Box
from dashboard.render.symbols.clustering import groups_of, radius_of
from dashboard.render.typesetting.measure import text_width

MOST_NUMBERED = 600  # incidents; beyond, nobody looks a number up
SPACINGS = (1.25, 1.7, 2.3)  # between marks, tried in turn until each number finds room
TRIES = 12  # of an order in which the numbers are placed
CELL = 64.0  # side of a cell in units, wider than the widest ring
CIRCLE = 8.0  # what the circle around a chosen mark adds to it
SIZE = 15.0
WIDEST = 150.0  # of a label
GAP = 3.0
HEIGHT = 17.0
LEADERS = (0.0, 20.0, 38.0)  # how far off a number may stand, the last two with a line to its mark
# Where a number stands beside its mark: to the right, left, above, below, and at the corners.
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))


@dataclass(frozen=True)
class Label:
    """A number on the map: its left edge and baseline, and a line to its mark where it stands off."""

    text: str
    x: float
    y: float
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True, eq=False)
class Numbering:
    """The groups and numbers of marks.

    groups, boxes
        For each mark or ring, by the first of its numbers, the positions of its incidents, and the box it takes up.
    labels
        The numbers, a label for each group; none where incidents are counted by cell.
    cell_km
        Side of a cell where they are, else 0.
    """

    groups: list[list[int]]
    boxes: list[Box]
    labels: list[Label]
    cell_km: float = 0.0

    @property
    def note(self) -> str:
        """A note on the numbering, or empty."""
        if not self.cell_km:
            return ""
        return _("Too many to number on one map: incidents are counted in cells of {side} km.").format(
            side=number(self.cell_km)
        )


def number_marks(
    points: NDArray[np.float64],
    numbers: Sequence[int],
    chosen: NDArray[np.bool_],
    space: LabelRoom,
    lines: LabelRoom,
    unit_m: float,
    side: float,
) -> Numbering:
    """Group and number marks so that no number meets another, a mark or the frame.

    Parameters
    ----------
    points
        Places of the incidents on the page, shape (n, 2), in the order of their numbers.
    numbers
        Those of the incidents.
    chosen
        Which of them have a circle around their mark.
    space
        The room that is taken otherwise; marks and numbers are added to it.
    lines
        Lines of which numbers keep clear where they can.
    unit_m
        Metres on the ground that a unit of the page is.
    side
        Of a mark's box, with its rim.
    """
    if len(points) <= MOST_NUMBERED:
        for spacing in SPACINGS:
            groups = _in_order(groups_of(points, side, spacing=spacing))
            boxes = [_box_of(points, chosen, group, side) for group in groups]
            room = space.copy()
            room.add(*boxes)
            texts = [_texts([numbers[row] for row in group]) for group in groups]
            labels = _labelled(texts, boxes, room, lines)
            if labels is not None:
                space.add(*boxes, *map(_box, labels))
                return Numbering(groups, boxes, labels)
    groups = _in_order(groups_of(points, side, spacing=1.0, cell=CELL))
    boxes = [_box_of(points, chosen, group, side) for group in groups]
    space.add(*boxes)
    return Numbering(groups, boxes, [], CELL * unit_m / 1000)


def _box_of(points: NDArray[np.float64], chosen: NDArray[np.bool_], group: list[int], side: float) -> Box:
    x, y = points[group].mean(axis=0)
    reach = radius_of(len(group), side) if len(group) > 1 else side / 2
    if chosen[group].any():
        reach += CIRCLE
    return x - reach, y - reach, x + reach, y + reach


def _in_order(groups: list[list[int]]) -> list[list[int]]:
    return sorted(map(sorted, groups))


def ranges(numbers: Sequence[int]) -> list[str]:
    """Ascending numbers as ranges: ``3``, ``5`` and ``9-11``, with a dash that is longer."""
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    runs = np.split(np.asarray(numbers), breaks)
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _texts(numbers: Sequence[int]) -> list[str]:
    """Possible texts of a label, the longest first: all numbers, or the first of them and an ellipsis."""
    parts = ranges(numbers)
    texts = [", ".join(parts), *(", ".join(parts[:count]) + " …" for count in range(len(parts) - 1, 0, -1))]
    fitting = [text for text in texts[:-1] if text_width(text, SIZE, "bold") <= WIDEST]
    return [*fitting, texts[-1]]


def _labelled(texts: list[list[str]], boxes: list[Box], space: LabelRoom, lines: LabelRoom) -> list[Label] | None:
    """A label for each group, or None if there is no room for all; what found none is placed first the next time.

    All are placed with the shortest of their texts, and then each with the longest for which the others leave room.
    """
    order = list(range(len(texts)))
    for _try in range(TRIES):
        room, labels = space.copy(), dict[int, Label]()
        for position in order:
            label = _placed(texts[position][-1:], boxes[position], room, lines)
            if label is None:
                break
            labels[position] = label
        else:
            return _lengthened(labels, texts, boxes, space, lines)
        order.remove(position)
        order.insert(0, position)
    return None


def _lengthened(
    labels: dict[int, Label], texts: list[list[str]], boxes: list[Box], space: LabelRoom, lines: LabelRoom
) -> list[Label]:
    """Labels with the longest of their texts for which the others leave room."""
    for position, (mark, longer) in enumerate(zip(boxes, texts, strict=True)):
        if len(longer) == 1:
            continue
        room = space.copy()
        for other, label in labels.items():
            if other != position:
                room.add(_box(label), *_along(label))
        labels[position] = _placed(longer, mark, room, lines) or labels[position]
    return [labels[position] for position in range(len(texts))]


def _placed(texts: Sequence[str], mark: Box, room: LabelRoom, lines: LabelRoom) -> Label | None:
    """The first of the texts that finds room beside its mark, which it takes, at best clear of the lines; else None."""
    candidates = [label for text in texts for label in _candidates(text, mark)]
    for label in (*(label for label in candidates if lines.free(_box(label))), *candidates):
        line = _along(label)
        if all(map(room.free, line)) and room.take(_box(label)):
            room.add(*line)
            return label
    return None


def _candidates(text: str, box: Box) -> Iterator[Label]:
    """Possible places of a number, the best first."""
    width = text_width(text, SIZE, "bold")
    x, y, reach = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, (box[2] - box[0]) / 2
    for leader in LEADERS:
        for across, down in SIDES:
            corner = 0.75 if across and down else 1.0
            away = (reach + GAP + leader) * corner
            middle_x = x + across * (away + width / 2) if across else x
            middle_y = y + down * (away + HEIGHT / 2) if down else y
            line = None
            if leader:
                end = middle_x - across * (width / 2 + 2), middle_y - down * (HEIGHT / 2 - 1) if down else middle_y
                line = (x + across * reach * corner, y + down * reach * corner), end
            yield Label(text, middle_x - width / 2, middle_y + SIZE * 0.34, line)


def _along(label: Label) -> list[Box]:
    """Small boxes along the line of a label."""
    if label.leader is None:
        return []
    (x1, y1), (x2, y2) = label.leader
    places = ((x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (0.3, 0.5, 0.7))
    return [(x - 1.5, y - 1.5, x + 1.5, y + 1.5) for x, y in places]


def _box(label: Label) -> Box:
    middle = label.y - SIZE * 0.34
    return label.x - 1, middle - HEIGHT / 2, label.x + text_width(label.text, SIZE, "bold") + 1, middle + HEIGHT / 2
