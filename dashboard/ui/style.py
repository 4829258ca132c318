"""The look of the page: the style sheet, the palette as its variables, and counts and symbols beside the options."""

from pathlib import Path

import streamlit as st

from dashboard.core.filter import GROUPS
from dashboard.language import number
from dashboard.render.symbols import Palette
from dashboard.render.webmap import symbol_address

SHEET = Path(__file__).parent.parent / "assets" / "page.css"
COLOURS = ("ink", "muted", "hairline", "panel", "paper", "action")


def show_style(palette: Palette) -> None:
    """Apply the style sheet in the colours of the palette."""
    colours = ";".join(f"--{name}:{getattr(palette, name)}" for name in COLOURS)
    st.html(f"<style>:root{{{colours}}}\n{SHEET.read_text('utf-8')}</style>")


def show_style_of(page: str) -> None:
    """Apply the style sheet of one page, which builds on that of all."""
    st.html(f"<style>{SHEET.with_name(f'{page}.css').read_text('utf-8')}</style>")


def show_counts(counts: dict[str, dict[str, int]], palette: Palette) -> None:
    """Write each option's count behind it, and before a category its symbol.

    A style sheet does it, so that the option's name remains its word alone.
    """
    rules = []
    for group in GROUPS:
        for value, count in counts[group].items():
            option = f".st-key-{group}-{value} label p"
            rules.append(f'{option}::after{{content:"{number(count)}"}}')
            if group == "categories":
                symbol = symbol_address(value, "confirmed", palette)
                rules.append(f'{option}::before{{content:"";background:url({symbol}) center/contain no-repeat}}')
    st.html(f"<style>{''.join(rules)}</style>")
