"""Official counts beside recorded ones: what a state counted in a period, and what the map has of the same meaning."""

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.core.analysis.figures import Figures, figures
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.official_totals import OfficialTotal, of_period
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY
from dashboard.core.query.filter import Filter
from dashboard.core.query.periods import Period


@dataclass(frozen=True)
class OfficialCount:
    """An official total, and the figures of the incidents of the same meaning; None where none compare."""

    total: OfficialTotal
    recorded: Figures | None


def official_counts(dataset: Dataset, filter_: Filter, states: Collection[str]) -> list[OfficialCount]:
    """The official totals of some states, or without one of all, for the days that a filter asks for.

    Of the filter only the days count: what is recorded is asked for by each total.
    """
    days = Period(filter_.start or FIRST_DAY, filter_.end or LAST_DAY)
    return [
        OfficialCount(total, figures(dataset.everything.filtered(total.asks)) if total.asks else None)
        for total in of_period(dataset.official_totals, states, days)
    ]
