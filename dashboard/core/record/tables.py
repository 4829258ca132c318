"""The tables of the record. Their history is in ``migrations``; a test holds that the two are the same."""

from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

# A change is numbered from 1 in the order in which changes were written, without gaps.
CHANGE = Table(
    "change",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=False), nullable=False),  # UTC
    Column("who", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("source", String(500), nullable=False),
    Column("note", Text, nullable=False),
    Column("name", String(100), nullable=True, unique=True),  # of a release
    Column("undoes", Integer, ForeignKey("change.number"), nullable=True),
    Column("facts", Text, nullable=False),  # what else is known of it, as JSON
)

# What a change made of one thing; the content is a JSON object of texts, or null where it is there no more.
VERSION = Table(
    "version",
    METADATA,
    Column("noun", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("change", Integer, ForeignKey("change.number"), primary_key=True),
    Column("content", Text, nullable=True),
)
Index("version_of_change", VERSION.c.change, VERSION.c.noun)

# What a source last said of one thing: the record may say something else, since somebody has edited it here.
SAID = Table(
    "said",
    METADATA,
    Column("source", String(500), primary_key=True),
    Column("noun", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("content", Text, nullable=False),
)

# What somebody has begun to fill in: no part of the history, and gone once it is saved or thrown away.
DRAFT = Table(
    "draft",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("about", String(200), nullable=False),  # the incident that is corrected, or empty
    Column("at", DateTime(timezone=False), nullable=False),  # UTC
    Column("content", Text, nullable=False),  # JSON
)

# What the ID of each sheet stands for. A row is never changed.
SHEET = Table(
    "sheet",
    METADATA,
    Column("id", String(9), primary_key=True),
    Column("query", Text, nullable=False),  # of the view
    Column("moment", Integer, nullable=False),  # the last change up to then; 0 where that is not known
    Column("fingerprint", String(64), nullable=False),  # of the data
    Column("incidents", Integer, nullable=False),  # that it showed
    Column("at", DateTime(timezone=False), nullable=False),  # when it was first made, in UTC
)

# The tokens that hold, one a system. They are those of an installation, not of its data: no backup has them.
TOKEN = Table(
    "token",
    METADATA,
    Column("name", String(80), primary_key=True),  # of the system
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256 of the token
    Column("made", DateTime(timezone=False), nullable=False),  # UTC
    Column("used", DateTime(timezone=False), nullable=True),  # when it was last used, in UTC
)

# What was taken away: a row for each view in a file. A row is never changed.
EXPORT = Table(
    "export",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=False), nullable=False),  # UTC
    Column("who", String(200), nullable=False),
    Column("file", String(300), nullable=False),  # its name
    Column("sha256", String(64), nullable=False),
    Column("query", Text, nullable=False),  # of the view
    Column("sheet", String(9), nullable=False),  # its ID, or empty
)
