"""Tests of ``dashboard/core/incidents``."""
