"""Changes of the saved views: their kinds, and each in words."""

from dashboard.core.record.record import Change
from dashboard.language import _, ngettext, number

SAVED, EDITED, MOVED, DELETED = "view_saved", "view_edited", "view_moved", "view_deleted"
REPLACED, TAKEN_IN = "views_replaced", "views_taken_in"
KINDS = (SAVED, EDITED, MOVED, DELETED, REPLACED, TAKEN_IN)
# Facts of a change: the name of the view, its new one where that was changed, and how many views were replaced.
NAME, RENAMED, COUNT = "view", "renamed", "replaced"


def change_of_views(change: Change) -> str:
    """A change as the history lists it."""
    if change.kind == TAKEN_IN:
        return _("Saved views taken in from {file}").format(file=change.source)
    if change.kind == REPLACED:
        return _("Saved views replaced by those of {file}").format(file=change.source)
    if change.kind == EDITED and (name := change.facts.get(RENAMED)):
        return _("Saved view renamed: {name} (was {before})").format(name=name, before=change.facts.get(NAME, ""))
    phrases = {
        SAVED: _("Saved view added: {name}"),
        EDITED: _("Saved view edited: {name}"),
        MOVED: _("Saved view moved: {name}"),
        DELETED: _("Saved view deleted: {name}"),
    }
    return phrases[change.kind].format(name=change.facts.get(NAME, ""))


def undoing_in_words(change: Change) -> str:
    """A change that is undone, as a phrase."""
    phrases = {
        SAVED: _("saving “{name}”"),
        EDITED: _("the edit of “{name}”"),
        MOVED: _("moving “{name}”"),
        DELETED: _("deleting “{name}”"),
    }
    if change.kind in phrases:
        return phrases[change.kind].format(name=change.facts.get(RENAMED) or change.facts.get(NAME, ""))
    count = int(change.facts.get(COUNT, 0))
    message = ngettext("the upload that replaced {count} view", "the upload that replaced {count} views", count)
    return message.format(count=number(count))
