"""Tests of ``dashboard/render/export``."""
