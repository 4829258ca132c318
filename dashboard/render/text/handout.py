"""A handout: what somebody takes away of a view, and what every file of it must say of itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import geopandas as gpd

from dashboard.core.analysis.extent import extent_of
from dashboard.core.analysis.figures import Figures, figures
from dashboard.core.analysis.numbering import numbers_of
from dashboard.core.data.dataset import Dataset
from dashboard.core.data.sheet_ids import SheetRegister, sheet_id
from dashboard.core.engine.selection import Selection
from dashboard.core.geo.borders import REGION
from dashboard.core.incidents.own_side import with_own_side
from dashboard.core.incidents.tlp import GUARDED, joined, spelt_out, strictest
from dashboard.core.query.area import Bounds
from dashboard.core.query.view import SHEET, View
from dashboard.errors import SheetError, StorageError
from dashboard.language import _
from dashboard.render.text.age import age_when_made, alarm_in_words
from dashboard.render.text.event import event_as_sentences
from dashboard.render.text.headings import nil_in_words, title_of
from dashboard.render.text.instants import date_time_group, instant_in_words, instant_with_group
from dashboard.render.text.left_out import counts_in_words
from dashboard.settings import settings

CREDITS = _(
    "Borders, territorial sea and lakes: OpenStreetMap contributors (ODbL), 2017; Crimea as in UN General Assembly "
    "resolution 68/262. Rivers: Natural Earth. Towns: GeoNames (CC BY 4.0). Airports: "
    "airportsdata (MIT)."
)
SHORT_CREDITS = _("© OpenStreetMap contributors, Natural Earth, GeoNames")  # for the corner of the screen


@dataclass(frozen=True, eq=False)
class Handout:
    """A view with its incidents, and the words around them.

    view
        With the marking that holds, its own or that of the settings.
    selection, tracks
        The incidents that the filter lets pass, and their tracks.
    friendly
        Own-side objects that the filter lets pass, which are drawn and told apart, and in no figure.
    produced
        When it was made.
    sheet_id
        The ID of the sheet: the same for the same view of the same data.
    part
        The places of the rows of ``objects`` that a file of data holds, where it does not hold all of them.
    maker
        The name of who made it, or empty where it is not to be said.
    """

    dataset: Dataset
    view: View
    selection: Selection
    friendly: gpd.GeoDataFrame
    tracks: gpd.GeoDataFrame
    produced: datetime
    sheet_id: str
    part: range | None = None
    maker: str = ""

    @property
    def incidents(self) -> gpd.GeoDataFrame:
        """Its incidents, as :class:`dashboard.core.data.dataset.Dataset` has them."""
        return self.selection.rows

    @property
    def marking(self) -> str:
        """The handling marking, or empty."""
        return self.view.marking

    @property
    def finding(self) -> str:
        """The finding of the view in a sentence, or empty."""
        return self.view.finding

    @property
    def title(self) -> str:
        """The heading."""
        event = self.dataset.title_of_event(self.view.filter.event)
        return title_of(self.view, self.selection.states, event)

    @property
    def event(self) -> list[str]:
        """Sentences on the event that is shown: counted officially, recorded, and told in words; none without one."""
        return event_as_sentences(self.dataset, self.view.filter.event)

    @property
    def objects(self) -> gpd.GeoDataFrame:
        """The incidents, and after them the own-side objects."""
        return with_own_side(self.incidents, self.friendly)

    @property
    def sentence(self) -> str:
        """The filter and how many incidents pass it, as a sentence."""
        return self.dataset.sentence(self.view, len(self.incidents))

    @property
    def nil(self) -> str:
        """A sentence that no incident is known of what is asked for; empty where there is one."""
        return "" if len(self.incidents) else nil_in_words(self.dataset, self.view)

    @property
    def as_of(self) -> str:
        """A sentence on how far the information goes."""
        return _("Information as of {time}.").format(time=self.cutoff_with_group)

    @property
    def area(self) -> Bounds:
        """The extent of the incidents and their tracks, or without any of the states asked for, else of the flank."""
        if not self.nil:
            return extent_of(self.selection, self.view.selected)
        borders = self.dataset.borders
        states = borders.airspace[borders.airspace.index.isin(self.view.filter.countries)]
        asked = states.clip_by_rect(*REGION) if len(states) else borders.flank
        west, south, east, north = asked.total_bounds
        return float(west), float(south), float(east), float(north)

    @property
    def completeness(self) -> str:
        """The keeper's sentences on what is missing of the states that are asked for."""
        return self.dataset.about.completeness_for(self.view.filter.countries)

    @property
    def figures(self) -> Figures:
        """The figures of its incidents."""
        return figures(self.selection)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each incident by its ID, the same in every file."""
        return numbers_of(self.incidents)

    @property
    def filtered_out(self) -> int:
        """The number of incidents that the filter keeps back."""
        return len(self.dataset.incidents) - len(self.incidents)

    @property
    def cutoff(self) -> str:
        """The information cut-off."""
        return instant_in_words(self.dataset.about.cutoff, self.view)

    @property
    def cutoff_with_group(self) -> str:
        """The information cut-off with its date-time group, for whoever looks for that."""
        return instant_with_group(self.dataset.about.cutoff, self.view)

    @property
    def cutoff_group(self) -> str:
        """The date-time group of the information cut-off; empty where that is how the cut-off is written."""
        group = date_time_group(self.dataset.about.cutoff)
        return "" if group == self.cutoff else group

    @property
    def produced_in_words(self) -> str:
        """The instant at which it was made."""
        return instant_in_words(self.produced, self.view)

    @property
    def age(self) -> str:
        """The time from the end of the information to the making of the file."""
        return age_when_made(self.dataset, self.produced)

    @property
    def alarm(self) -> str:
        """A warning that the data was old when the file was made, or empty."""
        return alarm_in_words(self.dataset, self.produced)

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
        """The address that opens this view again; where the app's own is not known, from its question mark on."""
        query = self.view.query_string()
        return f"{settings().url}?{query}{'&' if query else ''}{SHEET}={self.sheet_id}"


def make_handout(dataset: Dataset, view: View, produced: datetime) -> Handout:
    """Gather a handout; that nothing is known of what is asked for is one as well.

    Raises
    ------
    SheetError
        Nothing of the data could be read, or nothing can be known of the days that are asked for: of these nobody can
        say that there was no incident.
    """
    dataset = dataset.at(view)
    selection, friendly = dataset.select(view), dataset.own_side(view)
    view = as_handed_out(dataset, view)
    if dataset.unreadable:
        raise SheetError(_("There is nothing to export. {reasons}").format(reasons=" ".join(dataset.unreadable)))
    if selection.empty and (unknown := view.filter.unknown_in_words(dataset.known)):
        message = _("There is nothing to export ({days}): {unknown}.")
        raise SheetError(message.format(days=view.filter.days_in_words(dataset.known), unknown=unknown))
    return Handout(
        dataset=dataset,
        view=view,
        selection=selection,
        friendly=friendly,
        tracks=dataset.tracks[dataset.tracks["incident_id"].isin([*selection.rows["id"], *friendly["id"]])],
        produced=produced,
        sheet_id=sheet_id(view, dataset.fingerprint),
    )


def make_noted_handouts(
    dataset: Dataset, views: Sequence[View], produced: datetime, report: Callable[[StorageError], object]
) -> list[Handout]:
    """Gather the handouts of files that are made now, and note what their IDs stand for; raises as for one handout.

    Parameters
    ----------
    report
        Takes the reason why they cannot be noted; the files are made all the same.
    """
    handouts = [make_handout(dataset, view, produced) for view in views]
    try:
        register = SheetRegister(settings().record)
        for handout in handouts:
            register.note(handout.view, handout.dataset)
    except StorageError as error:
        report(error)
    return handouts


def as_handed_out(dataset: Dataset, view: View) -> View:
    """A view of these data as it is handed out: with the marking that holds for what it shows."""
    return with_marking(view, dataset.select(view).markings, dataset.own_side(view)["marking"])


def with_marking(view: View, *labels: Iterable[str]) -> View:
    """A view as it is handed out: with the marking that holds, and without days to compare with.

    That is its own or else the server's; and never less than the strictest label of the incidents that are shown with
    it, or than that of a server marked with one of GUARDED.

    Parameters
    ----------
    labels
        Those of the incidents and own-side objects; empty ones are none.
    """
    server = spelt_out(settings().marking)
    every = {label for some in labels for label in some if label} | ({server} & {*GUARDED})
    return replace(view, marking=joined(view.marking or server, strictest(every)), compare=None)


def link_label() -> str:
    """The label of a link; where it does not name the server, it says what the link is added to."""
    return _("Link") if settings().url else _("Link, to be added to the app's address")


def licences(handout: Handout) -> str:
    """Sources and licences of the map and of the data, as sentences."""
    parts = (
        CREDITS,
        _("Incidents: public reports, each with its sources in the data; places are as accurate as the data says."),
        handout.dataset.about.credit,
    )
    return " ".join(part for part in parts if part)


def metadata(handout: Handout) -> list[tuple[str, str]]:
    """All that a file says of itself, as label and text, in the order in which one asks; only what there is."""
    data = handout.dataset
    pairs = [
        (_("Marking"), handout.marking),
        (_("Title"), handout.title),
        (_("Key message"), handout.finding),
        (_("Filter"), handout.sentence),
        (_("Result"), handout.nil and f"{handout.nil} {handout.as_of}"),
        (_("Information as of"), handout.cutoff_with_group),
        (_("Age of the data"), handout.age),
        (_("Produced"), handout.produced_in_words),
        (_("Producer"), settings().producer),
        (_("Made by"), handout.maker),
        (_("Counts"), counts_in_words(handout)),
        (_("Completeness"), handout.completeness),
        (_("Sources and licences"), licences(handout)),
        (_("Boundaries"), settings().disclaimer),
        (_("Sheet"), handout.sheet_id),
        (link_label(), handout.link),
        (_("Data"), _("SHA-256 {fingerprint}").format(fingerprint=data.fingerprint)),
        (_("Data release"), handout.release),
    ]
    return [(label, text) for label, text in pairs if text]
