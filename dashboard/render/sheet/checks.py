"""Checks of a finished sheet: all marks are there, and the map is not blank."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from dashboard.errors import SheetError
from dashboard.language import _, ngettext, number
from dashboard.render.sheet.frame import Frame
from dashboard.render.sheet.map import DrawnMap
from dashboard.render.sheet.page import Page
from dashboard.render.sheet.save import pixels_of

LOOK_DPI = 60


def look_at(page: Page, frame: Frame) -> None:
    """Draw the page small and check the pixels of its map; without its texts, which take the most time.

    Raises
    ------
    SheetError
        It came out blank.
    """
    texts = page.axes.texts
    for text in texts:
        text.set_visible(False)
    check_pixels(pixels_of(page, LOOK_DPI), page, frame)
    for text in texts:
        text.set_visible(True)


def check_marks(figure: Figure, map_: DrawnMap, selected: int) -> None:
    """Count what was really drawn: marks, the counts in rings, and what lies outside the frame.

    Raises
    ------
    SheetError
        It is not what was selected, or none of the selected incidents is on the map.
    """
    if selected and not map_.inside:
        raise SheetError(
            ngettext(
                "The map would be empty: the {count} incident of this view lies outside its frame. Move the map, or "
                "zoom to the selection.",
                "The map would be empty: all {count} incidents of this view lie outside its frame. Move the map, or "
                "zoom to the selection.",
                selected,
            ).format(count=number(selected))
        )
    ids = [str(artist.get_gid()) for artist in figure.findobj(lambda artist: artist.get_gid() is not None)]
    marks = sum(name.startswith("mark:") for name in ids)
    clustered = sum(int(name.partition(":")[2]) for name in ids if name.startswith("cluster:"))
    if marks + clustered + map_.outside != selected:
        raise SheetError(
            _("The sheet shows {drawn} of {selected} incidents, {outside} outside its frame; it is not issued.").format(
                drawn=marks + clustered, selected=selected, outside=map_.outside
            )
        )


def check_pixels(pixels: NDArray[np.uint8], page: Page, frame: Frame) -> None:
    """Check that the map has land or sea, lines and marks: several colours, none of which is nearly everywhere.

    Raises
    ------
    SheetError
        It came out blank.
    """
    height, width = pixels.shape[:2]
    left, top, right, bottom = (round(part / page.width * width) for part in frame.box)
    inside = pixels[top : min(bottom, height), left:right]
    counts = np.unique_counts(inside.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)).counts
    if len(counts) < 4 or counts.max() > 0.9995 * counts.sum():
        raise SheetError(_("The map of the sheet is blank; the sheet is not issued."))
