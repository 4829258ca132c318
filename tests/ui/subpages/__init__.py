"""Tests of ``dashboard/ui/subpages``."""
