"""Tests of ``dashboard/render/symbols``."""
