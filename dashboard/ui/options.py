"""Options of the filter: what each of its groups offers, and in which order."""

from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import BASES, CATEGORIES, OBSERVERS, PAYLOADS, SIDES, STATUSES
from dashboard.core.query.filter import NOT_STATED
from dashboard.ui.session import session

# Groups whose options have an order of their own.
ORDERS = {
    "categories": CATEGORIES,
    "statuses": STATUSES,
    "payloads": PAYLOADS,
    "sides": SIDES,
    "bases": (*BASES, ""),
    "observers": (*OBSERVERS, ""),
}


def options(group: str, dataset: Dataset) -> list[str]:
    """The options of a group: what the data has, the most frequent first, and whatever else is being asked for."""
    frequent = dataset.codes[group]
    values = [value or NOT_STATED for value in ORDERS.get(group, frequent) if value in frequent]
    return list(dict.fromkeys([*values, *session().widgets.chosen(group)]))
