"""Handling markings: the labels of TLP 2.0 in their own colours, and any national text as it is."""

from html import escape

from dashboard.core.incidents.tlp import LABELS, label_meant
from dashboard.language import _

# Foreground of each label; the ground is black: FIRST, Traffic Light Protocol 2.0, first.org/tlp.
TLP = dict(zip(LABELS, ("#FF2B2B", "#FFC000", "#FFC000", "#33FF00", "#FFFFFF"), strict=True))


def marking_colours(marking: str) -> tuple[str, str]:
    """Foreground and ground of a marking; other than TLP labels are black on white."""
    return (TLP[marking], "#000000") if marking in TLP else ("#000000", "#FFFFFF")


def marking_html(marking: str) -> str:
    """A marking as HTML, or nothing where none is set."""
    if not marking:
        return ""
    colour, ground = marking_colours(marking)
    return f'<span class="marking" style="color:{colour};background:{ground}">{escape(marking)}</span>'


def doubt_of_marking(marking: str) -> str:
    """Say that a marking is a near miss of a TLP label, and of which; empty for any other."""
    label = label_meant(marking)
    if not label:
        return ""
    return _("The marking “{marking}” is not a TLP label. Did you mean {label}?").format(marking=marking, label=label)
