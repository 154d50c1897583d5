"""An expert panel in rounds."""
