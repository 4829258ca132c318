"""The fields of the form of an incident, each with what was understood or what is wrong below it."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.core.editing.check import label_of
from dashboard.core.editing.form import (
    COORDINATES,
    EXACT,
    EXACTNESS,
    MINUTE,
    MORE,
    SECOND,
    TIME,
    YES,
    read_time,
    sources_of,
)
from dashboard.core.geo.gazetteer import Place
from dashboard.core.incidents.cells import day_in
from dashboard.core.incidents.columns import BY_NAME, CATEGORIES, OBSERVERS, STATUSES
from dashboard.core.incidents.publishers import OFFICIAL
from dashboard.core.incidents.schema import LONGEST_TEXT, is_link, name_of_source
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, state_name
from dashboard.render.text.form import count_in_words, source_line_in_words, time_in_words
from dashboard.render.web.folium_map import symbol_address
from dashboard.ui.editing import WHO, is_known
from dashboard.ui.escaping import escaped
from dashboard.ui.form import DECIMALS, REASON
from dashboard.ui.form_widgets import LONGEST_LINE, FormWidgets, say
from dashboard.ui.session import session

MOST_PLACES = 3  # of the gazetteer that are offered
EXACT_WORDS = {"minute": _("The minute"), "day": _("The day"), "month": _("The month")}
HINTS = {
    "airport": _("IATA codes separated by spaces"),
    "facts_basis": _("What the figures rest on"),
    "end_time": _("hh:mm, local"),
}


class FormFields(FormWidgets):
    """The fields of a form, in their groups."""

    def left(self) -> None:
        """Draw when, where and what."""
        self._when()
        self._where()
        self._what()
        _group(_("In a sentence or two"))
        self.area("summary")
        said = count_in_words(self.form.fields["summary"], LONGEST_TEXT)
        st.html(f'<p class="said count">{said}</p>')
        _group(_("Consequences"))
        with _line():
            self.text("damage")
            self.text("casualties")
        self._event()

    def right(self) -> None:
        """Draw who, what was done, sources, status, and whatever else can be known."""
        if self.form.about:
            _group(_("Reason for the correction"))
            self.text(REASON, _("Reason"), self.form.reason, placeholder=_("What was wrong, and who says so"))
        _group(_("Who"))
        with _line():
            self.choice("side", [code for code in BY_NAME["side"].codes if code != "intruding"], first=_("Intruding"))
            self.state("entered_from", _("Not known"), ("XZ",))
        with _line():
            self.state("origin", _("Nobody"))
            self.text("attribution_by", placeholder=_("Once it is attributed"))
        _group(_("First noticed by"))
        self._observers()
        _group(_("What was done"))
        self.text("response", placeholder=_("Seized, searched, intercepted …"), hidden=True)
        self._sources()
        _group(_("Status"))
        self._status()
        self._more()
        if not is_known():
            _group(_("Entered here by"))
            self._who()

    def _when(self) -> None:
        _group(_("When"))
        fields = self.form.fields
        with _line():
            self.day("date", _("Day, local"))
            is_timed = fields[EXACT] == MINUTE
            self.text(TIME, _("Time, local"), placeholder=_("hh:mm"), disabled=not is_timed)
            self.select(EXACT, _("Known to"), EXACTNESS, EXACT_WORDS.__getitem__)
        at, day = read_time(fields[TIME]), day_in(fields["date"])
        if is_timed and at and day and self.filled.clock.comes_twice(day, at):
            words = {"": _("The first"), YES: _("The second")}
            self.select(SECOND, _("This hour came twice, since the clocks were put back"), tuple(words), words.get)
        if self.filled.start and self.filled.place:
            say(time_in_words(self.filled.clock, self.filled.start), "done")
        elif self.filled.start:
            say(_("The time zone follows from the place."), "")
        self.faults("date", TIME)

    def _where(self) -> None:
        _group(_("Where"))
        with _line():
            self.text("place", _("Place"), placeholder=_("Type a name to search"))
            self.state("country", _("By the point"))
        self._suggest()
        with _line():
            self.text(
                COORDINATES, _("Coordinates, in any notation"), placeholder=_("54.600 N 25.720 E, 35U MA 173 510")
            )
            self.text("location_accuracy_km", _("Uncertainty, km"))
        if self.filled.place:
            here = self.filled.cells.get("country", "")
            words = _("Read as {place}, {state}") if here else _("Read as {place}")
            say(words.format(place=self.filled.place.label, state=state_name(here)), "done")
        self.faults("place", "country", COORDINATES, "location_accuracy_km")

    def _suggest(self) -> None:
        """The places that the name can mean, as long as none is chosen."""
        name = self.form.fields["place"]
        if len(name) < 3 or (self.filled.place and self.form.last != "place"):
            return
        found = self.dataset.gazetteer.find(name, MOST_PLACES)

        def choose(place: Place) -> None:
            self.form.take("place", place.name)
            self.form.take(COORDINATES, f"{place.latitude:.{DECIMALS}f}, {place.longitude:.{DECIMALS}f}")

        with st.container(key="form-places", horizontal=True, gap=None):
            for position, place in enumerate(found):
                code = _(" ({code})").format(code=place.code) if place.code else ""
                label = _("{place}, {state}").format(place=place.name + code, state=state_name(place.state))
                st.button(
                    escaped(label),
                    icon=":material/location_on:",
                    key=f"form-place-{position}",
                    type="tertiary",
                    on_click=choose,
                    args=(place,),
                )

    def _what(self) -> None:
        _group(_("What"))
        self.segments("category", CATEGORIES)
        key = session().widgets.key("field:category").replace(":", "-")
        symbols = [
            f".st-key-{key} button:nth-of-type({position}) p::before{{background-image:"
            f"url({symbol_address(category, 'confirmed', self.palette)})}}"
            for position, category in enumerate(CATEGORIES, start=1)
        ]
        st.html(f"<style>{''.join(symbols)}</style>")
        with _line():
            self.choice("object_type", first=_("Choose"))
            self.text("model")
            self.choice(
                "payload", [code for code in BY_NAME["payload"].codes if code != "unknown"], first=_("Not known")
            )
        self.faults("category", "object_type", "model", "payload")

    def _event(self) -> None:
        events = sorted(self.dataset.events.values(), key=lambda event: event.first_day, reverse=True)
        ids = dict.fromkeys([*(event.id for event in events), *filter(None, self.dataset.objects["event"])])
        self.select(
            "event",
            label_of("event"),
            ("", *ids),
            lambda id_: self.dataset.title_of_event(id_) if id_ else _("No event"),
        )
        self.faults("damage", "casualties", "event")

    def _observers(self) -> None:
        chosen = [code for code in self.form.fields["noticed_by"].split() if code in OBSERVERS]
        st.pills(
            label_of("noticed_by"),
            OBSERVERS,
            selection_mode="multi",
            default=chosen,
            format_func=lambda code: word("noticed_by", code),
            label_visibility="collapsed",
            **self.bound("noticed_by", chosen, lambda codes: " ".join(codes or ())),
        )

    def _sources(self) -> None:
        _group(_("Sources, best first"))
        given = sources_of(self.form.fields["sources"])
        for place, address in enumerate([*given, ""]):
            st.text_input(
                _("Source {number}").format(number=place + 1),
                address,
                max_chars=LONGEST_LINE * 4,
                placeholder=_("The address of a page"),
                label_visibility="collapsed",
                **self._bound_source(place, address, given),
            )
            if name_of_source(address):
                say(_("A name without a page"), "")
            elif address and is_link(address):
                words, is_known = source_line_in_words(address, self.dataset.publishers)
                say(words, "done" if is_known else "")
            elif address:
                say(_("Not the address of a page. Begin with http, or put a name in square brackets."), "fault")
        if not given:
            self.faults("sources")

    def _bound_source(self, place: int, address: str, given: Sequence[str]) -> dict[str, Any]:
        """The key and the callback of the field of one source among those that are given."""

        def as_text(text: str | None) -> str:
            now = sources_of(self.form.fields["sources"])
            if text == address:
                return "\n".join(now)
            return "\n".join([*now[:place], *sources_of(text or ""), *now[place + 1 :]])

        name = f"source:{place}"
        return self.bound("sources", address, as_text, name)

    def _status(self) -> None:
        self.segments("status", STATUSES)
        publishers = self.dataset.publishers
        links = filter(is_link, sources_of(self.form.fields["sources"]))
        official = any(publishers.of(link).kind == OFFICIAL for link in links)
        if self.form.fields["status"] == "confirmed" and not official:
            say(_("No official source is given: name who confirmed it in the sentences."), "")
        self.faults("status")

    def _more(self) -> None:
        names = list(MORE)
        faulty = {fault.field for fault in (*self.checked.faults, *self.checked.doubts)} & set(names)
        filled = any(self.form.fields[name] for name in names)
        with st.expander(_("More facts"), expanded=bool(faulty or filled), key="form-more"):
            for pair in (names[start : start + 2] for start in range(0, len(names), 2)):
                with _line():
                    for name in pair:
                        self._any(name)
                self.faults(*pair)

    def _any(self, name: str) -> None:
        """Draw the field of a column by its kind."""
        if name == "end_date":
            self.day(name, label_of(name))
        elif name in BY_NAME and BY_NAME[name].codes:
            self.choice(name, first=_("Not stated"))
        else:
            unit = BY_NAME[name].unit if name in BY_NAME else ""
            label = _("Until") if name == "end_time" else label_of(name)
            self.text(name, f"{label}, {unit}" if unit else label, placeholder=HINTS.get(name, ""))

    def _who(self) -> None:
        kept, name = session().kept, "field:who"

        def take() -> None:
            kept[WHO] = str(session().widgets.choice(name) or "")

        st.text_input(
            _("Your name"),
            kept.get(WHO, ""),
            key=session().widgets.show(name, kept.get(WHO, "")),
            max_chars=200,
            placeholder=_("Your name, for the history"),
            label_visibility="collapsed",
            on_change=take,
        )


def _group(heading: str) -> None:
    st.html(f'<h2 class="section">{escape(heading)}</h2>')


def _line() -> Any:
    return st.container(horizontal=True, vertical_alignment="top", gap="small")
