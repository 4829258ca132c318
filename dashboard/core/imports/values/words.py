"""Words for the codes of our vocabularies, as lists of the flank write them."""

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

from dashboard.core.imports.values.meaning import EMPTY, Meaning, Understood, one
from dashboard.core.incidents.columns import BY_NAME, GIVEN
from dashboard.core.incidents.vocabulary import WORDS, word
from dashboard.core.saved_views.yaml_file import read_yaml
from dashboard.language import _, plain

_MODEL = "model"
_TYPE = "object_type"
_NEGATIONS = frozenset(
    ["no", "not", "nie", "ne", "net", "nav", "nera", "ei", "ikke", "nu", "nem", "ni", "kein", "keine"]
)
_AT_SEA = frozenset(["sea", "naval", "maritime", "surface", "underwater"])  # such a drone is no aircraft
_PARTS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@cache
def _words() -> dict[str, dict[str, frozenset[str]]]:
    """The codes that a word can mean, by field and by the word in small letters without marks."""
    text = (files("dashboard.core.imports.values") / "words.yaml").read_text("utf-8")
    found: dict[str, dict[str, set[str]]] = {}
    for field, codes in read_yaml(text, "words.yaml").items():
        of_field = found.setdefault(field, {})
        for code, words in codes.items():
            for name in words.split(","):
                of_field.setdefault(plain(name), set()).add(code)
    for field, codes in WORDS.items():
        if field in BY_NAME and BY_NAME[field].codes:
            for code, name in codes.items():
                if code:
                    found.setdefault(field, {})[plain(name)] = {code}
    for column in GIVEN:
        if column.codes and not column.states:
            found.setdefault(column.name, {}).update({plain(code): {code} for code in column.codes})
    return {field: {name: frozenset(codes) for name, codes in of_field.items()} for field, of_field in found.items()}


def read_word(text: str, field: str) -> Understood:
    """Read a word for a code.

    Parameters
    ----------
    field
        A column of ours that holds codes, but not states.

    Returns
    -------
    One meaning where the cell is a word that is known; several where it has several; none where it is not known. Of
    objects it is enough that all words in it that are known have the same code, and the name of a type gives ``model``
    as well; elsewhere a word more may turn the meaning round.
    """
    text = " ".join(text.split())
    if not text:
        return EMPTY
    if BY_NAME[field].several:
        return _read_several(text, field)
    known = _words().get(field, {})
    types = _words()[_MODEL]
    whole = plain(text)
    if codes := known.get(whole) or known.get(whole.replace("_", " ")):
        return _of_codes(field, sorted(codes))
    parts = [plain(part) for part in _PARTS.findall(text)]
    if field != _TYPE or not (_NEGATIONS | _AT_SEA).isdisjoint(parts):
        return _not_known(field)
    named = {code for part in parts for code in types.get(part, ())}
    if len(named) == 1:
        code = named.pop()
        return one({field: code, _MODEL: text} if code != whole else {field: code}, word(field, code))
    phrases = [f"{one_} {other}" for one_, other in pairwise(parts)]
    codes = frozenset(code for part in (phrases + parts) for code in known.get(part, ()))
    certain = codes - {"unknown"} or codes  # "object" beside "drone" says nothing more
    return _of_codes(field, sorted(certain)) if certain else _not_known(field)


def _of_codes(field: str, codes: list[str]) -> Understood:
    return Understood(tuple(Meaning({field: code}, word(field, code)) for code in codes))


def _not_known(field: str) -> Understood:
    expected = _("expected one of {values}").format(values=", ".join(BY_NAME[field].codes))
    return Understood((), expected, _("Say what the word means"))


def _read_several(text: str, field: str) -> Understood:
    """Read words of which a cell may have more than one."""
    known = _words().get(field, {})
    codes: list[str] = []
    whole = known.get(plain(text))
    for part in [text] if whole else re.split(r"\s*[,;/+]\s*", text):
        found = known.get(plain(part))
        if not found and all(plain(each) in known for each in part.split()):
            found = frozenset(code for each in part.split() for code in known[plain(each)])
        if not found:
            return _not_known(field)
        codes += [code for code in sorted(found) if code not in codes]
    text = " ".join(codes)
    return one({field: text}, word(field, text))
