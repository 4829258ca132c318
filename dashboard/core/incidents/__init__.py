"""Incidents and flight tracks: their schema, the files they are read from, and the problems of those."""
