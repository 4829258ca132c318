"""The legend: exactly what is drawn, no more and no less, for every picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.core.incidents import CATEGORIES
from dashboard.core.vocabulary import word
from dashboard.language import _


@dataclass(frozen=True)
class Item:
    """One line of the legend.

    sample
        ``symbol`` (of ``category`` and ``status``), ``cluster``, ``number``, ``track``, ``accuracy``, ``depth``,
        ``flank`` or ``flank_sea``.
    """

    sample: str
    label: str
    category: str = ""
    status: str = "confirmed"


LINES = {"flank": _("Eastern-flank border"), "flank_sea": _("Flank's limit at sea")}


def legend(
    drawn: Iterable[tuple[str, str]],
    *,
    clusters: bool,
    tracks: Iterable[str],
    accuracy: bool,
    depth: bool = False,
    lines: Iterable[str] = tuple(LINES),
    numbers: bool = False,
) -> list[Item]:
    """The legend of a picture.

    Parameters
    ----------
    drawn
        Category and status of each incident on the picture, counted in clusters or not.
    clusters, accuracy, depth, numbers
        Whether there are clusters, the circle of an accuracy, the way to the border, and numbers beside the marks.
    tracks
        Category of the incident of each flight track.
    lines
        Which of LINES come into the picture.
    """
    kinds = set(drawn)
    categories = [category for category in CATEGORIES if any(category == kind for kind, _status in kinds)]
    items = [Item("symbol", word("category", category), category) for category in categories]
    for status, label in (("reported", _("Hollow: reported only")), ("disputed", _("Dashed: disputed"))):
        shown = [category for category in categories if (category, status) in kinds]
        if shown:
            items.append(Item("symbol", label, shown[0], status))
    if clusters:
        items.append(Item("cluster", _("Several, with their count")))
    if numbers:
        items.append(Item("number", _("Number in the list")))
    items += [Item(line, label) for line, label in LINES.items() if line in lines]
    flown = set(tracks)
    if flown:  # a track has the colour of its incident; the sample has that of the first category
        first = next(category for category in CATEGORIES if category in flown)
        items.append(Item("track", _("Flight track, approximate"), first))
    if accuracy:
        items.append(Item("accuracy", _("Accuracy of the place")))
    if depth:
        items.append(Item("depth", _("Depth inside")))
    return items
