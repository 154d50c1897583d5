"""The session file: the only package that speaks SQL."""
