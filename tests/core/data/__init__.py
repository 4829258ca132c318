"""Tests of ``dashboard/core/data``."""
