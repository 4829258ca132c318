"""Words that gave way to the terms of the field are in no text of the program, wherever people would read it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DASHBOARD = Path(__file__).parents[1] / "dashboard"
RETIRED = re.compile(
    r"\bt(?:ake|akes|aken|aking) away\b|\bnearer\b|\bfarther\b|growing total|moving window|\bupright\b|for a cable|"
    r"\b(?:the|a) look\b|\bhollow\b|\bon the ground\b|deepest entry|depth inside|came from|how sure|\bis accurate\b|"
    r"accuracy of the place|place's accuracy|no attribution noted|by the state\b|by the report|with their count|"
    r"flank's limit|\bfinds\b|quiet time|some day\b|information to\b|what changed|as delivered|two periods|"
    r"length of a step|notes to this view|open a sheet again|somebody|meanwhile|handed over|rows? of the data|"
    r"^(?:in words|look|system|contrast|finding|earlier|now|none|views|incursion|record|download yaml)$",
    re.IGNORECASE,
)
VIEWS_OF_A_DECK = ("cover_and_closing.py", "Views")  # which need not be saved ones


def texts() -> Iterator[tuple[str, str]]:
    """Every text for people with its file: what goes through gettext, and the help of commands and settings."""
    for file in sorted(DASHBOARD.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            parts = list(node.args) if name in ("_", "ngettext", "command") else []
            parts += [one.value for one in node.keywords if one.arg in ("help", "description")]
            for part in parts:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield file.name, part.value


def test_no_text_has_a_retired_word() -> None:
    all_ = list(texts())
    assert not [text for text in all_ if RETIRED.search(text[1]) and text != VIEWS_OF_A_DECK]
    assert len(all_) > 1000  # the search itself has found them


@pytest.mark.parametrize("text", ["Take away", "Down on the ground: 3", "Information to {time}", "None", "Nearer"])
def test_retired_words_are_recognised(text: str) -> None:
    assert RETIRED.search(text)
