"""Tests of ``dashboard/render/text``."""
