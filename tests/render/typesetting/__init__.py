"""Tests of ``dashboard/render/typesetting``."""
