"""Tests of ``dashboard/render/web``."""
