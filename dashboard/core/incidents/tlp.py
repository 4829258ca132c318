"""Labels of the Traffic Light Protocol 2.0 (first.org/tlp), recognised however they are written."""

import re
from collections.abc import Collection
from difflib import get_close_matches

GUARDED = ("TLP:RED", "TLP:AMBER+STRICT")  # of a server, which no view can lower
LIMITING = (*GUARDED, "TLP:AMBER")  # beside a national marking the others would only confuse
LONGEST = 80  # characters of a marking
LABELS = ("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR")  # the strictest first
_WORDS = {re.sub(r"[^A-Z]", "", label.removeprefix("TLP:")): label for label in LABELS}
_OLD = {"WHITE": "TLP:CLEAR"}  # of version 1.0
ALIKE = 0.8  # from this ratio of difflib on a word may be a misspelt label: AMBR, GREN, CLEAN, not RESTRICTED


def spelt_out(marking: str) -> str:
    """The label that a marking means, however it is written (``amber``, ``tlp amber``); any other text as it is."""
    return _WORDS.get(_word(marking), marking)


def label_meant(marking: str) -> str:
    """The label of which a marking is a near miss (``AMBR``, ``TLP:WHITE``), or empty.

    Whatever begins with TLP and is no label is one.
    """
    word = _word(marking)
    if not word or marking in LABELS or word in _WORDS:
        return ""
    if word in _OLD:
        return _OLD[word]
    known = {**{word: label for label, word in zip(_WORDS.values(), _WORDS, strict=True)}, **_OLD}
    claims = bool(_CLAIM.match(marking))
    close = get_close_matches(word, known, 1, 0.0 if claims else ALIKE)
    return known[close[0]] if close else ""


_CLAIM = re.compile(r"\s*TLP\b", re.IGNORECASE)


def _word(marking: str) -> str:
    """The letters of a marking without the TLP at its front."""
    return re.sub(r"[\s:+_-]", "", _CLAIM.sub("", marking)).upper()


def strictest(labels: Collection[str]) -> str:
    """The strictest of some labels, or empty where there is none."""
    return min(labels, key=LABELS.index, default="")


def joined(marking: str, label: str) -> str:
    """A marking that is no less than a label: the stricter of two labels; any other text with a label that limits."""
    if not label or not marking:
        return label or marking
    if marking in LABELS:
        return strictest((marking, label))
    if label not in LIMITING:
        return marking
    return marking if marking.endswith(label) else f"{marking[: LONGEST - len(label) - 3].rstrip()} / {label}"
