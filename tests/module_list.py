"""The list of modules in ``docs/design.md``, made from their first lines; ``python -m tests.module_list`` writes it."""

import ast
import re
from pathlib import Path

from tests import PROJECT

PACKAGE = PROJECT / "dashboard"
DESIGN = PROJECT / "docs" / "design.md"
_LIST = re.compile(r"(<!-- modules: begin.*? -->\n).*?(<!-- modules: end -->)", re.DOTALL)


def first_line(file: Path) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n")[0]


def modules_listed() -> str:
    """Every module by folder, as a list in Markdown."""
    lines = []
    for folder in sorted({file.parent for file in PACKAGE.rglob("*.py")}):
        name = folder.relative_to(PROJECT).as_posix()
        lines += ["", f"**`{name}/`** {first_line(folder / '__init__.py')}", ""]
        files = sorted(file for file in folder.glob("*.py") if file.name != "__init__.py")
        lines += [f"- `{file.name}`: {first_line(file)}" for file in files]
    return "\n".join([*lines[1:], ""])


def design_with_modules(text: str) -> str:
    """The text of ``docs/design.md`` with the list as it is now."""
    return _LIST.sub(lambda found: f"{found[1]}\n{modules_listed()}\n{found[2]}", text)


if __name__ == "__main__":
    DESIGN.write_text(design_with_modules(DESIGN.read_text("utf-8")), "utf-8")
