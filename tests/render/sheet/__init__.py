"""Tests of ``dashboard/render/sheet``."""
