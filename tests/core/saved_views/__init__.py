"""Tests of ``dashboard/core/saved_views``."""
