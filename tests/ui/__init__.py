"""Tests of ``dashboard/ui``."""
