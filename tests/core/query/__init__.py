"""Tests of ``dashboard/core/query``."""
