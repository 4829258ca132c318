"""Editing of incidents by hand: the form of one, its measures, and the change of the record that it becomes."""
