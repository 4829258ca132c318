"""The engine: questions about incidents in SQL, answered by DuckDB over their columns."""
