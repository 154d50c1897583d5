"""A day to which something was handed in: two points and a promise with its measure."""

from __future__ import annotations

from msgspec.structs import replace

from tests.sessions import an_agenda, item, options
from workshop_tui.domain.agenda import Agenda, HandedIn

RING = HandedIn(
    id="a1:n1", words="People want one number to ring at night", from_session="Tell it once", from_stage="needs",
    said_by=9, base=24, against=2, body="Planning group", asked="Say which number", by="2027-01-31",
)  # fmt: skip
BUS = HandedIn(id="a1:n2", words="Buses do not go home after six")
CALL = HandedIn(
    id="b2:n1", words="Everybody is rung back within a day", sort="promise", about="Promised by the practice manager",
    metric="Calls answered within a day", source="Phone records", period="October 2026", baseline="41 of 100",
)  # fmt: skip


def handed_agenda(*points: HandedIn) -> Agenda:
    """It opens with the welcome, and then shows what was handed in."""
    agenda = an_agenda(
        item(1, "Welcome", type="welcome", question=""),
        item(2, "What was handed to us", type="received", question=""),
        item(3, "Which first", kind="single", options=options("Phones", "Letters")),
    )
    return replace(agenda, stage="monitor", received=points or (RING, BUS, CALL))
