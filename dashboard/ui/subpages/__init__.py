"""The pages beside the map: trends, states, changes."""
