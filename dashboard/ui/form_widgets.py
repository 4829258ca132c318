"""Widgets of the form of an incident: each shows a field, and tells the form what is filled in."""

from collections.abc import Callable, Collection, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import Checked, label_of
from dashboard.core.editing.form import Filled
from dashboard.core.incidents.cells import day_in
from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.incidents.schema import FIRST_DAY, LAST_DAY, LONGEST_TEXT
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, state_name
from dashboard.render.symbols.palettes import Palette
from dashboard.settings import settings
from dashboard.ui.form import REASON, Form
from dashboard.ui.session import session

LONGEST_LINE = 500  # characters of a field of one line


class FormWidgets:
    """The widgets of a form as it was read and checked."""

    def __init__(self, form: Form, filled: Filled, checked: Checked, dataset: Dataset, palette: Palette) -> None:
        self.form, self.filled, self.checked = form, filled, checked
        self.dataset, self.palette = dataset, palette
        form.drawn = {}

    def faults(self, *names: str) -> None:
        """Say what is wrong with fields; that something is missing only once the form was to be saved."""
        for fault in self.checked.faults:
            if fault.field in names and (self.form.tried or not fault.missing):
                say(fault.message, "fault")
        for doubt in self.checked.doubts:
            if doubt.field in names:
                say(doubt.message, "doubt")

    def text(
        self, name: str, label: str = "", value: str | None = None, *, placeholder: str = "", disabled: bool = False,
        hidden: bool = False,
    ) -> None:  # fmt: skip
        """Draw a field of one line."""
        text = self.form.fields[name] if value is None else value
        st.text_input(
            label or label_of(name),
            text,
            max_chars=max(LONGEST_LINE, len(text)),
            placeholder=placeholder,
            disabled=disabled,
            label_visibility="collapsed" if hidden or name == REASON else "visible",
            **self.bound(name, text, lambda typed: typed or ""),
        )
        if name == REASON and self.form.tried and not text.strip():
            say(_("Reason: still missing."), "fault")

    def area(self, name: str) -> None:
        """Draw a field of several lines."""
        text = self.form.fields[name]
        st.text_area(
            label_of(name),
            text,
            height=104,
            max_chars=LONGEST_TEXT,
            label_visibility="collapsed",
            **self.bound(name, text, lambda typed: typed or ""),
        )
        self.faults(name)

    def choice(self, name: str, codes: Collection[str] = (), first: str = "") -> None:
        """Draw a choice among the codes of a column; ``first`` says that none is chosen."""
        options = ("", *(codes or BY_NAME[name].codes))
        value = self.form.fields[name] if self.form.fields[name] in options else ""
        self.select(name, label_of(name), options, lambda code: word(name, code) if code else first, value)

    def state(self, name: str, first: str, more: Sequence[str] = ()) -> None:
        """Draw a choice of a state, those of the region first."""
        near = [*settings().flank, *settings().other_side, *more]
        others = sorted({*BY_NAME[name].codes} - {*near}, key=state_name)
        self.select(name, label_of(name), ("", *near, *others), lambda code: state_name(code) if code else first)

    def select(
        self, name: str, label: str, options: Sequence[str], say: Callable[[str], Any], value: str | None = None
    ) -> None:
        """Draw a choice among options."""
        chosen = self.form.fields[name] if value is None else value
        if chosen not in options:
            options = (*options, chosen)
        # A browser sends the words of an option; those of before are none.
        bound = self.bound(name, chosen, lambda code: code if code in options else "")
        st.selectbox(label, options, options.index(chosen), format_func=say, **bound)

    def segments(self, name: str, codes: Sequence[str]) -> None:
        """Draw a choice among a few codes, side by side."""
        chosen = self.form.fields[name] or None
        st.segmented_control(
            label_of(name),
            codes,
            default=chosen,
            format_func=lambda code: word(name, code),
            label_visibility="collapsed",
            width="stretch",
            **self.bound(name, chosen, lambda code: code or ""),
        )

    def day(self, name: str, label: str) -> None:
        """Draw the field of a day."""
        shown = day_in(self.form.fields[name])
        st.date_input(
            label,
            shown,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD/MM/YYYY",
            **self.bound(name, shown, lambda day: day.isoformat() if day else ""),
        )

    def bound(self, name: str, shown: Any, as_text: Callable[[Any], str], widget: str = "") -> dict[str, Any]:
        """The key and the callback of a widget that shows a value of a field."""
        widgets, drawn, form = session().widgets, f"field:{widget or name}", self.form

        def text_of(value: Any) -> str:
            # What the widget cannot show, such as a code that stands for the usual one, stays as it is.
            before = form.reason if name == REASON else form.fields[name]
            return before if value == shown else as_text(value)

        def take() -> None:
            form.take(name, text_of(widgets.choice(drawn)))

        form.drawn[drawn] = (name, text_of)
        return {"key": widgets.show(drawn, shown), "on_change": take}


def say(words: str, kind: str) -> None:
    """Say something below a field: what was understood, a doubt, or a fault."""
    role = ' role="alert"' if kind == "fault" else ""
    st.html(f'<p class="said {kind}"{role}>{escape(words)}</p>')
