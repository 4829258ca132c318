"""Running the server: the doctor of a set-up, its health, metrics and log."""
