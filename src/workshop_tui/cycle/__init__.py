"""The Engagement Cycle over many sessions: what a session leaves, hands on, and is answered.

Pure: it knows no clock and no folder. Whoever asks gives it the day, the bytes of files, and their names.
"""
