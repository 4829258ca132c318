"""The data folder: what is read from it, its releases, what changed between them, and the IDs of sheets."""
