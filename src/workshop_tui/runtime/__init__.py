"""The composition root: starts, finds and restarts rooms, and opens consoles.

Processes, signals and locks live in this package and nowhere else.
"""
