"""Columns of a list that is imported: what each fills, with samples, and values for the whole list."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.columns import Match
from dashboard.core.imports.fields import FIELDS, label_of
from dashboard.core.incidents.code_pages import page_name
from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.incidents.vocabulary import word
from dashboard.core.query.view import one_line
from dashboard.language import _, ngettext, number
from dashboard.ui.escaping import shortened
from dashboard.ui.imports import ListImport
from dashboard.ui.session import session

MOST_COLUMNS = 60  # that are drawn
LONGEST_SAMPLE = 40  # characters
LEAVE_OUT = ""
# What a list may lack as a whole, and one value can stand for.
_FOR_ALL = ("location_accuracy_km", "category", "object_type", "status")


def show_columns(made: ListImport, dataset: Dataset) -> None:
    """Draw the columns of the file, and what it lacks."""
    with st.container(key="import-columns", gap=None):
        _about_file(made)
        if made.report and made.report.missing:
            st.html(f'<p class="said fault" role="alert">{escape(made.report.missing)}</p>')
        _for_all(made, dataset)
        heads = (_("Their column"), _("Two of its values"), _("Our field"), _("Certainty"))
        cells = "".join(f"<span>{escape(text)}</span>" for text in heads)
        st.html(f'<div class="import-row import-heads">{cells}</div>')
        for place, match in enumerate(made.matches[:MOST_COLUMNS]):
            _column(made, dataset, place, match)
        if rest := len(made.matches) - MOST_COLUMNS:
            words = ngettext(
                "{count} more column is read as it was found.", "{count} more columns are read as found.", rest
            )
            if rest > 0:
                st.html(f'<p class="hint">{escape(words.format(count=number(rest)))}</p>')
        _source(made, dataset)


def _about_file(made: ListImport) -> None:
    raw = made.raw
    if raw is None:
        return
    table = raw.table
    rows = ngettext("{count} row", "{count} rows", len(table.rows)).format(count=number(len(table.rows)))
    columns = ngettext("{count} column", "{count} columns", len(table.header)).format(count=number(len(table.header)))
    words = _("This is {kind}: {rows}, {columns}.").format(kind=raw.kind, rows=rows, columns=columns)
    st.html(f'<p class="result">{escape(words)}</p>')
    if len(raw.layers) > 1 or raw.code_pages:
        with st.container(horizontal=True, key="import-layers"):
            if len(raw.layers) > 1:
                _choice(made, "layer", _("Sheet or layer"), raw.layers, {})
            if raw.code_pages:
                told = {page.name: f"{page_name(page.name)}: {page.sample}" for page in raw.code_pages}
                _choice(made, "code_page", _("Letters are written in"), [*told], told)
    for note in raw.notes:
        st.html(f'<p class="hint">{escape(note)}</p>')
    if made.recognised:
        words = _("Recognised: {name}.").format(name=made.recognised.mapping.name)
        st.html(f'<p class="said done">{escape(words)}</p>')


def _choice(made: ListImport, name: str, label: str, options: Sequence[str], told: dict[str, str]) -> None:
    """Draw the choice of what is read of the file; another one is read anew."""
    widgets, shown = session().widgets, getattr(made, name)

    def choose() -> None:
        setattr(made, name, widgets.choice(f"import-{name}"))
        made.read()

    st.selectbox(
        label,
        options,
        options.index(shown) if shown in options else 0,
        format_func=lambda option: one_line(told.get(option, str(option))),
        key=widgets.show(f"import-{name}", shown),
        on_change=choose,
    )


def _column(made: ListImport, dataset: Dataset, place: int, match: Match) -> None:
    """Draw a column: its heading and samples, the field that it fills, and how sure that is."""
    widgets, name = session().widgets, f"import-column-{made.turn}-{place}"
    field = made.chosen.get(match.heading, match.field)

    def choose() -> None:
        made.chosen[match.heading] = widgets.choice(name) or LEAVE_OUT
        made.tell(dataset)

    with st.container(key=f"import-row-{place}", horizontal=True, vertical_alignment="center", gap=None):
        samples = "<br>".join(escape(shortened(sample, LONGEST_SAMPLE)) for sample in match.samples[:2]) or "–"
        left_out = "" if field else " left-out"
        heading = escape(shortened(match.heading, LONGEST_SAMPLE) or _("No heading"))
        st.html(f'<div class="import-theirs{left_out}"><b>{heading}</b><span>{samples}</span></div>', width="stretch")
        st.selectbox(
            _("Our field for {column}").format(column=one_line(match.heading)),
            (LEAVE_OUT, *FIELDS),
            (LEAVE_OUT, *FIELDS).index(field),
            format_func=lambda code: label_of(code) if code else _("Leave out"),
            key=widgets.show(name, field),
            on_change=choose,
            label_visibility="collapsed",
        )
        by_hand = match.heading in made.chosen and made.chosen[match.heading] != match.field
        because = _("Chosen here") if by_hand else match.because
        sureness = 3 if by_hand and field else match.sureness if field else 0
        dots = "●" * sureness + "○" * (3 - sureness) if sureness else ""
        told = f'<span class="dots" aria-hidden="true">{dots}</span> {escape(because)}'
        st.html(f'<p class="import-sure{left_out}">{told}</p>', width="stretch")


def _for_all(made: ListImport, dataset: Dataset) -> None:
    """Draw what the list lacks as a whole, to be given one value for all of its rows."""
    filled = made.mapping.fields
    lacking = [name for name in _FOR_ALL if name not in filled]
    if not lacking or made.mapping.is_of_corrections:
        return
    calm = _("One value for all rows. It is an assumption, and never replaces what is recorded.")
    st.html(f'<h2 class="section">{escape(_("Not in the file"))}</h2><p class="hint">{escape(calm)}</p>')
    with st.container(key="import-for-all", horizontal=True):
        for name in lacking:
            _value_for_all(made, dataset, name)


def _value_for_all(made: ListImport, dataset: Dataset, name: str) -> None:
    widgets, widget = session().widgets, f"import-default-{name}"
    value = made.defaults.get(name) or made.mapping.defaults.get(name, "")

    def choose() -> None:
        made.defaults[name] = widgets.choice(widget) or ""
        made.tell(dataset)

    label = _("{field} (assumption)").format(field=label_of(name))
    if name == "location_accuracy_km":
        st.text_input(label, value, key=widgets.show(widget, value), on_change=choose, placeholder=_("km, such as 5"))
        return
    codes = ("", *BY_NAME[name].codes)
    st.selectbox(
        label,
        codes,
        codes.index(value) if value in codes else 0,
        format_func=lambda code: word(name, code) if code else _("None given"),
        key=widgets.show(widget, value),
        on_change=choose,
    )


def _source(made: ListImport, dataset: Dataset) -> None:
    """Draw the name of the source, and whether the file is all that it has."""
    widgets = session().widgets

    def name() -> None:
        made.source = widgets.choice("import-source") or ""
        made.tell(dataset)

    def full() -> None:
        made.is_full = bool(widgets.choice("import-full"))
        made.tell(dataset)

    st.html(f'<h2 class="section">{escape(_("Source"))}</h2>')
    with st.container(key="import-source-of", horizontal=True, vertical_alignment="bottom"):
        help_ = _("When it comes again under the same name, only what it has changed since then is applied.")
        st.text_input(
            _("Name of the source"),
            made.source,
            max_chars=80,
            help=help_,
            key=widgets.show("import-source", made.source),
            on_change=name,
        )
        st.checkbox(
            _("This is the full list: what it does not name is gone from the source"),
            made.is_full,
            key=widgets.show("import-full", made.is_full),
            on_change=full,
        )
