"""Saved views: things of the record, which several people change at once; and their YAML file."""
