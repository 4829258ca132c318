"""Sentences: incidents, selections, states, changes and handouts in words."""
