"""Saved views: their YAML file, the store that several people change at once, and undo."""
