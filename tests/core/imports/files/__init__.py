"""Tests of ``dashboard/core/imports/files``."""
