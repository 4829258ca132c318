"""Names of the files that are taken away, which say what they hold."""

import hashlib
import re
from collections.abc import Sequence

from dashboard.core.query.view import View
from dashboard.render.text.handout import Handout


def file_name(view: View, id_: str, ending: str, *kinds: str) -> str:
    """A name that says what a file holds: ``incursions_LT-PL_2025-07-01_2025-09-30_TLP-CLEAR_7F3K-Q2XD_A4.pdf``.

    Parameters
    ----------
    kinds
        What tells the file from others of the same view and ending: its size, the theme of its colours.
    """
    days = [day.isoformat() for day in (view.filter.start, view.filter.end) if day]
    return _name(["incursions", "-".join(view.filter.countries) or "all", *days, view.marking, id_, *kinds], ending)


def briefing_name(handouts: Sequence[Handout], notes: Sequence[str], marking: str, ending: str, *kinds: str) -> str:
    """A name for a file of several views: ``briefing_2026-01-31_3-views_TLP-CLEAR_1f3c5a.pptx``.

    The day is that of the information; the signs at the end differ wherever views, data or notes do.
    """
    text = "\n".join([*(handout.sheet_id for handout in handouts), *notes])
    day = handouts[0].dataset.about.cutoff.date().isoformat()
    views = f"{len(handouts)}-views"
    return _name(["briefing", day, views, marking, hashlib.sha256(text.encode()).hexdigest()[:6], *kinds], ending)


def differences_name(earlier: int, later: int, marking: str, ending: str) -> str:
    """A name for the differences between two moments of the data: ``differences_32-42_TLP-CLEAR.csv``."""
    return _name(["differences", f"{earlier}-{later}", marking], ending)


def _name(parts: Sequence[str], ending: str) -> str:
    clean = (re.sub(r"[^A-Za-z0-9+-]+", "-", part).strip("-")[:60] for part in parts)
    return "_".join(part for part in clean if part) + f".{ending}"
