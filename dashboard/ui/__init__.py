"""The Streamlit page: widgets to views and back, errors to messages. Nothing else imports Streamlit but app.py."""
