"""Values of a list as people write them: each cell is understood, can mean several things, or cannot be read."""
