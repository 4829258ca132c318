"""The card of a comparison: two periods by state and category, with the difference of each."""

from html import escape

import streamlit as st

from dashboard.core.analysis.comparison import Comparison, Line
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.view import View
from dashboard.language import _, day, days_in_words, number, state_name
from dashboard.render.symbols.palettes import Palette
from dashboard.render.text.selection import difference_in_words, share_in_words, signed
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui.method_link import show_method_link


def show_comparison(dataset: Dataset, comparison: Comparison, view: View, palette: Palette) -> None:
    """Draw the card."""
    st.html(f'<h2 class="section">{_("Comparison")}</h2>')
    st.html(f'<p class="story" aria-live="polite">{escape(difference_in_words(comparison))}</p>')
    for note in _notes(dataset, comparison, view):
        st.html(f'<p class="note">{escape(note)}</p>')
    st.html(_table(comparison, palette))
    show_method_link("comparison")


def _notes(dataset: Dataset, comparison: Comparison, view: View) -> list[str]:
    incomplete = dataset.about.completeness_for(view.filter.countries)
    notes = [incomplete.partition(". ")[0].rstrip(".") + "."] if incomplete else []
    first = dataset.known.start
    if comparison.earlier_days.end < first:
        notes.insert(0, _("The data begin on {day}: nothing is known of the earlier period.").format(day=day(first)))
    elif comparison.earlier_days.start < first:
        message = _("The data begin on {day}: the first days of the earlier period are not covered.")
        notes.insert(0, message.format(day=day(first)))
    if comparison.days.days != comparison.earlier_days.days:
        message = _("The periods differ in length: {earlier} and {now} days.")
        lengths = number(comparison.earlier_days.days), number(comparison.days.days)
        notes.insert(0, message.format(earlier=lengths[0], now=lengths[1]))
    return notes


def _table(comparison: Comparison, palette: Palette) -> str:
    days = comparison.earlier_days, comparison.days
    earlier, now = (escape(days_in_words(part.start, part.end)) for part in days)
    heads = (
        f'<th scope="col" title="{earlier}">{_("Earlier period")}</th>'
        f'<th scope="col" title="{now}">{_("Selected period")}</th>'
    )
    caption = _("Incidents in {earlier} (earlier period) and in {now} (selected period)").format(
        earlier=earlier, now=now
    )
    rows = "".join(_row(line, palette) for line in comparison.lines)
    return (
        f'<table class="periods"><caption>{caption}</caption><thead><tr><th scope="col">{_("State")}</th>{heads}'
        f'<th scope="col">{_("Difference")}</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(line: Line, palette: Palette) -> str:
    if line.category:
        symbol = symbol_address(line.category, "confirmed", palette)
        name, kind = f'<img src="{symbol}" alt="">{escape(word("category", line.category))}', "part"
    else:
        name, kind = escape(state_name(line.state) if line.state else _("All")), "state" if line.state else "all"
    share = "" if line.category or line.state else share_in_words(line.earlier, line.difference)
    difference = _("{difference} ({share})").format(difference=signed(line.difference), share=share)
    numbers = (number(line.earlier), number(line.now), difference if share else signed(line.difference))
    cells = "".join(f"<td>{cell}</td>" for cell in numbers)
    return f'<tr class="{kind}"><th scope="row">{name}</th>{cells}</tr>'
