"""The form of one incident in a session: what is filled in, its draft, and saving."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import Checked, check
from dashboard.core.editing.form import COORDINATES, Fault, Fields, empty_form, form_of, read_form
from dashboard.core.editing.save import add, correct
from dashboard.core.geo.coordinates import degrees_in_words
from dashboard.core.record.drafts import Drafts, KeptDraft
from dashboard.core.record.merge import Content
from dashboard.core.record.record import INCIDENT, Record
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.settings import settings
from dashboard.ui import state
from dashboard.ui.editing import author, may_edit
from dashboard.ui.escaping import for_visitors
from dashboard.ui.session import session

KEPT = "form"  # in what the session keeps
REASON = "reason"  # the field for why an incident is corrected
DECIMALS = 4  # of a degree, of a place that was clicked
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Form:
    """A form.

    about, base, moment
        The ID and the cells of the incident that is corrected, as they were when it was opened, and the change of the
        record after which they were so; of a new one empty.
    last
        The field that was filled in last.
    tried
        How many times it was to be saved and had faults, which are all told from then on.
    kept_at
        When its draft was last kept, or None.
    problem
        Why it could not be saved, or its draft not kept.
    turn
        Grows with each place that was not clicked on the map, to which the map then moves.
    drawn
        The widgets that are on the page, each with its field and the function that gives its value as a text.
    """

    about: str = ""
    base: Content | None = None
    moment: int = 0
    fields: Fields = field(default_factory=empty_form)
    reason: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    last: str = ""
    tried: int = 0
    kept_at: datetime | None = None
    problem: str = ""
    turn: int = 0
    heard: int = 0
    drawn: dict[str, tuple[str, Callable[[Any], str]]] = field(default_factory=dict)

    def take(self, name: str, text: str, *, clicked: bool = False) -> None:
        """Take up what was filled in, or a place that was clicked on the map, and keep the draft."""
        before = self.reason if name == REASON else self.fields.get(name, "")
        if text == before or session().kept.get(KEPT) is not self:
            return
        if name == REASON:
            self.reason = text
        else:
            self.fields[name] = text
        self.last = name
        if name == COORDINATES and not clicked:
            self.turn += 1
        self.keep()

    def take_all(self) -> None:
        """Take up what is in the widgets now: a button can be pressed before what was typed last is told."""
        for widget, (name, as_text) in list(self.drawn.items()):
            self.take(name, as_text(session().widgets.choice(widget)))

    def pick(self, latitude: float, longitude: float) -> None:
        """Take up a place that was clicked on the map."""
        self.take(COORDINATES, degrees_in_words(latitude, longitude, DECIMALS), clicked=True)

    def keep(self) -> None:
        """Keep the draft in the record's database."""
        self.problem = ""
        content = {"fields": self.fields, "base": self.base, "reason": self.reason}
        now = datetime.now(UTC)
        try:
            Drafts(settings().record).keep(KeptDraft(self.key, self.about, now, content))
        except DashboardError as error:
            self.problem = _("The draft is not kept: {reason}").format(reason=for_visitors(error))
            return
        self.kept_at = now

    def throw_away(self) -> None:
        """Throw the draft away, and begin anew."""
        drop(self.key)
        session().kept[KEPT] = begin(self.about, self.moment)


def begin(about: str, moment: int) -> Form:
    """A new form, or that of an incident as the record has it, which was last changed at a moment.

    Raises
    ------
    StorageError
        The record cannot be used.
    """
    if not about:
        return Form(moment=moment)
    base = Record(settings().record).state(INCIDENT).get(about)
    return Form(about, base, moment, form_of(base) if base else empty_form(), turn=1)


def form_for(about: str, dataset: Dataset) -> Form:
    """The form of this session for an incident, or with an empty ID for a new one."""
    form = session().kept.get(KEPT)
    if isinstance(form, Form) and form.about == about and (form.kept_at or form.moment == dataset.moment):
        return form
    form = session().kept[KEPT] = begin(about, dataset.moment)
    return form


def waiting(form: Form) -> list[KeptDraft]:
    """The drafts that wait for somebody to go on with them, as long as nothing is filled in here."""
    if form.kept_at:
        return []
    try:
        return Drafts(settings().record).of(form.about)
    except DashboardError as error:
        _log.warning("%s", error)
        return []


def go_on(draft: KeptDraft) -> None:
    """Go on with a draft, which becomes that of this session."""
    content = draft.content
    fields = empty_form() | content.get("fields", {})
    form = Form(draft.about, content.get("base"), 0, fields, content.get("reason", ""), turn=1)
    session().kept[KEPT] = form
    form.keep()
    drop(draft.key)


def drop(key: str) -> None:
    """Throw a draft away."""
    try:
        Drafts(settings().record).drop(key)
    except DashboardError as error:  # it is offered again
        _log.warning("%s", error)


def faults_of(form: Form, checked: Checked) -> list[Fault]:
    """Find what keeps a form that was checked from being saved, in the order of its fields."""
    found = list(checked.faults)
    if form.about and not form.reason.strip():
        found.append(Fault(REASON, _("Reason: still missing."), missing=True))
    return found


def save(form: Form, dataset: Dataset, *, another: bool = False) -> None:
    """Save a form, and show its incident on the map or begin another; one with faults tells them."""
    form.take_all()
    if session().kept.get(KEPT) is not form or not may_edit() or dataset.as_of:
        return
    filled = read_form(form.fields, dataset, form.base)
    if faults_of(form, check(filled, dataset)):
        form.tried += 1
        return
    record, who = Record(settings().record), author()
    try:
        if form.about:
            id_ = form.about
            correct(record, id_, form.base or {}, filled.cells, dataset, who=who, note=form.reason)
        else:
            id_ = add(record, filled.cells, who=who)
    except DashboardError as error:
        form.problem = for_visitors(error)
        return
    drop(form.key)
    session().notices.append(_("Saved: {id}.").format(id=id_))
    del session().kept[KEPT]
    if not another and filled.place:
        state.open_on_map(id_, filled.place.latitude, filled.place.longitude)


def leave(form: Form) -> None:
    """Leave a form; its draft, if there is one, waits."""
    with suppress(KeyError):
        del session().kept[KEPT]
    state.go("map" if form.about else "data")
