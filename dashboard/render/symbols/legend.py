"""The legend: exactly what is drawn, no more and no less, for every picture."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dashboard.core.incidents.columns import CATEGORIES, FRIENDLY, OBJECT_TYPES
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, state_name
from dashboard.render.symbols.app6 import IDENTITIES
from dashboard.render.symbols.mark_style import Kind
from dashboard.settings import settings


@dataclass(frozen=True)
class Item:
    """One line of the legend.

    sample
        ``symbol``, ``frame`` or ``icon`` (of ``kind``), ``cluster``, ``number``, ``track`` or ``band`` (of the category
        of ``kind``), ``accuracy``, ``depth``, ``flank``, ``flank_sea`` or one of SIGNS.
    """

    sample: str
    label: str
    kind: Kind = Kind("")  # noqa: RUF009 - it cannot be changed

    @property
    def name(self) -> str:
        """A name by which pictures that show only some of the lines find it."""
        return {"frame": self.kind.identity, "icon": f"icon-{self.kind.object_type}"}.get(
            self.sample, self.sample if self.kind.status == "confirmed" else self.kind.status
        )


SIGNS = {
    "capital": _("Capital"),
    "airport": _("Airport, IATA code"),
    "airfield": _("Airfield, ICAO code"),
}
LINES = {"flank": _("Eastern-flank border"), "flank_sea": _("Limit of territorial sea")}


def legend(
    drawn: Iterable[Kind],
    *,
    clusters: bool,
    tracks: Iterable[str],
    bands: Iterable[str] = (),
    accuracy: bool,
    depth: bool = False,
    lines: Iterable[str] = tuple(LINES),
    numbers: bool = False,
    signs: Collection[str] = (),
) -> list[Item]:
    """The legend of a picture.

    Parameters
    ----------
    drawn
        The kind of each incident on the picture; of one that is counted in a cluster the category alone.
    clusters, accuracy, depth, numbers
        Whether there are clusters, the circle of an accuracy, the way to the border, and numbers beside the marks.
    tracks, bands
        Category of the incident of each flight track that is a line alone, and of each with its accuracy as a band.
    lines, signs
        Which of LINES and of SIGNS come into the picture.
    """
    kinds = set(drawn)
    plain = {Kind(kind.category, kind.status) for kind in kinds}
    items = _military({kind for kind in kinds if kind.identity})
    dashed = _("Dashed below: disputed") if items else _("Dashed: disputed")  # frames are dashed, too
    categories = [category for category in CATEGORIES if any(category == kind.category for kind in plain)]
    items += [Item("symbol", word("category", category), Kind(category)) for category in categories]
    for status, label in (("reported", _("Outline: reported, unconfirmed")), ("disputed", dashed)):
        shown = [category for category in categories if Kind(category, status) in plain]
        if shown:
            items.append(Item("symbol", label, Kind(shown[0], status)))
    if any(kind.category == FRIENDLY for kind in kinds):
        items.append(Item("symbol", _("Own side, not counted"), Kind(FRIENDLY)))
    if clusters:
        items.append(Item("cluster", _("Cluster (number of incidents)")))
    if numbers:
        items.append(Item("number", _("Number in the list")))
    items += [Item(line, label) for line, label in LINES.items() if line in lines]
    for sample, label, flown in (
        ("track", _("Flight track, approximate"), set(tracks)),
        ("band", _("Flight track with its uncertainty"), set(bands)),
    ):
        if flown:  # a track has the colour of its incident; the sample has that of the first category
            first = next(category for category in (*CATEGORIES, FRIENDLY) if category in flown)
            items.append(Item(sample, label, Kind(first)))
    if accuracy:
        items.append(Item("accuracy", _("Location uncertainty")))
    if depth:
        items.append(Item("depth", _("Distance from border")))
    items += [Item(sign, label) for sign, label in SIGNS.items() if sign in signs]
    return items


def _military(kinds: set[Kind]) -> list[Item]:
    """The frames and icons of military symbols."""
    frames = {
        "suspect": _("Suspect: {states}").format(states=_(", ").join(map(state_name, settings().suspect))),
        "neutral": _("Neutral: another state"),
        "unknown": _("Unknown: not attributed"),
        "friend": _("Friend: own side"),
    }
    identities, objects = ({getattr(kind, name) for kind in kinds} for name in ("identity", "object_type"))
    items = [Item("frame", frames[one], Kind("", identity=one)) for one in IDENTITIES if one in identities]
    for one in OBJECT_TYPES:
        if one in objects:
            label = word("object_type", one) if one != "unknown" else _("No icon: unknown object")
            items.append(Item("icon", label, Kind("", object_type=one)))
    return items
