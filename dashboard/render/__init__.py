"""The pictures: web map, and everything that is taken away. No Streamlit."""
