"""The documents are true: every setting, command, file and example in them."""

import re
import shlex
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.commands.parser import make_parser
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.columns import CATEGORIES, OBJECT_TYPES, STATUSES
from dashboard.core.query.view import NAMES, View
from dashboard.core.saved_views.saved_view import read_views
from dashboard.render.text.handout import make_handout, metadata
from dashboard.settings import Settings
from tests import PROJECT

README = (PROJECT / "README.md").read_text("utf-8")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
PACKAGE = PROJECT / "dashboard"
EXAMPLES = re.findall(r"^\s*(python -m dashboard (?:sheet|check|deck|export|brief) .*)$", README, re.MULTILINE)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_setting_is_in_the_readme_with_its_help_and_default(name: str) -> None:
    field = Settings.model_fields[name]
    (line,) = (line for line in README.splitlines() if line.startswith(f"| `DASHBOARD_{name.upper()}` |"))
    assert field.description and field.description in line
    default = ", ".join(field.default) if isinstance(field.default, tuple) else str(field.default)
    in_words = (
        "access",
        "cookie_secret",
        "cookie_secret_file",
        "oidc_client_id",
        "oidc_client_secret",
        "oidc_client_secret_file",
        "oidc_issuer",
        "proxy_addresses",
        "roles",
        "data",
        "database",
        "editing",
        "sheets",
        "views",
        "template",
        "marking",
        "producer",
        "disclaimer",
        "hosts",
        "embed_origins",
        "metrics_port",
        "origins",
        "url",
    )
    assert f"| `{default}` |" in line or name in in_words


def test_every_command_is_in_the_readme() -> None:
    (commands,) = (action.choices for action in make_parser()._actions if action.choices)
    assert isinstance(commands, dict)
    for name, parser in commands.items():
        (line,) = (line for line in README.splitlines() if line.startswith(f"| `python -m dashboard {name}"))
        assert parser.description.split(";")[0].rstrip(".") in line.replace("`", "")


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.slow
@pytest.mark.usefixtures("read_already")
def test_example_of_the_readme_runs(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").symlink_to(PROJECT / "data")
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(example)[3:]) == 0


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 7


def test_list_of_views_in_the_readme_can_be_read(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "views.yaml").write_text(text, "utf-8")
    first, second = read_views(tmp_path / "views.yaml")
    assert first.notes == "What the speaker says to it."
    assert second.view.marking == "TLP:GREEN"


@pytest.mark.parametrize("name", NAMES)
def test_query_name_is_in_the_readme(name: str) -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    assert any(f"`{name}`" in row.split("|")[1] for row in rows)


@pytest.mark.parametrize("code", [*CATEGORIES, *OBJECT_TYPES, *STATUSES])
def test_value_of_a_query_is_in_the_readme(code: str) -> None:
    assert f"`{code}`" in README


@pytest.mark.parametrize(
    "document", [*PROJECT.glob("*.md"), *sorted(PROJECT.glob("*/*.md"))], ids=lambda path: path.name
)
def test_links_of_a_document_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


def test_files_that_contributing_names_exist() -> None:
    named = re.findall(r"`([\w./-]+(?:\.(?:py|js|css|md)|/))`", CONTRIBUTING)
    assert len(named) > 30
    assert not {name for name in named if not any((folder / name).exists() for folder in (PROJECT, PACKAGE))}


def test_contributing_tells_seven_steps_of_a_click() -> None:
    (way,) = re.findall(r"## The way of a click\n(.*?)\n## ", CONTRIBUTING, re.DOTALL)
    assert re.findall(r"^(\d)\. ", way, re.MULTILINE) == list("1234567")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_has_the_targets_that_a_document_names(name: str) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"\bmake (\w+)(?:`|  +#| +#)", (PROJECT / name).read_text("utf-8"))):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_design_shows_the_layout_as_it_is() -> None:
    design = (PROJECT / "docs" / "design.md").read_text("utf-8")
    package = PROJECT / "dashboard"
    for file in package.rglob("*.py"):
        if file.name != "__init__.py":
            assert re.search(rf"\b{re.escape(file.name)}\b", design), file.relative_to(package)


def test_code_and_data_say_their_licences(shipped: Dataset) -> None:
    assert "Apache License" in (PROJECT / "LICENSE").read_text("utf-8").splitlines()[1]
    assert tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["license"] == "Apache-2.0"
    handout = make_handout(shipped, View(), datetime(2026, 10, 4, tzinfo=UTC))
    told = dict(metadata(handout))["Sources and licences"]
    assert all(words in told for words in ("Incidents: CC BY 4.0.", "ODbL", "GeoNames (CC BY 4.0)"))
