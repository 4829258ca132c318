"""Tests of ``dashboard/core/analysis``."""
