"""A list of entries in YAML: read without trusting it, and written for people."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from dashboard.core.incidents.problems import LONGEST_VALUE
from dashboard.core.query.view import one_line
from dashboard.errors import QueryError
from dashboard.language import _

DEEPEST = 4  # mapping, list, entry, and one to spare for a message that says what is wrong


def read_yaml(text: str, name: str) -> Any:
    """Read a text in YAML: lists, mappings and texts, and None where a value is empty; nothing else.

    Parameters
    ----------
    name
        Of the file, for the message.

    Raises
    ------
    QueryError
        It is not YAML, or it could take much time and memory.
    """
    try:
        problems = list(_dangers(text))
        content = None if problems else yaml.load(text, Loader=_Loader)  # noqa: S506 - it makes nothing but text
    except yaml.YAMLError as error:
        problems = [_("It is not YAML: {error}.").format(error=_said(error))]
    except (ValueError, OverflowError) as error:  # such as the sign "\\UFFFFFFFF"
        problems = [_("A value cannot be read: {error}. Write text in quotes.").format(error=short(str(error)))]
    if problems:
        raise QueryError(_("{path} cannot be used. {problems}").format(path=name, problems=" ".join(problems)))
    return content


def write_yaml(content: Sequence[Mapping[str, str]] | Mapping[str, Any]) -> str:
    """Entries or one mapping as people write them: a key a line, and a text of several lines as such."""
    return yaml.dump(
        dict(content) if isinstance(content, Mapping) else [dict(entry) for entry in content],
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=float("inf"),
    )


class _Loader(yaml.SafeLoader):
    """A loader that takes every value for the text that it is, but an empty one for None."""


_NULL = "tag:yaml.org,2002:null"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == _NULL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Dumper(yaml.SafeDumper):
    """A dumper that writes a text of several lines as a block."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _dangers(text: str) -> Iterator[str]:
    """Find what must not be in the file before anything is made of it: aliases multiply, and depth is work."""
    frames: list[_Frame] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            yield _("Line {line}: aliases (*{name}) are not read. Write the value out.").format(
                line=line, name=short(str(event.anchor))
            )
            return
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            yield _("Line {line}: anchors (&{name}) are not read. Leave it out.").format(
                line=line, name=short(str(event.anchor))
            )
            return
        if tag := getattr(event, "tag", None):
            yield _("Line {line}: tags ({name}) are not read. Write text in quotes.").format(line=line, name=short(tag))
            return
        if isinstance(event, yaml.NodeEvent) and frames and (twice := frames[-1].key_twice(event)):
            yield _("Line {line}: the key {key} is there twice. Keep one of them.").format(line=line, key=shown(twice))
        if isinstance(event, yaml.CollectionStartEvent):
            frames.append(_Frame(mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            frames.pop()
        if len(frames) > DEEPEST:
            yield _("Line {line}: lists in lists are not views. Write one list of entries.").format(line=line)
            return


class _Frame:
    """A list or a mapping while its events pass, with the keys seen so far."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping, self.at_key, self.keys = mapping, False, set[str]()

    def key_twice(self, event: yaml.NodeEvent) -> str:
        """Take the next node in; gives it where it is a key that was there already, else nothing."""
        self.at_key = self.mapping and not self.at_key
        if not self.at_key or not isinstance(event, yaml.ScalarEvent):
            return ""
        key = str(event.value)
        twice = key if key in self.keys else ""
        self.keys.add(key)
        return twice


def _said(error: yaml.YAMLError) -> str:
    """The message of the YAML parser on one line, with the place."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return _("line {line}, column {column}: {problem}").format(
            line=error.problem_mark.line + 1,
            column=error.problem_mark.column + 1,
            problem=short(str(error.problem)),
        )
    return short(str(error))


def shown(value: Any) -> str:
    """A value of the file as a message repeats it, or what it is where that says more."""
    if value is None:
        return _("empty")
    if isinstance(value, dict):
        return _("a mapping")
    if isinstance(value, list):
        return _("a list")
    return repr(short(str(value)))


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    return one_line(text)[:LONGEST_VALUE]
