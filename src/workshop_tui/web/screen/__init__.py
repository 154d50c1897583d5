"""The page on the projector."""
