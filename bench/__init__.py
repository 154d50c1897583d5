"""Measures what a room can bear, always beside a floor measured in the same run: `make bench`.

Nothing here is part of the product. Every server and every load is a process of its own on 127.0.0.1, bounded in
count and time, and ended by the process that started it.
"""
