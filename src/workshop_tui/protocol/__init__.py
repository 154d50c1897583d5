"""What desks and the room say to each other on this machine: paths, messages, errors, repeats, streams, one client."""
