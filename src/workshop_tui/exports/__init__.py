"""One neutral report from a SessionRecord, and one file for each format."""
