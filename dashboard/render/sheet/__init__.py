"""The sheet: one picture of a view with everything needed to quote it, drawn without a browser.

A sheet is drawn from the same selection as the screen, in an azimuthal equal-area projection centred on the view, so
that north is up and the scale bar true. Only this folder imports Matplotlib.
"""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from dashboard.core.dataset import Dataset
from dashboard.core.view import View
from dashboard.errors import QueryError, SheetError
from dashboard.language import _
from dashboard.render.sheet.chart import Chart, draw_chart
from dashboard.render.sheet.frame import frame_of
from dashboard.render.sheet.margin import draw_margin
from dashboard.render.sheet.page import Page
from dashboard.render.symbols import LIGHT

LONGEST_TITLE = 120  # characters


@dataclass(frozen=True)
class Size:
    """A sheet's size: pixels of a picture, or millimetres of a page."""

    name: str
    width: float
    height: float
    unit: str  # px or mm

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height in inches; a picture has 100 pixels an inch at its width of 1920."""
        per_inch = 25.4 if self.unit == "mm" else self.width / 19.2
        return self.width / per_inch, self.height / per_inch


SIZES = {
    size.name: size
    for size in (Size("1920x1080", 1920, 1080, "px"), Size("3840x2160", 3840, 2160, "px"), Size("A4", 297, 210, "mm"))
}
KINDS = {"png": "1920x1080", "pdf": "A4"}  # by ending, with the size where none is asked for


@dataclass(frozen=True)
class Sheet:
    """What a sheet is to show, besides the data.

    produced
        When it is made; now where none is given.
    """

    view: View
    kind: str = "png"
    size: str = ""
    title: str = ""
    marking: str = ""
    produced: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise QueryError(
                _("A sheet cannot be made as {kind!r}; choose one of {kinds}.").format(
                    kind=self.kind, kinds=", ".join(KINDS)
                )
            )
        size = SIZES.get(self.size or KINDS[self.kind])
        unit = "mm" if self.kind == "pdf" else "px"
        if size is None or size.unit != unit:
            names = ", ".join(size.name for size in SIZES.values() if size.unit == unit)
            raise QueryError(
                _("A {kind} cannot have the size {size!r}; choose one of {sizes}.").format(
                    kind=self.kind.upper(), size=self.size, sizes=names
                )
            )
        if len(self.title) > LONGEST_TITLE:
            raise QueryError(_("The title has more than {limit} characters.").format(limit=LONGEST_TITLE))


def sheet_name(sheet: Sheet) -> str:
    """A file name that says what the sheet holds: states, days, marking and size."""
    filter_ = sheet.view.filter
    days = [day.isoformat() for day in (filter_.start, filter_.end) if day]
    parts = ["incursions", "-".join(filter_.countries) or "all", *days, sheet.marking, sheet.size or KINDS[sheet.kind]]
    return "_".join(re.sub(r"[^A-Za-z0-9+-]+", "-", part).strip("-") for part in parts if part) + f".{sheet.kind}"


def make_sheet(dataset: Dataset, sheet: Sheet) -> bytes:
    """Draw a sheet and give its file's content.

    Raises
    ------
    SheetError
        Nothing is selected, the map came out blank, or its marks do not match the selection.
    """
    selection = sheet.view.filter.apply(dataset.incidents)
    if selection.empty:
        raise SheetError(_("There is nothing to draw: no incident matches the filter."))
    size = SIZES[sheet.size or KINDS[sheet.kind]]
    page = Page(Figure(figsize=size.inches), LIGHT)
    frame = frame_of(sheet.view, selection, page.map_box)
    chart = draw_chart(page, frame, dataset, selection, sheet.view.selected)
    draw_margin(
        page,
        frame,
        chart,
        dataset,
        selection,
        sheet.view,
        sheet.title,
        sheet.marking,
        sheet.produced or datetime.now(UTC),
    )
    _check_marks(page.figure, chart, len(selection))
    return _content(page, sheet.kind, size)


def _content(page: Page, kind: str, size: Size) -> bytes:
    """The file, after a look at the pixels of the map."""
    file = io.BytesIO()
    if kind == "png":
        pixels = _pixels(page, size.width / size.inches[0])
        _check_pixels(pixels, page)
        Image.fromarray(pixels).save(file, "png")
        return file.getvalue()
    texts = page.axes.texts
    for text in texts:  # the look needs none of them, and they take the most time
        text.set_visible(False)
    _check_pixels(_pixels(page, 60), page)
    for text in texts:
        text.set_visible(True)
    with mpl.rc_context({"pdf.fonttype": 42}):  # TrueType, so that the text stays text
        page.figure.savefig(file, format="pdf")
    return file.getvalue()


def _pixels(page: Page, dots_per_inch: float) -> NDArray[np.uint8]:
    """The page as an array of red, green and blue, shape (height, width, 3)."""
    page.figure.set_dpi(dots_per_inch)
    canvas = FigureCanvasAgg(page.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


def _check_marks(figure: Figure, chart: Chart, selected: int) -> None:
    """Count what was really drawn: marks, the numbers in clusters, and what lies outside the frame."""
    ids = [str(artist.get_gid()) for artist in figure.findobj(lambda artist: artist.get_gid() is not None)]
    marks = sum(name.startswith("mark:") for name in ids)
    clustered = sum(int(name.partition(":")[2]) for name in ids if name.startswith("cluster:"))
    if marks + clustered + chart.outside != selected:
        raise SheetError(
            _(
                "The sheet shows {drawn} of {selected} incidents, {outside} outside its frame; it is not handed over."
            ).format(drawn=marks + clustered, selected=selected, outside=chart.outside)
        )


def _check_pixels(pixels: NDArray[np.uint8], page: Page) -> None:
    """The map must have land or sea, lines and marks: several colours, none of which is nearly everywhere."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = (part / page.width for part in page.map_box)
    scale = page.width / page.height
    inside = pixels[int(top * scale * height) : int(bottom * scale * height), int(left * width) : int(right * width)]
    counts = np.unique_counts(inside.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)).counts
    if len(counts) < 4 or counts.max() > 0.9995 * counts.sum():
        raise SheetError(_("The map of the sheet came out blank; it is not handed over."))
