"""Making of a release: the data as they are now get a name in the record."""

from datetime import UTC, datetime

from dashboard.core.data.recorded import RecordedData
from dashboard.core.data.releases import LONGEST_NOTE, Release, name_of
from dashboard.core.query.view import one_line
from dashboard.core.record.record import NOUNS_OF_DATA, RELEASED
from dashboard.errors import ConflictError, QueryError, UnreadableFileError
from dashboard.language import _, number


def make_release(recorded: RecordedData, now: datetime, note: str = "", who: str = "") -> Release:
    """Give the data as they are now a name.

    Rows with a fault are in it as they are; they are counted as set aside.

    Parameters
    ----------
    now
        When it is made, with its time zone.
    note
        A word on it, at most ``LONGEST_NOTE`` characters.
    who
        The name of who makes it, or empty.

    Raises
    ------
    UnreadableFileError
        There is no incident that could be used.
    QueryError
        The same data are a release already, or the note is too long.
    ConflictError
        The data changed meanwhile.
    """
    note = one_line(note)
    if len(note) > LONGEST_NOTE:
        message = _("The note has {length} characters, more than {longest}.")
        raise QueryError(message.format(length=number(len(note)), longest=number(LONGEST_NOTE)))
    data = recorded.now()
    if data.incidents.empty:
        message = _("{folder} has no incident that could be used; check it first.")
        raise UnreadableFileError(message.format(folder=recorded.folder))
    if data.release:
        raise QueryError(_("The same data are a release already: {name}.").format(name=data.release.name))
    created = now.astimezone(UTC).replace(microsecond=0)
    release = Release(
        name=name_of(created, data.fingerprint),
        created=created,
        fingerprint=data.fingerprint,
        rows=data.rows,
        incidents=len(data.incidents),
        withdrawn=len(data.withdrawn),
        cutoff=data.about.cutoff,
        note=note,
        friendly=len(data.friendly),
    )
    states = {noun: recorded.record.state(noun, data.moment) for noun in NOUNS_OF_DATA}
    with recorded.record.edit(RELEASED, who=who, name=release.name, note=note, at=now) as draft:
        if any(draft.state(noun) != states[noun] for noun in NOUNS_OF_DATA):
            raise ConflictError(_("The data changed in the meantime; try again."))
        draft.facts |= {"fingerprint": release.fingerprint, "release": release.facts}
    return recorded.now().releases[-1]
