"""The console: a Textual client of the room's control routes."""
