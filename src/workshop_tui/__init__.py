"""Run co-production workshops from a terminal; see README.md for the words used here."""

__version__ = "0.1.0"
