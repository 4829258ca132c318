"""Tokens: what other systems show to read from the dashboard, each its own, kept as hashes.

A token is 32 random bytes, so that nobody finds one by trying, however quickly SHA-256 is worked out: the slow hashes
for passwords, which people choose, would only make each request slower.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from dashboard.core.query.view import one_line
from dashboard.core.record.database import engine, reading, writing
from dashboard.core.record.tables import TOKEN
from dashboard.errors import ConflictError, QueryError, StorageError
from dashboard.language import _

LONGEST_NAME = 80  # characters
NOTED_EVERY = timedelta(minutes=1)  # the last use is written at most so often


@dataclass(frozen=True)
class KnownToken:
    """A token as far as it is kept: the name of the system, when it was made and last used, in UTC."""

    name: str
    made: datetime
    used: datetime | None


class Tokens:
    """The tokens in the database of a record. Every method raises StorageError where it cannot be used."""

    def __init__(self, url: str) -> None:
        self._engine = engine(url)

    def add(self, name: str) -> str:
        """Make a token for a system and give it: nobody can find it out again.

        Raises
        ------
        QueryError
            The name is empty or too long.
        ConflictError
            A system of that name has one.
        """
        name = one_line(name)
        if not 0 < len(name) <= LONGEST_NAME:
            message = _("The name of a system has 1 to {most} characters, such as situation-centre.")
            raise QueryError(message.format(most=LONGEST_NAME))
        token = secrets.token_urlsafe(32)
        row = {"name": name, "digest": _digest(token), "made": _now(), "used": None}
        with writing(self._engine) as connection:
            if connection.execute(select(TOKEN.c.name).where(TOKEN.c.name == name)).first():
                message = _("{name} has a token already. Revoke that one first, or give the new one another name.")
                raise ConflictError(message.format(name=name))
            connection.execute(insert(TOKEN).values(row))
        return token

    def known(self) -> list[KnownToken]:
        """Every token that holds, by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(TOKEN).order_by(TOKEN.c.name)).all()
        return [
            KnownToken(row.name, row.made.replace(tzinfo=UTC), row.used.replace(tzinfo=UTC) if row.used else None)
            for row in rows
        ]

    def revoke(self, name: str) -> None:
        """Take a system's token away: its next request is refused.

        Raises
        ------
        QueryError
            No system of that name has one.
        """
        with writing(self._engine) as connection:
            gone = connection.execute(delete(TOKEN).where(TOKEN.c.name == one_line(name)))
        if not gone.rowcount:
            raise QueryError(_("There is no token of {name!r}; 'token list' has them all.").format(name=name[:100]))

    def owner(self, token: str) -> str:
        """The name of the system whose token this is, or empty; its use is noted."""
        asked, found = _digest(token), None
        with reading(self._engine) as connection:
            for row in connection.execute(select(TOKEN)):
                if hmac.compare_digest(row.digest, asked):
                    found = row
        if found is None:
            return ""
        if found.used is None or _now() - found.used >= NOTED_EVERY:
            with suppress(StorageError), writing(self._engine) as connection:  # a full disk still lets read
                connection.execute(update(TOKEN).where(TOKEN.c.digest == asked).values(used=_now()))
        return str(found.name)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
