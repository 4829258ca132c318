"""Geography: borders, airspace, places, and the distances measured with them."""
