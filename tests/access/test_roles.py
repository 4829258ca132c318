"""Roles come from a file, as it is at the moment."""

from pathlib import Path

import pytest

from dashboard.access.person import Person
from dashboard.access.roles import Role, read_roles, role_of
from dashboard.errors import AccessError, MissingFileError, UnreadableFileError

ANNA, BEN = Person("anna@example.org"), Person("ben@example.org", frozenset({"staff"}))


@pytest.mark.parametrize(
    ("person", "role"),
    [
        (ANNA, Role.KEEPER),
        (BEN, Role.VIEWER),
        (Person("cleo@example.org"), Role.BRIEFER),
        (Person("x@example.org", frozenset({"map-editors"})), Role.EDITOR),
        (Person("anna@example.org", frozenset({"staff"})), Role.KEEPER),  # the highest of several
    ],
)
@pytest.mark.usefixtures("proxy")
def test_role_comes_by_name_or_group(person: Person, role: Role) -> None:
    assert role_of(person) is role


@pytest.mark.parametrize("name", ["nobody@example.org", "Anna@example.org", "staff", "map-editors"])
@pytest.mark.usefixtures("proxy")
def test_who_is_in_no_list_has_no_role_and_is_told_the_name(name: str) -> None:
    with pytest.raises(AccessError, match=f"signed in as {name}, but that name has no role here"):
        role_of(Person(name))


@pytest.mark.usefixtures("proxy")
def test_role_that_was_taken_away_is_gone_and_a_new_one_is_there(roles: Path) -> None:
    assert role_of(ANNA) is Role.KEEPER
    roles.write_text('[editor]\nnames = ["dora@example.org"]\n[viewer]\neveryone = true\n', "utf-8")
    assert role_of(ANNA) is Role.VIEWER
    assert role_of(Person("dora@example.org")) is Role.EDITOR


@pytest.mark.usefixtures("proxy")
def test_nobody_has_a_role_while_the_file_cannot_be_read(roles: Path, caplog: pytest.LogCaptureFixture) -> None:
    roles.write_text('[keeper]\nnames = ["anna@example.org"', "utf-8")
    with pytest.raises(AccessError, match="Nobody can be let in"):
        role_of(ANNA)
    assert "is not TOML" in caplog.text
    assert "anna" not in caplog.text
    roles.unlink()
    with pytest.raises(AccessError, match="Nobody can be let in"):
        role_of(ANNA)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[admin]\neveryone = true", "admin: Extra inputs are not permitted"),
        ("[viewer]\nname = ['x']", "viewer.name: Extra inputs"),
        ("[viewer]\nnames = 'x'", "viewer.names: Input should be a valid list"),
        ("[viewer]\neveryone = 'no'", "viewer.everyone: Input should be a valid boolean"),
        ("[viewer]\nnames = [1]", "viewer.names.0: Input should be a valid string"),
        ("[viewer\nx", "is not TOML: .*line 1"),
    ],
)
def test_file_that_says_something_else_is_refused_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "roles.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UnreadableFileError, match=told):
        read_roles(file)


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"nowhere.toml cannot be read: No such file or directory"):
        read_roles(tmp_path / "nowhere.toml")
