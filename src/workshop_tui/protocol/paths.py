"""The control routes: where a desk asks the room what."""

from __future__ import annotations

from typing import Final

BASE: Final = "/control"
HEALTH: Final = f"{BASE}/health"
SNAPSHOT: Final = f"{BASE}/snapshot"
EVENTS: Final = f"{BASE}/events"
COMMAND: Final = f"{BASE}/command"
QUEUE: Final = f"{BASE}/queue"
IDEAS: Final = f"{BASE}/ideas"
NOTES: Final = f"{BASE}/notes"
WRITE_UP: Final = f"{BASE}/write-up"
EVIDENCE: Final = f"{BASE}/evidence"
DETAILS: Final = f"{BASE}/details"
EXPORT: Final = f"{BASE}/export"
COPY: Final = f"{BASE}/copy"
STOP: Final = f"{BASE}/stop"

FOR_EVERY_DESK: Final = frozenset((HEALTH, SNAPSHOT, EVENTS, COMMAND, NOTES))
"""What others than the facilitator may ask for; each command has its own rule (`domain.policy`)."""

ACTION: Final = "action-id"
"""The header that names an action, so that it is carried out once."""
