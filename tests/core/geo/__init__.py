"""Tests of ``dashboard/core/geo``."""
