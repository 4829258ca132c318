"""The Streamlit page: widgets to views and back, errors to messages."""
