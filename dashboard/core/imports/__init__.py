"""Bring any list into the record: files, columns, values, report, change."""
