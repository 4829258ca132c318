"""Tests of ``dashboard/render``."""
