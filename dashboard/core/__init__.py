"""The knowledge: incidents, borders, airspace, views. No screen and no pictures."""
