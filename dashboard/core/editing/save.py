"""Saving of what was edited by hand: each is one change of the record, and nobody else's work is lost."""

import re

from dashboard.core.data.dataset import Dataset
from dashboard.core.editing.check import faults_of, label_of
from dashboard.core.incidents.columns import BY_NAME
from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.schema import LONGEST_TEXT
from dashboard.core.query.view import one_line
from dashboard.core.record.merge import WHOLE, Content, merge
from dashboard.core.record.record import EDITED, INCIDENT, Draft, Record
from dashboard.errors import ConflictError, QueryError
from dashboard.language import _, listing, plain

LONGEST_NAME = 60  # characters of the place in an ID
LONGEST_WHO = 200


def add(record: Record, cells: Content, *, who: str = "", note: str = "") -> str:
    """Add an incident, and give the ID that it got: its state, its day and its place."""
    with record.edit(EDITED, who=_who(who), note=one_line(note)) as draft:
        id_ = _free_id(cells, draft)
        draft.put(INCIDENT, id_, {"id": id_} | cells)
    return id_


def correct(
    record: Record, id_: str, base: Content, cells: Content, dataset: Dataset, *, who: str = "", note: str = ""
) -> None:
    """Correct an incident; what somebody else has changed since, and nobody here, stays as they have made it.

    Parameters
    ----------
    base, cells
        The incident as it was when it was opened, and as it is to be.

    Raises
    ------
    QueryError
        Nothing was changed, or no reason is given.
    ConflictError
        Somebody else has changed the same field since, or has withdrawn the incident.
    """
    if cells == base:
        raise QueryError(_("Nothing has been changed."))
    reason = _reason(note)
    with record.edit(EDITED, who=_who(who), note=reason) as draft:
        now = _there(draft, id_, base)
        made, conflicts = merge(base, cells, now)
        if made is None or WHOLE in conflicts:
            raise ConflictError(_gone())
        if conflicts:
            raise ConflictError(_changed(conflicts))
        if now != base and (faults := faults_of(made, dataset)):
            message = _("It was changed elsewhere since, and with that it cannot be saved: {fault}")
            raise ConflictError(message.format(fault=faults[0].message))
        draft.put(INCIDENT, id_, made)


def withdraw(record: Record, id_: str, reason: str, *, who: str = "") -> None:
    """Withdraw an incident: it is kept with the reason, but is on no map and in no figure.

    Raises
    ------
    QueryError
        No reason is given.
    ConflictError
        It has been withdrawn already, or removed.
    """
    reason = _reason(reason)
    with record.edit(EDITED, who=_who(who), note=reason) as draft:
        now = _there(draft, id_, {})
        draft.put(INCIDENT, id_, now | {WITHDRAWN: reason})


def _there(draft: Draft, id_: str, base: Content) -> Content:
    """The incident as it is now; one that was withdrawn since is there no more."""
    now = draft.state(INCIDENT).get(id_)
    if now is None or (now.get(WITHDRAWN) and not base.get(WITHDRAWN)):
        raise ConflictError(_gone())
    return now


def _gone() -> str:
    return _("The incident has been withdrawn or removed since it was opened here.")


def _changed(conflicts: list[str]) -> str:
    names = [label_of(name) if name in BY_NAME else name for name in conflicts]
    message = _("{fields}: changed elsewhere since this was opened. Open it again to see how it is now.")
    return message.format(fields=listing(names))


def _free_id(cells: Content, draft: Draft) -> str:
    """The ID of a new incident as the data have them, with a number where it is taken."""
    taken = draft.state(INCIDENT)
    name = re.sub(r"[^a-z0-9]+", "-", plain(str(cells["place"]))).strip("-")[:LONGEST_NAME].strip("-")
    wanted = "-".join(filter(None, (str(cells["country"]), str(cells["date"]), name)))
    id_, turn = wanted, 1
    while id_ in taken:
        turn += 1
        id_ = f"{wanted}-{turn}"
    return id_


def _reason(text: str) -> str:
    reason = one_line(text)
    if not reason:
        raise QueryError(_("Give the reason."))
    if len(reason) > LONGEST_TEXT:
        raise QueryError(_("The reason has more than {limit} characters.").format(limit=LONGEST_TEXT))
    return reason


def _who(name: str) -> str:
    return one_line(name)[:LONGEST_WHO]
