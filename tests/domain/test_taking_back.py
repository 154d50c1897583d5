"""What goes with words that are taken back: everything written of them, and everything that repeats them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.sessions import Desk, an_agenda, an_info, item
from tests.storage.doors import readable
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Kept
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room.damage import passed_over
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, create, open_existing

WORDS = "qcanary rang nine times before anybody answered"
REWORDED = "qreworded somebody had to ring very often indeed"
SALT = b"sixteen bytes of"
GONE = (b"qcanary", b"qreworded", b"QREWORDED", b"nine times before")


def a_day() -> tuple[Desk, str]:
    """A story that was quoted in notes and options, in a vote too, and that a desk can still take steps back of."""
    desk = Desk(
        an_agenda(item(1, kind="ideas"), item(2, kind="single", options_from="ideas"), item(3, kind="vignette"))
    )
    desk.join("ana", "ben")
    desk.open("i03")
    body = msgspec.json.encode({"parts": [["what_happened", WORDS]], "level": "C2"}).decode()
    kept = desk.tell("ana", body)
    assert isinstance(kept, Kept)
    desk.give(cmd.Reword(contribution=kept.key, words=REWORDED, salt=SALT))
    desk.give(cmd.AddNote(key="n1", kind="note", text=f"One said “{WORDS}”. Act on it.", salt=SALT))
    desk.give(cmd.AddNote(key="n2", kind="note", text="Look at the kerb", salt=SALT))
    desk.open("i02")
    for words in (WORDS, "QREWORDED, somebody had to ring very often"):
        options = (Option("a", words), Option("b", "One number"))
        desk.give(cmd.ChooseOptions(item="i02", options=options, salt=SALT))
    desk.open_vote()
    desk.vote("ben", "a")
    return desk, kept.key


def stored(desk: Desk, folder: Path) -> SessionFile:
    store = create(folder / "day.workshop", an_info(desk.state.agenda), b"", b"s" * 32)
    store.commit(desk.events, 1)
    return store


def having(folder: Path, words: bytes) -> list[Path]:
    """The files below a folder that have these words in any byte, for somebody who has the key."""
    return [each for each in sorted(folder.rglob("*")) if each.is_file() and words in readable(each)]


def test_no_byte_of_words_that_are_taken_back_stays_in_the_file_its_log_or_a_copy(tmp_path: Path) -> None:
    desk, key = a_day()
    store = stored(desk, tmp_path)
    if write := store.snapshot():
        write()
    store.copy_to(tmp_path / "for a report.workshop", ())
    before = len(desk.events)
    assert all(having(tmp_path, words) for words in GONE)

    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)

    assert [having(tmp_path, words) for words in GONE] == [[]] * len(GONE)
    store.close()
    assert [having(tmp_path, words) for words in GONE] == [[]] * len(GONE)


def test_counts_options_and_notes_stay_right_and_a_file_opened_again_says_the_same(tmp_path: Path) -> None:
    desk, key = a_day()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)
    store.close()

    again = open_existing(store.path)
    read = passed_over(again.load(), desk.state, KINDS)
    again.close()
    record = read_record(store.path, kinds=KINDS)

    assert read.damage == ()
    assert [each.text for each in record.state.items[1].options] == ["[…]", "One number"]
    assert record.state.items[1].options == desk.state.items[1].options
    assert [each["text"] for each in record.state.rounds[0].config["options"]] == ["[…]", "One number"]  # type: ignore[attr-defined]
    assert [note.text for note in record.notes] == ["One said “[…]”. Act on it.", "Look at the kerb"]
    assert record.rounds[0].profile == {'{"option":"a"}': 1}
    assert [row.gone for row in record.contributions] == ["withdrawn"]


def test_what_is_rescued_afterwards_has_none_of_it_either(tmp_path: Path) -> None:
    desk, key = a_day()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)

    store.path.rename(tmp_path / "taken away")
    store.rescue(desk.tables.stored(an_info(desk.state.agenda)))

    assert list(tmp_path.glob("rescued-*"))
    assert [having(tmp_path, words) for words in GONE] == [[]] * len(GONE)


def test_no_desk_can_take_a_step_back_that_holds_words_which_are_gone() -> None:
    desk, key = a_day()
    assert "qreworded" in repr(desk.tables.kept_steps(""))

    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))

    assert not [word for word in ("qreworded", "qcanary") if word in repr(desk.tables.kept_steps("")).casefold()]


def test_the_journal_tells_nothing_of_the_words(tmp_path: Path) -> None:
    desk, key = a_day()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.TakeBack(person="ana", contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)

    assert "qcanary" not in repr(store.load().journal)
    store.close()
