"""The record: everything that people put in, with its history; nothing in it is ever changed or removed."""
