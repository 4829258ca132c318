"""The theme of the page: its style sheet and colours, and counts and symbols beside the options."""

from collections.abc import Callable

import streamlit as st

from dashboard.core.query.filter import GROUPS
from dashboard.core.query.view import APP6, OFF
from dashboard.language import _, number
from dashboard.render.symbols.palettes import CONTRAST, LIGHT, THEMES, Palette
from dashboard.render.web.folium_map import symbol_address
from dashboard.settings import ASSETS
from dashboard.ui.session import session, update_view

SHEET = ASSETS / "page.css"
ALWAYS = ("small", "print")  # sheets of every page beside it
COLOURS = ("ink", "muted", "hairline", "panel", "paper", "action")
WORDS = {"": _("Match device"), "light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}
AIRPORTS = {"": _("On the map"), OFF: _("Off")}
STYLES = {"": _("Plain"), APP6: _("Military (APP-6)")}


def palette_of_theme() -> Palette:
    """The colours of the theme that was chosen; else dark ones in a briefing, and those of the system at work."""
    return THEMES[_theme() or st.context.theme.type or "light"]


def _theme() -> str:
    """The theme that the page asks for, or an empty text for that of the system."""
    # A dark screen is the easier one to look at in a dim room.
    return str(session().theme) or ("dark" if session().present else "")


def show_theme() -> None:
    """Draw the choice of the theme, and let Streamlit's own theme follow it; see ``theme.js``."""
    _choice("look", _("Theme"), WORDS, session().theme, lambda chosen: setattr(session(), "theme", chosen))
    with st.container(key="look-script"):
        st.html(f'<span data-theme="{_theme()}"></span>')
        st.button(_("Theme"), key="look-again")  # pressed by the script when the system's theme has changed


def show_symbols() -> None:
    """Draw the choice of the style of the marks."""
    _choice("symbols", _("Symbols"), STYLES, session().view.symbols, lambda chosen: update_view(symbols=chosen))


def show_airports() -> None:
    """Draw the choice whether airports are on the map."""
    value = "" if session().view.airports else OFF
    _choice("airports", _("Airports"), AIRPORTS, value, lambda chosen: update_view(airports=chosen != OFF))


def _choice(name: str, label: str, words: dict[str, str], value: str, keep: Callable[[str], None]) -> None:
    """Draw a choice among words, and keep what is chosen."""
    widgets, choice = session().widgets, f"{name}-choice"

    def choose() -> None:
        keep(widgets.choice(choice))

    st.html(f'<h2 class="section">{label}</h2>')
    st.pills(
        label,
        list(words),
        default=value,
        required=True,
        format_func=words.__getitem__,
        key=widgets.show(choice, value),
        on_change=choose,
        label_visibility="collapsed",
    )


def show_style(palette: Palette, *more: str) -> None:
    """Apply the style sheets of every page in the colours of the palette, and more of them by name."""
    colours = ";".join(f"--{name}:{getattr(palette, name)}" for name in COLOURS)
    # Nobody who works on a dark screen has asked for dark paper: light and dark change places, hues stay.
    colours += f";--to-light:{'none' if palette is LIGHT else 'invert(1) hue-rotate(180deg)'}"
    names = (*more, CONTRAST.name) if palette is CONTRAST else more
    sheets = (SHEET, *(SHEET.with_name(f"{name}.css") for name in (*ALWAYS, *names)))
    rules = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    st.html(f"<style>:root{{{colours}}}\n{rules}</style>")


def show_style_of(page: str) -> None:
    """Apply the style sheet of one page, which builds on that of all."""
    st.html(f"<style>{SHEET.with_name(f'{page}.css').read_text('utf-8')}</style>")


def show_counts(counts: dict[str, dict[str, int]], palette: Palette) -> None:
    """Write each option's count behind it, and before a category its symbol.

    A style sheet does it, so that the option's name remains its word alone.
    """
    rules = []
    for group in GROUPS:
        for value, count in counts.get(group, {}).items():
            option = f".st-key-{session().widgets.key((group, value)).replace(':', '-')} label p"
            rules.append(f'{option}::after{{content:"{number(count)}"}}')
            if group == "categories":
                symbol = symbol_address(value, "confirmed", palette)
                rules.append(f'{option}::before{{content:"";background:url({symbol}) center/contain no-repeat}}')
    st.html(f"<style>{''.join(rules)}</style>")
