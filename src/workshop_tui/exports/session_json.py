"""The report as JSON, for programs; docs/session-json.md says what each key means."""

from __future__ import annotations

import msgspec

from workshop_tui.exports.report import Report


def session_json(report: Report) -> bytes:
    """The whole report, keys sorted, two spaces a level, a newline at the end."""
    # Sorted keys make two exports comparable line by line, whatever order the fields are written in.
    return msgspec.json.format(msgspec.json.encode(report, order="sorted"), indent=2) + b"\n"
