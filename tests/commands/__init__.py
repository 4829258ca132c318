"""Tests of ``dashboard/commands``."""
