"""Roles: what who has signed in may do, by lists of names and groups in a file."""

import logging
import tomllib
from enum import IntEnum
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.access.person import Person
from dashboard.errors import AccessError, MissingFileError, UnreadableFileError
from dashboard.language import _
from dashboard.settings import settings

_log = logging.getLogger(__name__)


class Role(IntEnum):
    """Roles, each of which may do all that those before it may."""

    VIEWER = 1  # sees and takes away everything
    BRIEFER = 2  # changes the saved views
    EDITOR = 3  # adds, corrects and withdraws incidents
    KEEPER = 4  # imports, and looks after the server


class _Holders(BaseModel):
    """Those who have a role."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    names: list[str] = []
    groups: list[str] = []
    everyone: bool = False

    def include(self, person: Person) -> bool:
        """Tell whether a person is one of them."""
        return self.everyone or person.name in self.names or not person.groups.isdisjoint(self.groups)


class _Roles(BaseModel):
    """The file: for each role those who have it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    viewer: _Holders = _Holders()
    briefer: _Holders = _Holders()
    editor: _Holders = _Holders()
    keeper: _Holders = _Holders()

    def of(self, person: Person) -> Role | None:
        """The highest role of a person, None for who has none."""
        return next((role for role in reversed(Role) if getattr(self, role.name.lower()).include(person)), None)


def role_of(person: Person) -> Role:
    """Look up the role of a person in the file as it is now.

    Raises
    ------
    AccessError
        They have none, or the file cannot be read at the moment, so that nobody has one.
    """
    path = settings().roles
    try:
        role = read_roles(path).of(person) if path else None
    except (MissingFileError, UnreadableFileError) as error:
        _log.error("%s", error)
        message = _("Nobody can be let in: the list of roles cannot be read. The server's log says why.")
        raise AccessError(message) from error
    if role is None:
        raise AccessError(
            _("You are signed in as {name}, but that name has no role here. Ask who keeps this map for one.").format(
                name=person.name
            )
        )
    return role


def read_roles(path: Path) -> _Roles:
    """Read the file of roles, again when it has changed.

    Raises
    ------
    MissingFileError
        It is not there.
    UnreadableFileError
        It is not TOML, or says something else than who has which role.
    """
    try:
        found = path.stat()
        return _read(path, (found.st_mtime_ns, found.st_size, found.st_ino))
    except OSError as error:
        message = _("The list of roles {path} cannot be read: {error}. DASHBOARD_ROLES names it.")
        raise MissingFileError(message.format(path=path, error=error.strerror)) from error


@lru_cache(maxsize=1)
def _read(path: Path, _state: tuple[int, int, int]) -> _Roles:
    try:
        return _Roles.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = _(
            "The list of roles {path} cannot be used: {place}: {problem}. It has the tables viewer, briefer, editor "
            'and keeper, each with names = ["…"], groups = ["…"] or everyone = true.'
        )
        raise UnreadableFileError(message.format(path=path, place=place, problem=first["msg"])) from error
    except ValueError as error:  # of TOML or of the text's encoding
        message = _("The list of roles {path} is not TOML: {error}.")
        raise UnreadableFileError(message.format(path=path, error=error)) from error
