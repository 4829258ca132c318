"""Findings of the doctor: what of a set-up was looked at, how it is, and the remedy where it is not well."""

import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboard.language import _, ngettext, number

WIDTH = 100  # columns of the text
INDENT = 9


class State(StrEnum):
    """The state of a part of the set-up."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"  # the dashboard does not run, or shows something wrong


@dataclass(frozen=True)
class Finding:
    """A finding about one part of the set-up; a remedy is a whole sentence."""

    part: str
    state: State
    words: str
    remedy: str = ""


Check = Callable[[], Iterator[Finding]]


def ok(part: str, words: str) -> Finding:
    """A part that is well."""
    return Finding(part, State.OK, words)


def warning(part: str, words: str, remedy: str) -> Finding:
    """A part that works, but perhaps not as it is meant."""
    return Finding(part, State.WARNING, words, remedy)


def fault(part: str, words: str, remedy: str) -> Finding:
    """A part that does not work."""
    return Finding(part, State.FAULT, words, remedy)


def in_words(findings: Iterable[Finding]) -> Iterator[str]:
    """Lines of text: each finding with its remedy."""
    for finding in findings:
        yield _wrapped(f"{finding.state:<{INDENT - 1}} {finding.part}: {finding.words}")
        if finding.remedy:
            yield _wrapped(f"{'':{INDENT}}{finding.remedy}")


def summary(findings: list[Finding]) -> str:
    """The findings in a sentence."""
    faults = sum(finding.state == State.FAULT for finding in findings)
    warnings = sum(finding.state == State.WARNING for finding in findings)
    if not faults and not warnings:
        return _("All is well.")
    return _("{faults}, {warnings}.").format(
        faults=ngettext("{count} fault", "{count} faults", faults).format(count=number(faults)),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=number(warnings)),
    )


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent=" " * INDENT, break_long_words=False, break_on_hyphens=False)
