"""A matter that was handed on and a request to be contacted stay in the session's file, and in nothing made of it."""

from __future__ import annotations

from pathlib import Path

from tests.storage import doors, samples
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing

CANARY = "SG-2026/CANARY4711"


def with_matter(folder: Path) -> SessionFile:
    store = samples.fresh(folder)
    store.commit([samples.matter(reference=CANARY), samples.request(reference=CANARY)], samples.START)
    return store


def test_it_is_read_again_after_a_restart(tmp_path: Path) -> None:
    store = with_matter(tmp_path)
    store.close()

    again = open_existing(store.path)
    kept = again.load()
    again.close()
    assert kept.safeguarding == (samples.matter(reference=CANARY).row,)
    assert kept.own_care == (samples.request(reference=CANARY).row,)


def test_no_copy_that_is_sent_out_holds_a_byte_of_it(tmp_path: Path) -> None:
    store = with_matter(tmp_path)
    copy = tmp_path / "copy.workshop"

    store.copy_to(copy, ())
    store.close()

    assert CANARY.encode() not in copy.read_bytes()
    for table in ("safeguarding", "own_care"):
        assert doors.by_hand(copy).execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_no_export_can_know_of_it(tmp_path: Path) -> None:
    store = with_matter(tmp_path)
    store.close()

    assert CANARY not in repr(read_record(store.path))
