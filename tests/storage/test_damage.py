"""What somebody or something changed in a sound file is named and passed over; the rest is used as ever."""

from __future__ import annotations

import html
import re
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.exports.opened import readable
from tests.fakes import FakeClock
from tests.storage import doors, samples
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.domain.digests import digest_of
from workshop_tui.domain.journal import digest_of_answer, digest_of_note
from workshop_tui.domain.redaction import Redaction
from workshop_tui.domain.rows import AnswerRow, ReasonRow
from workshop_tui.errors import DamagedSessionFile
from workshop_tui.exports.files import export
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH
from workshop_tui.room.queue import queue_page
from workshop_tui.room.room import Room
from workshop_tui.storage import opening
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import open_existing

REDACTED = (Redaction("*", 3, 11, "person_name", "accepted", "[NAME]"),)

STORY = '{{"parts":[["what_happened","Story {n}"]],"level":"C3"}}'


def choice(letter: str) -> str:
    return f'{{"option":"{letter}"}}'


def a_day(folder: Path) -> Path:
    """A sound session: a vote that is counted, one that runs, stories, a note, an answer and a retelling."""
    store = samples.fresh(folder)
    counts = ((choice("a"), 2),)
    note = ev.NoteWritten(
        key="n1", kind="action", item="i01", text="Ring them", owner="", due="", at=samples.START, salt=b"salt"
    )
    answer = AnswerRow("On Monday", "")
    stories = [samples.story(n, body=STORY.format(n=n)) for n in (1, 2)]
    noted = [
        ev.ContributionNoted(at=1, who="phone", contribution=each.row.key, item="i02", digest=each.row.digest)
        for each in stories
    ]
    store.commit([samples.signed(each) for each in samples.started()], 1)
    store.commit([samples.cast(1, choice("a")), samples.cast(2, choice("a")), *stories, *noted], 2)
    reason = ReasonRow("r1", "i01.1", samples.voter(1), choice("a"))
    store.commit([ev.ReasonsGiven("i01.1", samples.voter(1), (reason,), ())], 2)
    told = (("r1", digest_of(b"s", reason.body)),)
    store.commit([
        replace(each, reasons=told) if isinstance(each, ev.RoundSealed)
        else replace(each, reasons=(("r1", b"s"),)) if isinstance(each, ev.BallotsSealed) else each
        for each in samples.sealed(counts=counts)
    ], 3)  # fmt: skip
    store.commit([samples.signed(each) for each in samples.opened("i01.2")], 4)
    store.commit([samples.cast(1, choice("b"), round_="i01.2"), samples.cast(2, choice("c"), round_="i01.2")], 5)
    store.commit([ev.NoteAdded(at=1, key="n1", kind="action", item="i01", digest=digest_of_note(note)), note], 6)
    store.commit([
        ev.QuestionAnswered(at=1, contribution="c00001", answered=True, digest=digest_of_answer(b"s", answer)),
        ev.AnswerWritten("c00001", answer, b"s"),
        ev.StoryRetold(at=1, contribution="c00002", digest=digest_of(b"s", "Of a bus")),
        ev.RetellingWritten("c00002", "Of a bus", b"s"),
        ev.TextReworded(at=1, text="c00001", digest=digest_of(b"s", "Of somebody")),
        ev.RewordingWritten("c00001", "Of somebody", b"s"),
        ev.TextRedacted(at=1, text="c00001", digest=digest_of(b"s", REDACTED)),
        ev.RedactionsWritten("c00001", REDACTED, b"s"),
    ], 7)  # fmt: skip
    store.close()
    return store.path


def changed(path: Path, sql: str) -> None:
    connection = doors.by_hand(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(sql)
    connection.close()


CHANGES = {
    "a story is no JSON": ("UPDATE contribution SET body = 'not JSON' WHERE number = 1", "c00001", "cannot be read"),
    "a story is JSON of another kind": ("UPDATE contribution SET body = '[1]' WHERE number = 1", "c00001", "cannot be"),
    "a story has other words": (
        "UPDATE contribution SET body = replace(body, 'Story 1', 'Secret') WHERE number = 1", "c00001", "not those",
    ),
    "a decision about a name is another": (
        "UPDATE redaction SET decision = 'dismissed' WHERE text = 'c00001'", "c00001", "names and numbers",
    ),
    "a ballot of the open vote is no JSON": (
        "UPDATE ballot SET choice = 'x' WHERE round = 'i01.2' AND choice LIKE '%b%'", "i01.2", "1 ballot",
    ),
    "a counted ballot is another": (
        f"UPDATE ballot SET choice = '{choice('b')}' WHERE round = 'i01.1' AND voter = x'{samples.voter(1).hex()}'",
        "i01.1", "not those that were counted",
    ),
    "a counted ballot is gone": (
        f"DELETE FROM ballot WHERE round = 'i01.1' AND voter = x'{samples.voter(1).hex()}'", "i01.1", "not those",
    ),
    "ballots and count were changed together": (
        "UPDATE sealed_count SET count = 1 WHERE round = 'i01.1'", "i01.1", "not what its journal says",
    ),
    "a counted reason has other words": (f"UPDATE reason SET body = '{choice('b')}'", "reason r1", "not those"),
    "a story and its own digest were changed together": (
        "UPDATE contribution SET body = replace(body, 'Story 1', 'Secret'), digest = x'', salt = x'' WHERE number = 1",
        "c00001", "not those",
    ),
    "a story lets more people read it": (
        "UPDATE contribution SET consent = 'C4', body = replace(body, 'Story 1', 'Secret') WHERE number = 1",
        "c00001", "not those",
    ),
    "a note has other words": ("UPDATE note SET text = 'Secret'", "note n1", "not those"),
    "an answer has other words": ("UPDATE answer SET words = 'Secret'", "c00001", "not what was written down"),
    "a retelling has other words": ("UPDATE retelling SET words = 'Secret'", "c00002", "not what was written down"),
    "a rewording has other words": ("UPDATE rewording SET words = 'Secret'", "c00001", "It is held back"),
    "a step cannot be read": (
        "INSERT INTO undo_step VALUES ('desk', 0, 1, 'Secret')", "undo_step", "It is left out",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_by_hand_is_named_by_room_and_report_and_everything_else_goes_on(tmp_path: Path, what: str) -> None:
    sql, where, how = CHANGES[what]
    path = a_day(tmp_path)
    assert read_record(path, kinds=KINDS).damage == ()
    changed(path, sql)

    store = open_existing(path)
    room = Room(store, store.load(), KINDS, FakeClock())
    seen = queue_page(room, "all", 0, 50, "vignette")
    store.copy_to(tmp_path / "copy.workshop", ())
    store.close()
    running = replace(read_record(tmp_path / "copy.workshop", kinds=KINDS), damage=room.damage)
    export(running, KINDS, tmp_path / "of a copy")
    files = export(read_record(path, kinds=KINDS), KINDS, tmp_path / "out")

    said = [ENGLISH.text(each) for each in room.damage]
    assert any(where in each and how in each for each in said), said
    assert not any("Secret" in each or "Story" in each for each in said)
    lost = "words of contribution" in said[0]
    assert seen.total == (1 if lost else 2)
    assert "Secret" not in repr((seen, room.tables.stored(room.info)))
    assert not [file.name for file in files if b"Secret" in readable(file.name, file.read_bytes())]
    report = msgspec.json.decode((tmp_path / "out" / "session.json").read_bytes())
    assert report["damage"] == said
    assert report == msgspec.json.decode((tmp_path / "of a copy" / "session.json").read_bytes())
    page = re.sub("</?bdi[^>]*>", "", (tmp_path / "out" / "report.html").read_text())
    assert said[0] in html.unescape(page)
    assert files


async def test_words_that_were_changed_are_shown_to_nobody_and_go_when_the_write_up_is_finished(tmp_path: Path) -> None:
    path = a_day(tmp_path)
    changed(path, CHANGES["a story has other words"][0])
    store = open_existing(path)
    room = Room(store, store.load(), KINDS, FakeClock())
    await room.start()
    for command in (cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH")):
        await room.submit(replace(command, at=room.clock.now_ms(), who="facilitator", salt=b"a salt"))
    await room.close()

    stored = opening.examine(path, doors.in_use()).stored
    assert {row.key: (bool(row.body), row.gone) for row in stored.contributions} == {
        "c00001": (False, "day_over"),
        "c00002": (True, ""),
    }


def test_contents_of_the_journal_that_differ_from_the_chain_are_named(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([samples.signed(ev.ItemSkipped(at=1, item="i03", reason="no time"))], 1)
    store.close()
    # The tables that follow from the journal are changed with it, as a careful hand would.
    for sql in (
        "UPDATE journal_content SET content = replace(content, 'no time', 'Secret')",
        "UPDATE item SET reason = 'Secret' WHERE reason = 'no time'",
    ):
        changed(store.path, sql)

    damage = read_record(store.path).damage
    assert [*map(ENGLISH.text, damage)] == ["What line 1 of the journal is about is not what was written down."]


def test_a_table_that_contradicts_the_journal_is_still_refused(tmp_path: Path) -> None:
    path = a_day(tmp_path)
    changed(path, "UPDATE item SET reason = 'Secret'")

    with pytest.raises(DamagedSessionFile, match="does not agree with its journal"):
        open_existing(path)


def test_what_cannot_be_read_does_not_stop_a_rescue(tmp_path: Path) -> None:
    path = a_day(tmp_path)
    changed(path, "UPDATE contribution SET body = 'not JSON' WHERE number = 1")
    store = open_existing(path)
    room = Room(store, store.load(), KINDS, FakeClock())

    said = str(store.rescue(room.tables.stored(room.info)))
    store.close()

    assert "rescued-1-session.workshop" in said
    rescued = opening.examine(tmp_path / "rescued-1-session.workshop", doors.in_use())
    assert [row.key for row in rescued.stored.contributions] == ["c00002"]


def test_many_damaged_things_are_counted_and_not_all_named(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([samples.story(n, body="not JSON") for n in range(50)], 1)
    store.close()

    damage = read_record(store.path, kinds=KINDS).damage

    assert len(damage) == 21
    assert ENGLISH.text(damage[-1]) == "30 more of this kind."
