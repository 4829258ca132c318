"""Figures of a selection: counts, trends, comparisons and profiles of states."""
