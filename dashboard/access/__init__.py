"""Access: who may reach the app, and who may do what in it."""
