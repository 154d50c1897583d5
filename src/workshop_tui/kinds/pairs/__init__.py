"""Options compared two at a time."""
