"""Dashboard of drones, missiles, aircraft and balloons in the airspace of Europe's eastern flank.

``core`` knows (incidents, borders, airspace, views), ``render`` draws (web map, sheet), ``ui`` is the Streamlit page;
``app.py`` serves the page and ``__main__.py`` is the command line. A module imports only from its own folder and from
those before it: errors, settings, language < core < render < ui, app, __main__.
"""

__version__ = "0.1.0"
