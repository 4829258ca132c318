"""The room for labels on a sheet's map: boxes that are taken, so that nothing is written over anything else."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from dashboard.render.sheet.page import Box

EDGE = 4.0  # units kept free along the frame


class LabelRoom:
    """Boxes of a map that are taken; whatever is not wholly inside the map is taken, too."""

    def __init__(self, box: Box, taken: Iterable[Box] = ()) -> None:
        self.box = box
        self._boxes: NDArray[np.float64] = np.array([*taken], float).reshape(-1, 4)
        self._count = len(self._boxes)

    def copy(self) -> "LabelRoom":
        """The same room, to try something in."""
        return LabelRoom(self.box, self._boxes[: self._count])

    def free(self, box: Box) -> bool:
        """Tell whether a box lies inside the map and meets none that is taken."""
        left, top, right, bottom = self.box
        if box[0] < left + EDGE or box[1] < top + EDGE or box[2] > right - EDGE or box[3] > bottom - EDGE:
            return False
        taken = self._boxes[: self._count]
        apart = (taken[:, 2] <= box[0]) | (taken[:, 0] >= box[2]) | (taken[:, 3] <= box[1]) | (taken[:, 1] >= box[3])
        return bool(apart.all())

    def add(self, *boxes: Box) -> None:
        """Take boxes, whatever else is there."""
        if self._count + len(boxes) > len(self._boxes):
            self._boxes = np.vstack([self._boxes[: self._count], np.empty((self._count + len(boxes) + 64, 4))])
        self._boxes[self._count : self._count + len(boxes)] = np.reshape(boxes, (-1, 4))
        self._count += len(boxes)

    def take(self, *boxes: Box) -> bool:
        """Take boxes if all are free; gives whether they were."""
        if not all(self.free(box) for box in boxes):
            return False
        self.add(*boxes)
        return True
