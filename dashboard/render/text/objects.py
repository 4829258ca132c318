"""The number of objects in words, of an incident and of a selection: always the least that is certain."""

from typing import Any

from dashboard.core.analysis.figures import Figures
from dashboard.core.incidents.columns import OF_EVENT
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import _, ngettext, number


def objects_in_words(row: Any) -> str:
    """The least number of objects of an incident; empty for unknown."""
    if not row.objects > 0:  # NaN is not greater than anything
        return ""
    if row.objects == 1:
        return _("one, the same in the whole event") if row.objects_of == OF_EVENT else _("one")
    words = _("at least {count} in the whole event") if row.objects_of == OF_EVENT else _("at least {count}")
    return words.format(count=number(row.objects))


def objects_figure(figures: Figures) -> list[str]:
    """The figure of objects: its value, its label and a hint that says what is counted."""
    hint = _("The lowest certain number. Where incidents of an event share objects, these are counted once.")
    if figures.without_number:
        without = ngettext(
            "{hint} {count} incident gives no number and adds none.",
            "{hint} {count} incidents give no number and add none.",
            figures.without_number,
        )
        hint = without.format(hint=hint, count=number(figures.without_number))
    if not figures.objects:
        return ["–", _("objects"), hint]
    return [number(figures.objects), ngettext("object or more", "objects or more", figures.objects), hint]


def objects_as_sentence(figures: Figures) -> str:
    """The number of objects as a sentence that can stand alone: ``At least 41 objects in 28 incidents``."""
    if not figures.objects:
        return _("No report gives a number of objects.")
    words = ngettext(
        "At least {count} object in {incidents}", "At least {count} objects in {incidents}", figures.objects
    )
    words = words.format(count=number(figures.objects), incidents=incidents_in_words(figures.incidents))
    if not figures.without_number:
        return _("{sentence}.").format(sentence=words)
    without = ngettext(
        "{sentence}, {count} of which gives no number.",
        "{sentence}, {count} of which give no number.",
        figures.without_number,
    )
    return without.format(sentence=words, count=number(figures.without_number))
