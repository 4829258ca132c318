"""A chart before an audience: what stands in a briefing in the place of the map, and the table beside it."""

import re
from dataclasses import dataclass
from typing import TypedDict

from dashboard.core.analysis.counting import COUNTS, Tally, span_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.engine.selection import Selection
from dashboard.core.query.periods import begun_by
from dashboard.core.query.view import View
from dashboard.render.charts.findings import Finding, finding_of
from dashboard.render.charts.picture import svg_of
from dashboard.render.charts.questions import QUESTIONS, Chart
from dashboard.render.charts.style import Canvas
from dashboard.render.charts.words import shown_in_words
from dashboard.render.symbols.palettes import Palette
from dashboard.render.typesetting.fonts import FAMILY

# Of the page, which briefing.js enlarges: 14 pixels here are 26 on a screen of 1080 lines. No higher than the room that
# is left below an alarm, headline and caveat, so that it is never made smaller there.
WIDTH, HEIGHT, SIZE = 640, 290, 14


@dataclass(frozen=True, eq=False)
class AskedChart:
    """The chart that a view shows in the place of the map, with what it counts and what it says."""

    chart: Chart
    tally: Tally
    finding: Finding


class ChartState(TypedDict):
    """The chart of a briefing, as ``briefing.js`` shows it."""

    headline: str
    question: str
    shown: str
    svg: str
    alt: str
    caveat: str
    notes: str
    heads: list[str]
    rows: list[list[str]]


def chart_of(dataset: Dataset, view: View, selection: Selection) -> AskedChart | None:
    """The chart that a view asks for; None where it asks for none, or where there is nothing to count."""
    if not view.chart:
        return None
    rows = selection.rows
    span = span_of(dataset, view, rows)
    known = begun_by(rows, span.end)
    if known.empty:
        return None
    tally = Tally(known, COUNTS[bool(view.counted)], span)
    chart = QUESTIONS[view.chart](tally)
    return AskedChart(chart, tally, finding_of(view.chart, tally)) if chart.in_words else None


def chart_state(asked: AskedChart, view: View, dataset: Dataset, palette: Palette) -> ChartState:
    """A chart as it stands before an audience; its headline is that of the view, or what it says itself."""
    chart, finding = asked.chart, asked.finding
    return {
        "headline": view.title or finding.words,
        "question": chart.question,
        "shown": shown_in_words(asked.tally, chart.shown),
        "svg": drawn(chart, Canvas(palette, WIDTH, HEIGHT, SIZE, FAMILY)),
        "alt": chart.in_words,
        "caveat": dataset.about.completeness_for(view.filter.countries),
        "notes": " ".join(chart.notes),
        "heads": list(finding.heads),
        "rows": [list(row) for row in finding.rows],
    }


def drawn(chart: Chart, canvas: Canvas) -> str:
    """A chart as SVG that takes the size of its place."""
    svg = svg_of(chart, canvas)
    return re.sub(r'^<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", svg)
