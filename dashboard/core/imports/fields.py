"""Fields: what a column of a list can fill, that is our columns, and parts of a list that become several of them."""

from dashboard.core.incidents.columns import BY_NAME, COLUMNS
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.language import _

POINT = "point"  # both coordinates in one cell, in degrees, MGRS or WKT
TIME = "time"  # the time of day, beside a day
SOURCE_NUMBERS = "source_numbers"  # numbers of sources that a second file lists
# Of a list of corrections, which has one cell in a row.
COLUMN, OLD, NEW, REASON = "column", "old", "new", "reason"

LABELS = {
    POINT: _("Coordinates"),
    TIME: _("Time of day"),
    SOURCE_NUMBERS: _("Numbers of sources"),
    COLUMN: _("Column to be corrected"),
    OLD: _("Value before"),
    NEW: _("Value after"),
    REASON: _("Reason"),
    WITHDRAWN: _("Withdrawn because"),
}
FIELDS = (*COLUMNS, *LABELS)


def label_of(field: str) -> str:
    """The name of a field for people."""
    return LABELS.get(field) or BY_NAME[field].label
