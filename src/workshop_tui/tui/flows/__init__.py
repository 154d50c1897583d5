"""What each key does: asks what has to be asked, then sends a command. The room decides."""
