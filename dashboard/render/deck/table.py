"""A table that PowerPoint edits as a table, over as many slides as its rows need. Lengths are in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Pt

from dashboard.render.deck.slide import Slide, describe
from dashboard.render.deck.text import Paragraph, Run, runs_of, write_runs
from dashboard.render.symbols.palettes import Palette
from dashboard.render.typesetting.text_fit import LEADING, Ruler

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's own style without fills and lines
PAD_X, PAD_Y = 4.0, 3.0  # around the text of a cell
_SIDES = ("lnL", "lnR", "lnT", "lnB")


@dataclass(frozen=True)
class Column:
    """A column of a table.

    share
        Of the width.
    lines
        The most that a cell has.
    whole
        Words that are never broken, besides the heading: they make the column wider where they must.
    """

    heading: str
    share: float
    bold: bool = False
    lines: int = 6
    whole: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row that was measured: the text of its cells, and its height."""

    cells: Sequence[Sequence[Run]]
    height: float


@dataclass(frozen=True)
class Grid:
    """The columns of a table in a width, the size of its font, and its colours."""

    columns: Sequence[Column]
    width: float
    size: float
    ruler: Ruler
    palette: Palette

    @cached_property
    def widths(self) -> list[float]:
        """Width of each column."""
        total = sum(column.share for column in self.columns)
        widths = [self.width * column.share / total for column in self.columns]
        missing = [max(0.0, self._least(column) - width) for column, width in zip(self.columns, widths, strict=True)]
        spare = sum(width for width, more in zip(widths, missing, strict=True) if not more)
        kept = 1 - sum(missing) / spare if spare else 1.0
        return [width + more if more else width * kept for width, more in zip(widths, missing, strict=True)]

    def _least(self, column: Column) -> float:
        words = [self.ruler.width(word, self.size, bold=column.bold) for word in column.whole]
        heads = [self.ruler.width(word, self.size, bold=True) for word in column.heading.split()]
        return max([*words, *heads], default=0.0) + 2 * PAD_X

    def room(self, column: int) -> float:
        """Width of the text of a column."""
        return self.widths[column] - 2 * PAD_X

    @cached_property
    def head(self) -> Row:
        """The row of headings."""
        return self.measured([column.heading for column in self.columns], heading=True)

    def measured(self, cells: Sequence[Paragraph], *, heading: bool = False) -> Row:
        """Fit the text of a row into its cells; what is too long is cut off with an ellipsis."""
        fitted, most = [], 1
        for position, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
            runs = runs_of(cell, bold=column.bold or heading)
            text = "".join(run.text for run in runs)
            bold = any(run.bold for run in runs)
            tallest = column.lines * self.size * LEADING
            fit = self.ruler.fit([text], self.room(position), tallest, self.size, self.size, bold=bold)
            fitted.append([Run(fit.paragraphs[0], runs[0].bold, runs[0].colour, runs[0].link)] if fit.cut else runs)
            most = max(most, fit.lines)
        return Row(fitted, most * self.size * LEADING + 2 * PAD_Y)


def draw_table(
    slide: Slide, grid: Grid, rows: Sequence[Row], left: float, top: float, name: str, alternative: str
) -> float:
    """Draw a table, with a row of headings where its columns have them; gives the y below it."""
    head = [grid.head] if any(column.heading for column in grid.columns) else []
    all_ = [*head, *rows]
    height = sum(row.height for row in all_)
    frame = slide.native.shapes.add_table(len(all_), len(grid.columns), Pt(left), Pt(top), Pt(grid.width), Pt(height))
    frame.name = name
    describe(frame, alternative)
    table, palette = frame.table, grid.palette
    table.horz_banding, table.first_row = False, bool(head)
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = PLAIN
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Pt(width)
    for native, row in zip(table.rows, all_, strict=True):
        native.height = Emu(round(row.height * Pt(1)))
        colour, under = (palette.muted, (palette.ink, 1.0)) if row in head else (palette.ink, (palette.hairline, 0.75))
        for cell, runs in zip(native.cells, row.cells, strict=True):
            _fill(cell, [runs_of(runs, colour=colour)], grid, under)
    frame.height = Emu(sum(row.height for row in table.rows))
    return top + height


def _fill(cell: Any, paragraphs: Sequence[Sequence[Run]], grid: Grid, under: tuple[str, float]) -> None:
    cell.margin_left = cell.margin_right = Pt(PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    write_runs(cell.text_frame, paragraphs, grid.size, link=grid.palette.action)
    properties = cell._tc.get_or_add_tcPr()
    ink, width = under
    for side in _SIDES[:3]:
        properties.append(parse_xml(f'<a:{side} {nsdecls("a")} w="0"><a:noFill/></a:{side}>'))
    properties.append(
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{Pt(width)}"><a:solidFill><a:srgbClr val="{ink.lstrip("#")}"/></a:solidFill>'
            "</a:lnB>"
        )
    )
