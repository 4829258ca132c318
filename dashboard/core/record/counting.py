"""Counts of a change: how many things of each kind it added, changed and removed, and where its incidents were."""

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.core.incidents.columns import FRIENDLY
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.record.merge import Content

FEW = 3  # places that a change names
ADDED, CHANGED, REMOVED = "added", "changed", "removed"
OWN_SIDE = "own_side"  # what was an incident, and turned out to be an object of one's own side
ASIDE = "aside"  # what is no incident before and after


def counts_of(versions: Iterable[tuple[str, Content | None, Content | None]]) -> dict[str, dict[str, int]]:
    """Count the things of each kind that a change added, changed and removed.

    A record that is withdrawn, or of one's own side, is no incident: it is added where it becomes one, and removed
    where it was one; but what becomes an object of one's own side is counted as that.

    Parameters
    ----------
    versions
        Of each thing its kind, and what it was and is; None where it was or is not there.
    """
    counts: dict[str, dict[str, int]] = {}
    for noun, before, after in versions:
        of_noun = counts.setdefault(noun, {})
        was, is_ = _counts(before), _counts(after)
        what = {(True, True): CHANGED, (False, True): ADDED, (True, False): REMOVED}.get((was, is_), ASIDE)
        if what == REMOVED and after is not None and not after.get(WITHDRAWN):
            what = OWN_SIDE
        of_noun[what] = of_noun.get(what, 0) + 1
    return counts


def _counts(content: Content | None) -> bool:
    return content is not None and not content.get(WITHDRAWN) and content.get("side") != FRIENDLY


def facts_of(versions: Sequence[tuple[str, Content | None, Content | None]]) -> dict[str, Any]:
    """Note what can be told of a change without reading its versions: counts, and places where they are few.

    Parameters
    ----------
    versions
        As those of ``counts_of``.
    """
    contents = [after or before for _noun, before, after in versions]
    places = [str(content["place"]) for content in contents if content and "place" in content]
    return {"counts": counts_of(versions)} | ({"places": places} if 0 < len(places) <= FEW else {})
