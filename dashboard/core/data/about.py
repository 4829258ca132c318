"""Statements of the data's keeper: how current and complete the data are, from ``about.toml`` beside them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

import geopandas as gpd
from pydantic import Field

from dashboard.core.data.named_values import Instant, NamedValues, State, Text, read_toml
from dashboard.core.incidents.csv_file import clean, not_readable
from dashboard.core.incidents.problems import Problem
from dashboard.core.query.periods import begun_by
from dashboard.errors import UnreadableFileError
from dashboard.language import _, listing

ABOUT = "about.toml"


@dataclass(frozen=True)
class About:
    """Statements of the data's keeper, from ``about.toml`` beside it.

    cutoff
        Nothing that became known after this instant is in the data.
    completeness, completeness_of
        Sentences on what is missing, and which way that bends a curve: in general, and by state, where they take the
        place of those in general.
    credit
        The source to name.
    """

    cutoff: datetime
    completeness: str = ""
    credit: str = ""
    completeness_of: Mapping[str, str] = field(default_factory=dict)

    def completeness_for(self, states: Collection[str]) -> str:
        """The sentences on what is missing of some states; in general where none is asked for, or one has none."""
        known = [self.completeness_of[state] for state in sorted(states) if state in self.completeness_of]
        general = [self.completeness] if self.completeness and (len(known) < len(states) or not states) else []
        return " ".join([*general, *known])


class _AboutRecord(NamedValues):
    """The keys of ``about.toml``."""

    cutoff: Instant
    completeness: Text = ""
    credit: Text = ""
    completeness_of: dict[State, Text] = Field(default_factory=dict)


def read_about(path: Path, incidents: gpd.GeoDataFrame) -> tuple[About, list[Problem]]:
    """Read ``about.toml``; without it the cut-off is the end of the last incident's day, or today.

    Returns
    -------
    Its statements, and a warning for each key that is not known.

    Raises
    ------
    UnreadableFileError
        The file cannot be read.
    """
    today = datetime.now(UTC).date()
    begun = begun_by(incidents, today)["last_day"]
    last = today if begun.empty else min(begun.max().date(), today)
    cutoff = datetime.combine(last, time(23, 59), UTC)
    try:
        if not path.is_file():
            return About(cutoff), []
        record = read_toml(path.read_bytes(), _AboutRecord, cutoff=cutoff)
    except OSError as error:
        raise not_readable(path, error) from error
    except ValueError as error:
        raise UnreadableFileError(_("{path} cannot be read: {error}.").format(path=path, error=error)) from error
    unknown = _("the key is not known and is passed over")
    remedy = _("Use {keys}").format(keys=listing([*_AboutRecord.model_fields]))
    doubts = [Problem(path, 0, clean(key), "", unknown, remedy, severe=False) for key in record.model_extra or {}]
    return About(record.cutoff, record.completeness, record.credit, record.completeness_of), doubts
