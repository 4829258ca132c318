"""The question: filter, days, area and words of a view, to and from a query string."""
