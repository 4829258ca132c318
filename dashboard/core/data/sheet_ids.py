"""The register of sheets: what the ID of each sheet stands for, so that typing it brings the sheet back as it was.

An ID is made from the view and the data alone: the same view of the same data always has the same one, whoever asks.
It is too short to hold the view, so each is noted in the record with the moment of its data; the link of a sheet holds
all of the view and needs no register.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select

from dashboard.core.data.dataset import Dataset
from dashboard.core.query.view import View, parse_query_string
from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.tables import SHEET
from dashboard.errors import DashboardError, QueryError
from dashboard.language import _, ngettext, number

# Crockford's base 32 has no letter that is read as another or as a digit: crockford.com/base32.html
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
LENGTH = 8
_BITS = 5  # of a sign


@dataclass(frozen=True)
class Entry:
    """The view and data of a sheet.

    moment
        The number of the last change of the record up to then, or 0 where it is not known.
    fingerprint
        Of the data at the time, as :class:`dashboard.core.data.dataset.Dataset` has it.
    incidents
        The number of incidents that the view showed.
    """

    id: str
    view: View
    moment: int
    fingerprint: str
    incidents: int


def sheet_id(view: View, fingerprint: str) -> str:
    """The ID of a view of the data with this fingerprint: ``7F3K-Q2XD``."""
    digest = hashlib.sha256(f"{view.query_string()}\n{fingerprint}".encode()).digest()
    value = int.from_bytes(digest) >> (8 * len(digest) - _BITS * LENGTH)
    signs = "".join(SIGNS[value >> _BITS * place & 31] for place in reversed(range(LENGTH)))
    return f"{signs[:4]}-{signs[4:]}"


def read_id(text: str) -> str:
    """An ID as somebody typed it, in its own spelling.

    Raises
    ------
    QueryError
        It cannot be an ID.
    """
    signs = re.sub(r"[\s-]", "", text).upper().translate(_MISREAD)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        raise QueryError(
            _("{text!r} is not the ID of a sheet; expected eight letters and digits such as 7F3K-Q2XD.").format(
                text=text[:40]
            )
        )
    return f"{signs[:4]}-{signs[4:]}"


class SheetRegister:
    """The register in the database of a record. Every method raises StorageError where it cannot be used."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def note(self, view: View, dataset: Dataset) -> None:
        """Note what the ID of a view of data stands for; what is there already is not changed."""
        id_ = sheet_id(view, dataset.fingerprint)
        there = select(SHEET.c.id).where(SHEET.c.id == id_)
        with reading(self._engine) as connection:
            if connection.execute(there).first():
                return
        row = {
            "id": id_,
            "query": view.query_string(),
            "moment": max([dataset.moment, *(release.number for release in dataset.releases)]),
            "fingerprint": dataset.fingerprint,
            "incidents": len(dataset.select(view)),
            "at": datetime.now(UTC).replace(tzinfo=None),
        }
        with writing(self._engine) as connection:
            if not connection.execute(there).first():  # nobody else has done it meanwhile
                connection.execute(insert(SHEET).values(row))

    def recall(self, text: str) -> Entry:
        """Find what the sheet with an ID showed.

        Raises
        ------
        QueryError
            It is not an ID, or no such sheet is noted here.
        """
        id_ = read_id(text)
        with reading(self._engine) as connection:
            row = connection.execute(select(SHEET).where(SHEET.c.id == id_)).first()
        if row is None:
            message = _("No sheet {id} was made here. Check its letters, or open the link in the file's properties.")
            raise QueryError(message.format(id=id_))
        try:
            view, _notices = parse_query_string(row.query)
        except ValueError as error:
            raise QueryError(_("The note on sheet {id} cannot be read.").format(id=id_)) from error
        return Entry(id_, view, row.moment, row.fingerprint, row.incidents)


def as_it_was(entry: Entry, now: Dataset) -> Dataset:
    """The data of a sheet as they were, for its view; as they are now where the record does not have them any more."""
    try:
        if now.at(entry.view).fingerprint == entry.fingerprint:
            return now
        if now.states and (moment := entry.moment or now.states.change_of(entry.fingerprint)):
            then = now.states.after(moment)
            if then.fingerprint == entry.fingerprint:
                return then
    except DashboardError:  # what_changed says so
        pass
    return now


def what_changed(entry: Entry, now: Dataset) -> str:
    """A warning that the data have changed since a sheet was made, or empty."""
    try:
        dataset = now.at(entry.view)
        if entry.fingerprint == dataset.fingerprint:
            return ""
        count = len(dataset.select(entry.view))
    except DashboardError as error:  # the release since which it showed changes is not here any more
        message = ngettext(
            "The data have changed since this sheet was made: it showed {then} incident. {error}",
            "The data have changed since this sheet was made: it showed {then} incidents. {error}",
            entry.incidents,
        )
        return message.format(then=number(entry.incidents), error=error)
    return ngettext(
        "The data have changed since this sheet was made: it showed {then} incident, the same view now shows {now}.",
        "The data have changed since this sheet was made: it showed {then} incidents, the same view now shows {now}.",
        entry.incidents,
    ).format(then=number(entry.incidents), now=number(count))
