"""Ballot files of other people and of our own, read leniently: whatever is odd is told, with its line."""
