"""The web map, and the web page to take away."""
