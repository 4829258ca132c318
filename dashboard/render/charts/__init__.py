"""Charts: each answers one question from a tally, on the screen and as a picture to take away."""

from dashboard.render.charts.picture import PICTURES, save
from dashboard.render.charts.questions import HEIGHTS, QUESTIONS, Chart
from dashboard.render.charts.style import Canvas

__all__ = ["HEIGHTS", "PICTURES", "QUESTIONS", "Canvas", "Chart", "save"]
