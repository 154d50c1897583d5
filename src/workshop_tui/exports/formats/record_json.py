"""What a session leaves for the cycle, as JSON: docs/record.schema.json, and docs/cycle.md in words.

It is read without a passphrase beside many others, so nothing is in it but what a report of the session may say.
"""

from __future__ import annotations

from typing import Final

from workshop_tui.cycle import record
from workshop_tui.exports.entries import build_record
from workshop_tui.exports.output import DataFormat

FORMAT: Final = DataFormat(
    name=record.NAME,
    write=lambda report, translator: {record.NAME: record.write(build_record(report, translator))},
)
