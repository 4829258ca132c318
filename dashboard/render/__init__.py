"""How it looks: the web map, and the pictures and files to take away. No Streamlit."""
