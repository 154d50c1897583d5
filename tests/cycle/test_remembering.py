"""What has not changed is not read again; and what is remembered is never trusted over the files."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.cycle.folders import LONG_AGO, OWN, TODAY, a_folder, dated, put, the_needs
from tests.cycle.made import entry, record
from workshop_tui.cycle import follow_up
from workshop_tui.cycle import record as records
from workshop_tui.cycle.follow_up import ENDING, Line
from workshop_tui.cycle.picture import picture
from workshop_tui.cycle.slim import slim, without
from workshop_tui.domain.quoting import Sources
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import cycle_files, seen
from workshop_tui.runtime.cycle_files import Found
from workshop_tui.settings import data_folder


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path_factory.mktemp("home")))


def look(folder: Path) -> Found:
    return cycle_files.find([folder], remember=True)


def counts(found: Found) -> tuple[int, int]:
    return found.opened, found.parsed


def the_same(one: Found, other: Found) -> bool:
    return replace(one, opened=0, parsed=0) == replace(other, opened=0, parsed=0)


def test_nothing_is_opened_again_that_has_not_changed_and_the_picture_is_the_same(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)

    first, second = look(folder), look(folder)

    assert counts(first) == (5, 5)
    assert counts(second) == (0, 0)
    assert the_same(first, second)
    assert the_same(first, cycle_files.find([folder]))
    assert "newer.json" in ENGLISH.text(second.passed_over[0])


def test_of_many_only_the_one_that_changed_is_opened_and_taken_apart(tmp_path: Path) -> None:
    for number in range(12):
        put(tmp_path, f"day-{number}", record(entry(session=f"s{number}"), id_=f"s{number}"))
    look(tmp_path)
    changed = record(entry(session="s3", words="Other words"), id_="s3")
    put(tmp_path, "day-3", changed)

    found = look(tmp_path)

    assert counts(found) == (1, 1)
    assert "Other words" in {each.entry.words for each in found.picture(TODAY).points}


def test_a_file_that_was_only_touched_is_opened_and_not_taken_apart(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    look(folder)
    os.utime(folder / "handed.zip", (LONG_AGO + 60, LONG_AGO + 60))

    assert counts(look(folder)) == (1, 0)
    assert counts(look(folder)) == (0, 0)


def test_a_file_of_the_same_size_and_time_but_with_other_bytes_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "day", record(entry(words="One number")))
    look(tmp_path)
    other = path.with_name("other")
    dated(other, records.write(record(entry(words="Two number"))))
    assert other.stat().st_size == path.stat().st_size
    other.replace(path)

    found = look(tmp_path)

    assert [each.entry.words for each in found.picture(TODAY).points] == ["Two number"]


def test_a_file_that_was_written_a_moment_ago_is_read_again_because_its_time_may_not_tell(tmp_path: Path) -> None:
    path = put(tmp_path, "day", the_needs())
    os.utime(path, ns=(time.time_ns(), time.time_ns()))

    assert counts(look(tmp_path)) == (1, 1)
    assert counts(look(tmp_path)) == (1, 0)


def test_a_file_that_is_not_there_any_more_is_forgotten(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    look(folder)
    (folder / "exports" / "needs" / "record.json").unlink()

    assert len(look(folder).records) == 1
    (memory,) = kept()
    names = {str(Path("exports", name, "record.json")): name for name in ("needs", "plan")}
    assert {name for path, name in names.items() if path.encode() in memory.read_bytes()} == {"plan"}


def kept() -> list[Path]:
    return list((data_folder() / seen.FOLDER).iterdir())


@pytest.mark.parametrize("broken", [b"", b"x", b"\xff" * 300])
def test_a_memory_that_is_damaged_counts_for_nothing(tmp_path: Path, broken: bytes) -> None:
    folder = a_folder(tmp_path)
    first = look(folder)
    (memory,) = kept()
    memory.write_bytes(memory.read_bytes()[:-3] + broken)

    again = look(folder)

    assert counts(again) == (5, 5)
    assert the_same(first, again)


def test_what_cannot_be_remembered_is_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seen, "write_private", full)

    assert the_same(look(a_folder(tmp_path)), look(tmp_path))


def test_nobodys_own_words_are_remembered_and_only_this_user_can_read_it(tmp_path: Path) -> None:
    put(tmp_path, "day", replace(the_needs(), texts={"k1": "CANARY words", "k2": "CANARY others"}))
    look(tmp_path)

    (memory,) = kept()
    assert b"CANARY" not in memory.read_bytes()
    if os.name == "posix":
        assert memory.stat().st_mode & 0o077 == 0


def test_everything_is_forgotten_when_words_are_taken_back_or_a_session_is_deleted(tmp_path: Path) -> None:
    look(a_folder(tmp_path))
    assert kept()

    seen.forget()

    assert kept() == []


def test_what_was_taken_back_after_it_was_remembered_is_in_no_picture(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    before = look(folder).picture(TODAY)
    path = folder / f"needs{ENDING}"
    followed = follow_up.read(path.read_bytes(), path.name)
    path.write_bytes(follow_up.write(follow_up.added(followed, [Line(at=1, what="withdrawn", keys=("k1",))])))

    found = look(folder)

    assert counts(found) == (1, 1)
    assert OWN.lower() in repr(before)
    assert OWN.lower() not in repr(found.picture(TODAY))
    assert found.picture(TODAY).tracked("aaaa:n3").entry.evidence.is_gone  # type: ignore[union-attr]


# Without anybody's words. ------------------------------------------------------------------------------

words = st.sampled_from([OWN, "It was wet", "Nothing of the kind", f"She said {OWN}", "wet", ""])


@given(
    st.dictionaries(st.sampled_from("abcd"), words, max_size=4),
    st.lists(words, max_size=4),
    st.sets(st.sampled_from("abcd")),
)
def test_a_slim_record_holds_back_what_the_whole_one_would(
    texts: dict[str, str], said: list[str], gone: set[str]
) -> None:
    made = record(*(entry(f"c{n}", "concern", words=each) for n, each in enumerate(said)), texts=texts)

    left = without(slim(made), gone)

    closed = Sources(text for key, text in texts.items() if key in gone)
    assert [each.withheld for each in left.entries] == [closed.are_in(each) for each in said]
    assert left.texts == {}


def test_a_field_and_an_answer_that_repeat_what_was_taken_back_go_too() -> None:
    missing = entry("m1", "missing", words="Young carers", fields={"reason": OWN})
    dated_ = entry("a1", "action", words=OWN, fields={"role": OWN, "by": "2027-01-01"})
    got = records.Received(id="zzzz:n1", words="A point", status="not_done", said=OWN, seen=OWN)
    made = record(missing, dated_, received=(got,), texts={"k1": OWN})

    found = picture([made], today=TODAY, withdrawn=["k1"])

    assert OWN not in repr(found)
    assert found.actions[0].entry.fields == {"by": "2027-01-01"}
