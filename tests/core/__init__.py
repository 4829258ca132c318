"""Tests of ``dashboard/core``."""
