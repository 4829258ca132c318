"""Making of the map's files: borders, place names and the light map. Nothing of the running app imports it."""
