"""Sheets of views with a chart: the chart's own picture in the place of the map, and its page in a PDF."""

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter, Transformation

from dashboard.render.charts.picture import PAGE, WIDTH, save
from dashboard.render.charts.projected import AskedChart, chart_of
from dashboard.render.sheet.layout import Format
from dashboard.render.sheet.save import written
from dashboard.render.text.handout import Handout


def chart_asked(handout: Handout) -> AskedChart | None:
    """The chart of a view; None where its sheet is a map."""
    return chart_of(handout.dataset, handout.view, handout.selection)


def chart_picture(handout: Handout, asked: AskedChart, format_: Format) -> bytes:
    """The picture of a chart, PNG or SVG."""
    scale = format_.pixels[0] / WIDTH if format_.kind == "png" else 1.0
    return save(asked.chart, handout, asked.tally, format_.kind, format_.palette, scale)


def chart_page(handout: Handout, asked: AskedChart, format_: Format) -> bytes:
    """A PDF of one page with the chart as wide as it has room."""
    drawn = PdfReader(io.BytesIO(save(asked.chart, handout, asked.tally, PAGE, format_.palette))).pages[0]
    width, height = (72 * inches for inches in format_.inches)
    scale = min(width / float(drawn.mediabox.width), height / float(drawn.mediabox.height))
    left = (width - scale * float(drawn.mediabox.width)) / 2
    below = (height - scale * float(drawn.mediabox.height)) / 2
    writer = PdfWriter()
    page = writer.add_blank_page(width, height)
    page.merge_transformed_page(drawn, Transformation().scale(scale).translate(left, below))
    return written(writer, handout)


def joined(parts: Sequence[bytes], handout: Handout) -> bytes:
    """The pages of several PDFs as one."""
    writer = PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part), import_outline=False)
    return written(writer, handout)
