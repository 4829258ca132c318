"""The commands for the record: its history, undoing, backup and restoring."""

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.user import user
from dashboard.language import _, ngettext, number
from dashboard.settings import settings

if TYPE_CHECKING:
    from dashboard.core.record.record import Record

# Libraries are imported where they are needed, so that each command starts quickly.


def record() -> "Record":
    """The record that the settings name."""
    from dashboard.core.record.record import Record

    return Record(settings().record)


def history(options: argparse.Namespace) -> int:
    """List the changes of the record, the newest first."""
    from dashboard.render.text.history import change_in_words

    changes = record().changes(most=options.most)
    for change in changes:
        print(change_in_words(change))
    if not changes:
        print(_("The record has no change yet. The first start of the app, or any other command, takes the data in."))
    return 0


def undo(options: argparse.Namespace) -> int:
    """Undo a change of the record."""
    from dashboard.core.record.undo import undo as undo_change
    from dashboard.render.text.history import change_in_words

    found = record()
    done = undo_change(found.by(user()), options.change, note=options.note, partly=options.partly)
    print(change_in_words(found.change(done)))
    return 0


def backup(options: argparse.Namespace) -> int:
    """Write the whole record into a file."""
    from dashboard.core.data.backup import backup as write_backup

    count = write_backup(settings().record, options.file)
    message = ngettext(
        "{file} has the record with {count} change.", "{file} has the record with {count} changes.", count
    )
    print(message.format(file=options.file, count=number(count)))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Fill the record from a backup."""
    from dashboard.core.data.backup import restore as fill_from

    count = fill_from(settings().record, options.file, replace=options.replace)
    message = ngettext(
        "The record is what is in {file}, with {count} change. An app that is running shows it within ten seconds.",
        "The record is what is in {file}, with {count} changes. An app that is running shows it within ten seconds.",
        count,
    )
    print(message.format(file=options.file, count=number(count)))
    return 0
