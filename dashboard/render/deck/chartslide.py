"""The slide of a view with a chart: the chart as a vector picture, its numbers as a table. Lengths are in points."""

import re

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from dashboard.core.query.view import one_line
from dashboard.language import _
from dashboard.render.charts.picture import png_of, svg_of
from dashboard.render.charts.projected import AskedChart
from dashboard.render.charts.style import Canvas
from dashboard.render.charts.words import shown_in_words
from dashboard.render.deck.footer import draw_foot
from dashboard.render.deck.placeholders import Box
from dashboard.render.deck.slide import Slide, Stock
from dashboard.render.deck.table import Column, Grid, draw_table
from dashboard.render.text.handout import Handout, licences, metadata
from dashboard.render.typesetting.fonts import FAMILY

PANEL, GAP = 250.0, 24.0  # width of the table beside the chart, and between the two
SIZE = 13  # of the text of a chart
SCALE = 4.0  # pixels of the picture that older programs show, for a point
# Microsoft's extension that has a picture drawn from an SVG: [MS-ODRAWXML] 2.3.3.
_SVG_BLIP = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def draw_chart_slide(stock: Stock, handout: Handout, asked: AskedChart, notes: str, marking: str) -> None:
    """Add the slide of a view with a chart."""
    slide = stock.slide(marking)
    chart, scale = asked.chart, stock.scale
    slide.title(one_line(handout.view.title or asked.finding.words))
    draw_foot(slide, [handout], licences(handout))
    left, top, right, bottom = slide.body
    across = right - PANEL * scale
    y = top
    for words, size, bold in (
        (handout.finding, 17, True),
        (_("{filter}. {as_of}").format(filter=handout.sentence, as_of=handout.as_of), 13, False),
        (
            _("{question} {shown}").format(question=chart.question, shown=shown_in_words(asked.tally, chart.shown)),
            14,
            True,
        ),
    ):
        if words:
            y = slide.write(
                (left, y, right, y + 3 * stock.points(size)), one_line(words), stock.points(size), bold=bold
            )
            y += 4 * scale
    y = _draw_caveat(slide, handout, (left, y, across - GAP * scale, y + 60 * scale)) + 6 * scale
    small = stock.points(11, 8)
    notes_height = stock.ruler.fit([" ".join(chart.notes)], across - GAP * scale - left, 60 * scale, small, 8).height
    _draw_chart(slide, asked, (left, y, across - GAP * scale, bottom - notes_height - 4 * scale))
    slide.write(
        (left, bottom - notes_height, across - GAP * scale, bottom), " ".join(chart.notes), small, smallest=8,
        colour=stock.palette.muted, name=_("Notes on the chart"),
    )  # fmt: skip
    _draw_numbers(slide, asked, (across, y, right, bottom))
    about = [_("{label}: {text}").format(label=label, text=one_line(text)) for label, text in metadata(handout)]
    lines = [marking, *map(one_line, notes.splitlines()), asked.finding.words, chart.in_words, *chart.notes, *about]
    slide.notes([line for line in (*lines, marking) if line])


def _draw_caveat(slide: Slide, handout: Handout, box: Box) -> float:
    """Write what must be known of the data, beside a bar of its own; gives the y below it."""
    left, top, right, bottom = box
    words = one_line(handout.completeness)
    if not words:
        return top
    size = slide.stock.points(12, 8)
    y = slide.write((left + 10, top, right, bottom), words, size, smallest=8, name=_("Read with care"))
    slide.block((left, top, left + 3, y), slide.stock.palette.categories["debris"], name=_("Read with care"))
    return y


def _draw_chart(slide: Slide, asked: AskedChart, box: Box) -> None:
    """Show the chart as large as it has room, as a picture that stays sharp at any size."""
    left, top, right, bottom = box
    canvas = Canvas(slide.stock.palette, round(right - left), round(bottom - top), SIZE, FAMILY)
    svg = svg_of(asked.chart, canvas)
    width, height = (float(side) for side in re.findall(r' (?:width|height)="([\d.]+)"', svg)[:2])
    scale = min((right - left) / width, (bottom - top) / height)
    place = (left, top, left + scale * width, top + scale * height)
    shape = slide.picture(png_of(svg, SCALE), place, asked.chart.question, asked.chart.in_words)
    package = slide.native.part.package
    name = f"/ppt/media/chart{len(slide.stock.template.presentation.slides)}.svg"
    part = Part(PackURI(name), "image/svg+xml", package, svg.encode())
    reference = slide.native.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    shape._element.blipFill.find(".//{*}blip").append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG_BLIP}"><asvg:svgBlip xmlns:asvg="{_SVG_SPACE}" '
            f'r:embed="{reference}"/></a:ext></a:extLst>'
        )
    )


def _draw_numbers(slide: Slide, asked: AskedChart, box: Box) -> None:
    """Write the numbers of the chart as a table, which can be edited."""
    left, top, right, bottom = box
    finding, stock = asked.finding, slide.stock
    size = min(stock.points(15, 9), (bottom - top) / ((len(finding.rows) + 2) * 1.9))
    columns = [Column(head, 1.6 if place == 0 else 1.0, bold=place > 0) for place, head in enumerate(finding.heads)]
    grid = Grid(columns, right - left, size, stock.ruler, stock.palette)
    rows = [grid.measured(list(row)) for row in finding.rows]
    draw_table(slide, grid, rows, left, top, _("Numbers"), asked.chart.in_words)
