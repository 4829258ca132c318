"""Tests of ``dashboard/render/charts``."""
