"""Three versions of one thing made into one, field by field: neither of two people loses what they have done."""

from typing import Any

Content = dict[str, Any]  # the fields of one thing; a field that is empty is not there
WHOLE = "*"  # stands for all fields, where one side has removed the thing and the other has changed it


def merge(base: Content | None, theirs: Content | None, ours: Content | None) -> tuple[Content | None, list[str]]:
    """Apply to ours what theirs has changed since both were the same.

    Parameters
    ----------
    base, theirs, ours
        A thing as it was when both were the same, as somebody else has made it since, and as it is here; None where it
        is not there.

    Returns
    -------
    The thing as it is to be, and the fields that both have changed to something else: they stay as they are here.
    """
    if theirs in (base, ours):
        return ours, []
    if ours == base:
        return theirs, []
    if theirs is None or ours is None:
        return ours, [WHOLE]
    made, conflicts = dict(ours), []
    before = base or {}
    for name in {**ours, **theirs, **before}:
        now, new = ours.get(name), theirs.get(name)
        if new in (before.get(name), now):
            continue
        if now == before.get(name):
            _set(made, name, new)
        else:
            conflicts.append(name)
    return made, conflicts


def _set(content: Content, name: str, value: Any) -> None:
    if value is None:
        content.pop(name, None)
    else:
        content[name] = value
