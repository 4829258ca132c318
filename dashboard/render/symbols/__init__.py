"""Symbols: colours, shapes, military symbols, markings, legend, and clusters of marks."""
