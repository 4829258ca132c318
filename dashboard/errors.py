"""Errors that the dashboard raises on purpose.

    DashboardError            base; its text is a whole sentence for a person
    ├── DataError             a file of data cannot be used at all
    │   ├── MissingFileError      it is not there, or it is a folder
    │   └── UnreadableFileError   it is there, but it holds no table that could be read
    ├── QueryError            a query or an option asks for something that does not exist
    ├── StorageError          a file cannot be written: full, not allowed, or locked for too long
    ├── AccessError         somebody asks who may not
    │   └── SignInError         it is not known who asks
    ├── ConflictError         somebody has changed or deleted the same meanwhile
    ├── SourceError           the sources of the borders could not be fetched or do not fit
    └── SheetError            a picture came out wrong and is not handed over

The command line prints the text and ends with exit code 2; the web page shows it in place of the map.
"""


class DashboardError(Exception):
    """Base of every error raised on purpose; ``str(error)`` is meant for the reader."""


class DataError(DashboardError):
    """A file of data cannot be used at all."""


class MissingFileError(DataError):
    """The file is not there, or it is a folder."""


class UnreadableFileError(DataError):
    """The file is there, but it holds no table that could be read."""


class QueryError(DashboardError):
    """A query or an option asks for something that does not exist."""


class StorageError(DashboardError):
    """A file cannot be written: full, not allowed, or locked for too long by somebody else."""


class AccessError(DashboardError):
    """Somebody asks who may not."""


class SignInError(AccessError):
    """Nobody knows who asks: they have not signed in, or their sign-in is over."""


class ConflictError(DashboardError):
    """Somebody has changed or deleted the same meanwhile; nothing of theirs is lost."""


class SourceError(DashboardError):
    """The sources of the borders could not be fetched or do not have the expected form."""


class SheetError(DashboardError):
    """A picture came out wrong (blank map, marks missing) and is not handed over."""
