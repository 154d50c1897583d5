"""What was decided of names and numbers lies in the file beside the text, and goes with it to the last byte."""

from __future__ import annotations

from pathlib import Path

from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.domain.redaction import Redaction
from workshop_tui.storage import disk
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import open_existing

DECIDED = (
    Redaction("*", 0, 4, "postcode", "accepted", "[POSTCODE]"),
    Redaction("parts.0.1", 3, 8, "person_name", "edited", "CANARYINSTEAD", "desk", samples.START),
    Redaction("parts.0.1", 12, 19, "phone", "dismissed", "", "desk", samples.START + 1),
)


def test_decisions_come_back_with_the_file_in_a_room_and_in_a_report(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.story(1), *samples.redacted("c00001", *DECIDED)], 1)
    store.close()

    again = open_existing(store.path)
    assert again.load().redactions["c00001"].decisions == DECIDED
    again.close()
    assert read_record(store.path).dealt.redactions["c00001"].decisions == DECIDED


def test_no_byte_of_a_decision_is_left_when_the_owner_takes_the_words_back(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.story(1), *samples.redacted("c00001", *DECIDED)], 1)
    files = [store.path, disk.beside(store.path, "wal")]
    is_locked = not store.path.read_bytes().startswith(b"SQLite format 3")
    assert is_locked or any(b"CANARYINSTEAD" in file.read_bytes() for file in files if file.exists())

    gone = [ev.ContributionWithdrawn(at=samples.START, contribution="c00001"), ev.ContributionEmptied("c00001")]
    store.commit(gone, 2)

    assert not any(b"CANARYINSTEAD" in file.read_bytes() for file in files if file.exists())
    store.close()
    assert b"CANARYINSTEAD" not in store.path.read_bytes()
