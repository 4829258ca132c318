"""Exports from the page: each is noted in the log before it is handed over."""

import hashlib
import logging
from collections.abc import Callable

from dashboard.access.gate import asks_who
from dashboard.core.data.export_log import ExportLog, Sheet
from dashboard.core.query.view import View
from dashboard.errors import StorageError
from dashboard.settings import settings
from dashboard.ui.editing import author, name_signed_in

_log = logging.getLogger(__name__)


def noted(make: Callable[[], bytes], file: str, *views: tuple[View, str]) -> Callable[[], bytes]:
    """Note a file in the log when it is made: who asked for it, and its views with the IDs of their sheets.

    Making raises StorageError where it cannot be noted, on a server at which people sign in; elsewhere the file is
    handed over all the same.
    """
    who, sheets = author(), [Sheet(*one) for one in views]  # as the script that draws the button knows them

    def make_and_note() -> bytes:
        content = make()
        try:
            ExportLog(settings().record).add(who, file, hashlib.sha256(content).hexdigest(), sheets)
        except StorageError as error:
            if asks_who():
                raise
            _log.warning("%s The log of exports lacks a file.", error)
        return content

    return make_and_note


def name_on_sheets() -> str:
    """The name that stands on what is exported: of who has signed in, where that is wanted, else empty."""
    return name_signed_in() if settings().sheet_names else ""
