"""Tests of ``dashboard/render/deck``."""
