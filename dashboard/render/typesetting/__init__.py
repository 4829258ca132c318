"""Fonts and the measuring of text, for sheets, slides and charts alike."""
