"""Options put in order."""
