"""There is no way around the gate: who turns kept words into something to show asks `domain.consent.allowed` first."""

from __future__ import annotations

import ast
from pathlib import Path

import workshop_tui

SOURCE = Path(workshop_tui.__file__).parent
GATES = {"web/phone/quotes.py", "exports/gate.py"}
"""Words on their way to the room and to a report."""

FACILITATORS = {"room/queue.py"}
"""The reading queue: the facilitator reads everything, and its entries are for nobody else."""

OWN = {"web/phone/answers.py", "web/phone/sent.py"}
"""A phone's own words, shown to it once more before they are sent, and afterwards as long as they live."""

DESKS = {"room/queue.py", "web/control/routes.py", "web/host/pages.py", "web/host/posted.py"}


def calls(name: str) -> set[str]:
    """The modules that call a function or a method of this name."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                if (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")) == name:
                    found.add(path.relative_to(SOURCE).as_posix())
    return found


def test_only_the_gates_the_desk_and_the_owners_own_page_turn_words_into_quotes() -> None:
    # The other two quote the name of a file.
    assert calls("quote") - {"storage/db.py", "runtime/running.py"} == GATES | FACILITATORS | OWN


def test_both_gates_ask_and_so_does_whoever_lets_the_facilitator_approve() -> None:
    assert calls("allowed") == GATES | FACILITATORS | {"domain/deciding/records.py"}


def test_the_screen_and_the_phones_read_stories_through_their_gate() -> None:
    assert calls("quote_for_room") == {"web/phone/board.py", "web/phone/reading.py", "web/screen/pictures.py"}


def test_entries_of_the_reading_queue_go_to_desks_only() -> None:
    assert calls("queue_entry") | calls("queue_page") == DESKS
