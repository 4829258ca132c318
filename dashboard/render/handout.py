"""A handout: what somebody takes away of a view, and what every file of it must say of itself, whatever its kind."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import geopandas as gpd

from dashboard.core.dataset import Dataset
from dashboard.core.numbers import numbers_of
from dashboard.core.register import sheet_id
from dashboard.core.summary import Figures, figures
from dashboard.core.view import SHEET, View
from dashboard.errors import SheetError
from dashboard.language import _, listing, number
from dashboard.render.credits import CREDITS
from dashboard.render.wording import date_time_group
from dashboard.settings import settings


@dataclass(frozen=True, eq=False)
class Handout:
    """A view with its incidents, and the words around them.

    view
        With the marking that holds, its own or that of the settings.
    incidents, tracks
        What the filter lets pass, as :class:`dashboard.core.dataset.Dataset` has it, and the tracks of those.
    produced
        When it was made.
    number
        The ID of the sheet: the same for the same view of the same data.
    """

    dataset: Dataset
    view: View
    incidents: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    produced: datetime
    number: str

    @property
    def marking(self) -> str:
        """The handling marking, or empty."""
        return self.view.marking

    @property
    def finding(self) -> str:
        """What there is to say, in a sentence, or empty."""
        return self.view.finding

    @property
    def title(self) -> str:
        """The heading."""
        return title_of(self.view)

    @property
    def sentence(self) -> str:
        """The filter and how many incidents pass it, as a sentence."""
        return self.dataset.sentence(self.view, len(self.incidents))

    @property
    def figures(self) -> Figures:
        """The four figures."""
        return figures(self.incidents)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each incident by its ID, the same in every file."""
        return numbers_of(self.incidents)

    @property
    def filtered_out(self) -> int:
        """How many incidents of the data the filter keeps back."""
        return len(self.dataset.incidents) - len(self.incidents)

    @property
    def cutoff(self) -> str:
        """The information cut-off as a date-time group."""
        return date_time_group(self.dataset.about.cutoff)

    @property
    def fingerprint(self) -> str:
        """The first twelve digits of the data's SHA-256, as they are printed."""
        return self.dataset.fingerprint[:12]

    @property
    def release(self) -> str:
        """The release of the data that it is made of, or else the latest one before; empty if none is stored."""
        data = self.dataset
        if data.release:
            return _("Release {name}").format(name=data.release.name)
        if data.releases:
            return _("After release {name}").format(name=data.releases[-1].name)
        return ""

    @property
    def link(self) -> str:
        """What follows the question mark in the address that opens this view again."""
        query = self.view.query_string()
        return f"{query}&{SHEET}={self.number}" if query else f"{SHEET}={self.number}"


def title_of(view: View) -> str:
    """The heading of a view: its own, or one that names the states."""
    if view.title:
        return view.title
    if view.filter.countries:
        return _("Airspace incursions: {states}").format(states=view.filter.states_in_words())
    return _("Airspace incursions on the eastern flank")


def hand_out(dataset: Dataset, view: View, produced: datetime) -> Handout:
    """Gather a handout.

    Raises
    ------
    SheetError
        No incident passes the filter.
    """
    view = marked(view)
    incidents = dataset.select(view)
    if incidents.empty:
        raise SheetError(_("There is nothing to take away: no incident matches the filter."))
    return Handout(
        dataset=dataset,
        view=view,
        incidents=incidents,
        tracks=dataset.tracks[dataset.tracks["incident_id"].isin(incidents["id"])],
        produced=produced,
        number=sheet_id(view, dataset.fingerprint),
    )


def marked(view: View) -> View:
    """A view as it is handed out: with the marking that holds, and without days to compare with."""
    return replace(view, marking=view.marking or settings().marking, compare=None)


def licences(handout: Handout) -> str:
    """Sources and licences of the map and of the data, as sentences."""
    parts = (
        CREDITS,
        _("Incidents: public reports, each with its sources in the data; places are as accurate as the data says."),
        handout.dataset.about.credit,
    )
    return " ".join(part for part in parts if part)


def counts_in_words(handout: Handout) -> str:
    """How many incidents there are, and how many there are not and why."""
    data = handout.dataset
    counts = [
        (_("{count} shown"), len(handout.incidents), True),
        (_("{count} filtered out"), handout.filtered_out, True),
        (_("{count} withdrawn"), len(data.withdrawn), len(data.withdrawn) > 0),
        (_("{count} not located"), data.not_located, True),
        (_("{count} rows set aside for other faults"), data.set_aside - data.not_located, True),
    ]
    return listing([words.format(count=number(count)) for words, count, told in counts if told])


def particulars(handout: Handout) -> list[tuple[str, str]]:
    """All that a file says of itself, as label and text, in the order in which one asks; only what there is."""
    data = handout.dataset
    told = [
        (_("Marking"), handout.marking),
        (_("Title"), handout.title),
        (_("Finding"), handout.finding),
        (_("Filter"), handout.sentence),
        (_("Information to"), handout.cutoff),
        (_("Produced"), date_time_group(handout.produced)),
        (_("Producer"), settings().producer),
        (_("Counts"), counts_in_words(handout)),
        (_("Completeness"), data.about.completeness),
        (_("Sources and licences"), licences(handout)),
        (_("Boundaries"), settings().disclaimer),
        (_("Sheet"), handout.number),
        (_("Link"), f"?{handout.link}"),
        (_("Data"), _("SHA-256 {fingerprint}").format(fingerprint=data.fingerprint)),
        (_("State of the data"), handout.release),
    ]
    return [(label, text) for label, text in told if text]


def file_name(view: View, number_: str, ending: str, look: str = "") -> str:
    """A name that says what a file holds: ``incursions_LT-PL_2025-07-01_2025-09-30_TLP-CLEAR_7F3K-Q2XD.pdf``.

    Parameters
    ----------
    look
        That of the colours, where there is another file with others.
    """
    days = [day.isoformat() for day in (view.filter.start, view.filter.end) if day]
    parts = ["incursions", "-".join(view.filter.countries) or "all", *days, view.marking, number_, look]
    clean = (re.sub(r"[^A-Za-z0-9+-]+", "-", part).strip("-")[:60] for part in parts)
    return "_".join(part for part in clean if part) + f".{ending}"
