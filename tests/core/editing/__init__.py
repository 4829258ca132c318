"""Tests of ``dashboard/core/editing``."""
