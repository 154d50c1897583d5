"""What goes with words that are taken back: everything written of them, and everything that repeats them."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec.structs import asdict

from tests.sessions import Desk, an_agenda, an_info, item, options
from tests.storage.doors import readable
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Option
from workshop_tui.domain.deciding import Kept
from workshop_tui.domain.promise import as_written, promise_of
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.domain.texts import answer_key
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
    planned = as_written(desk.state.agenda, desk.state.earlier_promises)
    store = create(folder / "day.workshop", an_info(planned), b"", b"s" * 32)
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


# Wherever a desk may have typed them. -----------------------------------------------------------------

QUOTED = f"As one said: “{WORDS}”."
MAIL = "Write to ana@example.org about it"


def a_day_of_quoting() -> tuple[Desk, str]:
    """Somebody's words were repeated in everything that a desk can type."""
    agenda = an_agenda(
        item(1, kind="vignette"),
        item(2, kind="questions"),
        item(3, title="Rang nine times", kind="single", options=options("Yes", "No"), question="Who rang?"),
        item(4),
        item(5),
    )
    desk = Desk(agenda)
    desk.give(cmd.RefuseLock(reason=QUOTED, salt=SALT))
    desk.give(cmd.PlaceHold(reason=QUOTED, salt=SALT))
    desk.give(cmd.LiftHold(reason=QUOTED, salt=SALT))
    desk.join("ana", "ben")
    desk.open("i01")
    told, other, mail = (
        desk.tell(who, msgspec.json.encode({"parts": [["what_happened", words]], "level": level}).decode(),
                  item_="i01", consent=level)
        for who, words, level in (("ana", WORDS, "C2"), ("ben", "Another one", "C1"), ("ben", MAIL, "C2"))
    )  # fmt: skip
    assert isinstance(told, Kept)
    assert isinstance(other, Kept)
    assert isinstance(mail, Kept)
    desk.give(cmd.Retell(contribution=other.key, words=QUOTED, salt=SALT))
    at = MAIL.index("ana@")
    desk.give(
        cmd.Redact(contribution=mail.key, place="parts.0.1", start=at, end=at + 15, decision="edited", words=QUOTED,
                   salt=SALT)
    )  # fmt: skip
    desk.give(cmd.AddNote(key="n1", kind="note", text="Look at the kerb", salt=SALT))
    desk.give(cmd.Reword(contribution="n1", words=QUOTED, salt=SALT))
    desk.give(cmd.AddNote(key="n2", kind="action", text="Ring", owner=QUOTED, salt=SALT))
    desk.give(cmd.AddNote(key="n3", kind="note", text="A hall", register="offer", fields={"who": QUOTED}, salt=SALT))
    desk.open("i02")
    asked = desk.tell("ben", '{"text":"Who answers?"}', item_="i02")
    assert isinstance(asked, Kept)
    desk.give(cmd.Moderate(contribution=asked.key, handling="approved"))
    desk.give(cmd.Reword(contribution=asked.key, words=QUOTED, salt=SALT))
    desk.give(cmd.MarkAnswered(contribution=asked.key, words=QUOTED, owner=QUOTED, salt=SALT))
    desk.give(cmd.Reword(contribution=answer_key(asked.key), words=f"{QUOTED} Again.", salt=SALT))
    for title in (QUOTED, "Something else"):
        new = msgspec.structs.replace(agenda.items[3], title=title, say=title, question=title)
        desk.give(cmd.EditItem(item=new, salt=SALT))
    desk.give(cmd.InsertItem(item=item(6, title=QUOTED, question=QUOTED), after="i02", salt=SALT))
    for reason in (QUOTED, "No time"):
        desk.give(cmd.SkipItem(item="i05", reason=reason, salt=SALT))
        desk.give(cmd.RestoreItem(item="i05"))
    desk.give(cmd.SkipItem(item="i05", reason=QUOTED, salt=SALT))
    desk.open("i03")
    round_ = desk.open_vote()
    desk.vote("ben", "a", round_=round_)
    desk.give(cmd.CloseVote())
    desk.give(cmd.VoidRound(round=round_, reason=QUOTED, salt=SALT))
    promise_anew(desk, why_now=QUOTED, can_change=(QUOTED, "Letters"), who_decides=QUOTED, why_changed=QUOTED)
    promise_anew(desk, how=QUOTED, cannot_change=(QUOTED,), cannot_because=(QUOTED,), hear_back=QUOTED)
    return desk, told.key


def promise_anew(desk: Desk, **told: object) -> None:
    """The room is told something else than before."""
    desk.give(cmd.ChangePromise(promise=msgspec.structs.replace(promise_of(desk.state.agenda), **told), salt=SALT))


def test_wherever_a_desk_typed_them_no_byte_of_words_that_are_taken_back_stays(tmp_path: Path) -> None:
    desk, key = a_day_of_quoting()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    assert having(tmp_path, b"qcanary")

    desk.give(cmd.TakeBack(person="ana", contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)

    assert (having(tmp_path, b"qcanary"), having(tmp_path, b"nine times before")) == ([], [])
    assert "qcanary" not in repr(store.load())
    assert "qcanary" not in repr(desk.state)
    assert "qcanary" not in repr(desk.tables.stored(an_info(desk.state.agenda)))
    store.close()
    assert having(tmp_path, b"qcanary") == []


def test_what_stood_around_them_stays_and_a_file_opened_again_says_the_same(tmp_path: Path) -> None:
    desk, key = a_day_of_quoting()
    before = len(desk.events)
    store = stored(desk, tmp_path)
    desk.give(cmd.WithdrawWords(contribution=key, salt=SALT))
    store.commit(desk.events[before:], 2)
    store.close()
    left = "As one said: “[…]”."

    again = open_existing(store.path)
    read = passed_over(again.load(), desk.state, KINDS)
    again.close()
    record = read_record(store.path, kinds=KINDS)

    assert read.damage == ()
    assert {**asdict(record.state), "version": 0} == {**asdict(desk.state), "version": 0}
    added, skipped = (next(each for each in record.state.items if each.item.key == name) for name in ("i06", "i05"))
    assert (added.item.title, added.item.question, skipped.reason) == (left, left, left)
    assert (record.state.rounds[0].reason, record.state.keeping.unlocked) == (left, left)
    promised = record.state.agenda
    assert (promised.why_now, promised.can_change, promised.who_decides) == (left, (left, "Letters"), left)
    assert (promised.how, promised.cannot_change, promised.cannot_because, promised.hear_back) == (
        left, (left,), (left,), left,
    )  # fmt: skip
    assert [each.promise.why_changed for each in record.state.earlier_promises] == ["", left]
    (answer,) = read.answers.values()
    assert answer.answer == AnswerRow(left, left)
    assert [each.owner for each in record.notes if each.owner] == [left]
    assert [each.fields for each in record.entries.values()] == [{"who": left}]
    assert sorted(each.words for each in read.rewordings.values()) == [left, left, f"{left} Again."]
    assert [each.words for each in read.retellings.values()] == [left]
    assert [each.replacement for (made) in read.redactions.values() for each in made.decisions] == [left]


def test_what_the_agenda_promised_stays_and_what_was_promised_instead_on_the_day_goes() -> None:
    own = "Nobody answered the telephone at night"
    desk = Desk(an_agenda(item(1, kind="vignette"), why_now=own, who_decides="Matron", hear_back="By letter"))
    desk.join("ana", "ben")
    desk.open("i01")
    keys = []
    for who, words in (("ana", own), ("ben", "Gwendolyn")):
        body = msgspec.json.encode({"parts": [["what_happened", words]], "level": "C2"}).decode()
        kept = desk.tell(who, body, item_="i01")
        assert isinstance(kept, Kept)
        keys.append(kept.key)
    promise_anew(desk, why_now="We were asked", how=f"{own}, so we begin there", who_decides="Gwendolyn")

    for who, key in zip(("ana", "ben"), keys, strict=True):
        desk.give(cmd.TakeBack(person=who, contribution=key, salt=SALT))

    told, (before,) = desk.state.agenda, desk.state.earlier_promises
    assert (told.why_now, told.how, told.who_decides) == ("We were asked", "[…], so we begin there", "[…]")
    assert (before.promise.why_now, before.promise.who_decides, told.hear_back) == (own, "Matron", "By letter")


def test_words_of_the_agenda_and_of_other_people_stay_though_somebody_takes_the_same_back() -> None:
    desk = Desk(an_agenda(item(1, kind="vignette"), item(2, title="Doors", question="Which doors are hard to open?")))
    desk.join("ana", "ben")
    desk.open("i01")
    mine, theirs = (
        desk.tell(who, msgspec.json.encode({"parts": [["what_happened", words]], "level": "C2"}).decode(), item_="i01")
        for who, words in (("ana", "Doors"), ("ben", "Doors"))
    )
    assert isinstance(mine, Kept)
    assert isinstance(theirs, Kept)
    desk.give(cmd.EditItem(item=msgspec.structs.replace(desk.state.agenda.items[1], say="Begin"), salt=SALT))

    desk.give(cmd.TakeBack(person="ana", contribution=mine.key, salt=SALT))

    changed = desk.state.items[1].item
    assert (changed.title, changed.question, changed.say) == ("Doors", "Which doors are hard to open?", "Begin")
    row = desk.tables.contribution(theirs.key)
    assert row is not None
    assert "Doors" in row.body
