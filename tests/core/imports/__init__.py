"""Tests of ``dashboard/core/imports``."""
