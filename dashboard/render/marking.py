"""Handling markings: the labels of TLP 2.0 in their own colours, and any national text as it is."""

from html import escape

# Foreground of each label; the ground is black: FIRST, Traffic Light Protocol 2.0, first.org/tlp.
TLP = {
    "TLP:RED": "#FF2B2B",
    "TLP:AMBER": "#FFC000",
    "TLP:AMBER+STRICT": "#FFC000",
    "TLP:GREEN": "#33FF00",
    "TLP:CLEAR": "#FFFFFF",
}


def marking_colours(marking: str) -> tuple[str, str]:
    """Foreground and ground of a marking; other than TLP labels are black on white."""
    return (TLP[marking], "#000000") if marking in TLP else ("#000000", "#FFFFFF")


def marking_html(marking: str) -> str:
    """A marking as HTML, or nothing where none is set."""
    if not marking:
        return ""
    colour, ground = marking_colours(marking)
    return f'<span class="marking" style="color:{colour};background:{ground}">{escape(marking)}</span>'
