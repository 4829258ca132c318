"""Rows that a handout does not show: how many, and why."""

from typing import TYPE_CHECKING

from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.language import _, listing, ngettext, number

if TYPE_CHECKING:
    from dashboard.render.text.handout import Handout


def counts_in_words(handout: "Handout") -> str:
    """The numbers of incidents that are shown and that are not, with the reasons."""
    shown = _("{count} shown").format(count=number(len(handout.incidents)))
    aside = own_side_in_words(handout.friendly)
    return listing([shown, *left_out(handout), *([aside] if aside else [])])


def not_shown(handout: "Handout") -> dict[str, int]:
    """The numbers of rows that are not shown by reason, in the order in which people read them."""
    data = handout.dataset
    return {
        "filtered out": handout.filtered_out,
        "marked above": data.marked_above,
        "withdrawn": len(data.withdrawn),
        "not located": data.not_located,
        "other faults": data.set_aside - data.not_located,
        "tracks": data.tracks_set_aside,
    }


def marked_above_in_words(count: int) -> str:
    """The number of incidents that are left out for their marking, or empty."""
    return _("{count} marked above what may be shared").format(count=number(count)) if count else ""


def left_out(handout: "Handout") -> list[str]:
    """Phrases on the rows that are not shown, by reason; always on those filtered out or not located."""
    counts = not_shown(handout)
    others, tracks = counts["other faults"], counts["tracks"]
    words = {
        "filtered out": _("{count} filtered out"),
        "marked above": marked_above_in_words(counts["marked above"]),
        "withdrawn": _("{count} withdrawn"),
        "not located": _("{count} not located"),
        "other faults": ngettext(
            "{count} record set aside for other faults", "{count} records set aside for other faults", others
        ),
        "tracks": ngettext("{count} flight track set aside", "{count} flight tracks set aside", tracks),
    }
    reasons = [why for why, count in counts.items() if count or why in ("filtered out", "not located")]
    return [words[why].format(count=number(counts[why])) for why in reasons]
