"""The timeline and the player under the map: their bars and words."""

from collections.abc import Sequence
from typing import Any, TypedDict

from dashboard.core.analysis.timeline import Bar, Timeline, day_of
from dashboard.core.incidents.columns import CATEGORIES
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.periods import Period
from dashboard.language import LOCALE, _, number
from dashboard.render.symbols.clustering import MOST_MARKS


class BarColumns(TypedDict):
    """Bars by their days since 1970, both included, and how many incidents of each category they hold."""

    first: list[int]
    last: list[int]
    by_category: dict[str, list[int]]


class TimelineState(TypedDict):
    """State of the timeline; runs of days are their first and last, since 1970.

    bars, chosen
        By unit: all incidents that the filter lets pass but for its dates, and those of the chosen days.
    """

    bars: dict[str, BarColumns]
    chosen: dict[str, BarColumns]
    month_only: BarColumns
    whole: tuple[int, int]
    picked: tuple[int, int]
    earlier: tuple[int, int] | None
    locale: str
    words: dict[str, Any]


def timeline_state(
    timeline: Timeline, chosen: Timeline, whole: Period, picked: Period, earlier: Period | None = None
) -> TimelineState:
    """A timeline as ``timeline.js`` shows it.

    Parameters
    ----------
    timeline, chosen
        Of the incidents that the filter lets pass but for its dates, and of those that it lets pass.
    whole, picked, earlier
        The days of the data, those that are chosen, and those that they are compared with.
    """
    bars = {unit: _columns(bars) for unit, bars in timeline.bars.items()}
    return {
        "bars": bars,
        "chosen": bars if chosen is timeline else {unit: _columns(bars) for unit, bars in chosen.bars.items()},
        "month_only": _columns(timeline.month_only),
        "whole": _days(whole),
        "picked": _days(picked),
        "earlier": _days(earlier) if earlier else None,
        "locale": str(LOCALE).replace("_", "-"),
        "words": {
            "per": _per(by_flight=timeline.by_flight),
            "label": _("Timeline. Drag over days, or click a bar, to choose them."),
            "incidents": _("Incidents"),
            "categories": {category: word("category", category) for category in CATEGORIES},
            "month_only": _("Day unknown, month only"),
            "unfold": _("Timeline"),
            "close": _("Zoom to these days"),
            "all": _("Show all days"),
            "first": _("First day"),
            "last": _("Last day"),
        },
    }


def _per(*, by_flight: bool) -> dict[str, str]:
    """The heading for each unit, which says whether days are those of the flights."""
    per = {"day": _("Incidents per day"), "week": _("Incidents per week"), "month": _("Incidents per month")}
    words = _("{per}, by day of flight")
    return {unit: words.format(per=text) for unit, text in per.items()} if by_flight else per


def _columns(bars: Sequence[Bar]) -> BarColumns:
    return {
        "first": [bar.first for bar in bars],
        "last": [bar.last for bar in bars],
        "by_category": {
            category: [bar.by_category[place] for bar in bars] for place, category in enumerate(CATEGORIES)
        },
    }


def _days(period: Period) -> tuple[int, int]:
    return day_of(period.start), day_of(period.end)


def player_words() -> dict[str, Any]:
    """The words of the player, which never change."""
    return {
        "play": _("Play (P)"),
        "pause": _("Pause (P)"),
        "back": _("Step back (,)"),
        "forward": _("Step forward (.)"),
        "stop": _("Stop and show all (Esc)"),
        "step": _("Step"),
        "mode": _("Shown on the map"),
        "speed": _("Speed"),
        "units": {"day": _("By day"), "week": _("By week"), "month": _("By month")},
        "modes": {"total": _("Cumulative"), "window": _("This period only")},
        "speeds": {
            "0.5": _("1 step in 2 s"),
            "1": _("1 step/s"),
            "2": _("2 steps/s"),
            "4": _("4 steps/s"),
        },
        "added": _("{count} new"),
        "so_far": _("{count} of {total} so far"),
        "within": {
            "day": _("{count} in these 7 days"),
            "week": _("{count} in these 4 weeks"),
            "month": _("{count} in these 3 months"),
        },
        "some_day": _("{count} with day unknown"),
        "faded": _("Faded: earlier"),
        "too_many": _("At most {limit} incidents can be played: choose fewer.").format(limit=number(MOST_MARKS)),
    }
