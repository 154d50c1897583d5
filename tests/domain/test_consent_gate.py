"""There is no way around the gate: who turns kept words into something to show asks `domain.consent.allowed` first."""

from __future__ import annotations

import ast
from pathlib import Path

import workshop_tui

SOURCE = Path(workshop_tui.__file__).parent
GATES = {"room/quotes.py", "exports/gate.py"}
"""Words on their way to the room and to a report."""

FACILITATORS = {"room/queue.py"}
"""The reading queue: the facilitator reads everything, and its entries are for nobody else."""

OWN = {"web/phone/answers.py", "web/phone/sent.py"}
"""A phone's own words, shown to it once more before they are sent, and afterwards as long as they live."""

DESKS = {"room/queue.py", "room/write_up.py", "web/control/routes.py", "web/host/posted.py", "web/host/pages.py"}

BACK = {"domain/deciding/evidence.py", "runtime/withdrawing.py"}
"""What looks for somebody's words in order to delete them, or to see that no point repeats them; the second tells
whoever asked which it found."""


QUOTING = ("shlex", "urllib.parse")
"""Modules of Python whose `quote` is for a command line or an address, and no person's."""


def _is_of_others(node: ast.AST, name: str) -> bool:
    """Whether this takes a function of that name from one of them."""
    return isinstance(node, ast.ImportFrom) and node.module in QUOTING and name in {each.name for each in node.names}


def calls(name: str) -> set[str]:
    """The modules that call a function or a method of this name; with a dot, of the thing before it."""
    owner, _, name = name.rpartition(".")
    found = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        others = {f"{each}.{name}" for each in QUOTING} | {name for each in ast.walk(tree) if _is_of_others(each, name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) not in others:
                called = node.func
                of = ast.unparse(called.value).rpartition(".")[2] if isinstance(called, ast.Attribute) else ""
                said = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                if said == name and owner in ("", of):
                    found.add(path.relative_to(SOURCE).as_posix())
    return found


def test_only_the_gates_the_desk_and_the_owners_own_page_turn_words_into_quotes() -> None:
    assert calls("quote") == GATES | FACILITATORS | OWN | BACK - {"runtime/withdrawing.py"}


def test_both_gates_ask_and_so_does_whoever_lets_the_facilitator_approve() -> None:
    assert calls("allowed") == GATES | FACILITATORS | {"domain/deciding/texts.py", "domain/texts.py"}


def test_the_screen_and_the_phones_read_stories_through_their_gate() -> None:
    assert calls("quote_for_room") == {"room/ranking.py", "web/phone/reading.py", "web/screen/pictures.py"}


def test_reasons_answers_and_notes_leave_through_what_was_done_with_them_and_no_other_way() -> None:
    """Whoever reads one for somebody asks `domain.texts.Dealt`, which asks the gate; the others are desk and phone."""
    assert calls("dealt.reasons") == {"exports/gate.py", "room/desk.py"}
    assert calls("dealt.answer") == {"exports/gate.py", "room/ranking.py"}
    assert calls("dealt.notes") == {"exports/gate.py", "web/screen/pictures.py"}
    assert calls("dealt.passes") == {"room/desk.py"}
    assert calls("gate.reasons") == {"exports/rounds.py"}
    assert calls("gate.notes") == {"exports/write_up.py"}
    assert calls("explained") - {"kinds/consensus/consensus.py", "kinds/impact.py"} == {
        "domain/deciding/evidence.py", "exports/rounds.py", "room/other_texts.py",
    }  # fmt: skip
    assert calls("reason_parts") == {"room/other_texts.py", "web/phone/sent.py"}


def test_entries_of_the_reading_queue_go_to_desks_only() -> None:
    assert calls("queue_entry") | calls("queue_page") == DESKS | {"runtime/withdrawing.py"}
