"""The interface for other systems, asked as they ask it."""
