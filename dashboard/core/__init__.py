"""What is known: incidents, borders, airspace, views. No screen and no pictures."""
