"""Geography: borders, airspace, places, airports, and the distances measured with them."""
