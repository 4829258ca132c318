"""A person who has signed in: the name and the groups that a proxy or a provider vouches for."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.errors import SignInError
from dashboard.language import _

LONGEST_NAME = 200  # characters, as in the record


@dataclass(frozen=True)
class Person:
    """Somebody who has signed in, by the name under which roles are given and changes are recorded."""

    name: str
    groups: frozenset[str] = frozenset()


def person_called(name: object, groups: Iterable[object] = ()) -> Person:
    """Make a person of what was said of them.

    Raises
    ------
    SignInError
        The name is none that could stand in the record.
    """
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or not name.isprintable():
        raise SignInError(
            _(
                "The name under which you signed in cannot be used: it must be text of at most {most} characters. Ask "
                "who runs this server to have another one sent."
            ).format(most=LONGEST_NAME)
        )
    named = {group.strip() for group in groups if isinstance(group, str)}
    return Person(name.strip(), frozenset(named - {""}))
