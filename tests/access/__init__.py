"""Tests of ``dashboard/access``."""
