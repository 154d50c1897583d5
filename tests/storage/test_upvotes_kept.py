"""Votes for questions: on disk before anybody is told, once for each phone, and nobody's once the day is over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.platforms import needs_posix
from tests.storage import doors, samples
from workshop_tui.domain import events as ev
from workshop_tui.domain.names import upvoter
from workshop_tui.domain.rows import AnswerRow
from workshop_tui.room.tables import Tables
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, open_existing

PERSON = "9a" * 16


def with_questions(folder: Path) -> SessionFile:
    """A session with two contributions; two want to know the first, and one of them the second."""
    store = samples.fresh(folder)
    store.commit([*samples.started(), samples.story(1), samples.story(2)], 1)
    store.commit([named("c00001"), samples.upvoted(1, 2), named("c00002")], 2)
    return store


def named(question: str, *, on: bool = True) -> ev.Upvoted:
    return ev.Upvoted(question, upvoter(samples.STORY_KEY, PERSON, question), on)


@needs_posix
def test_a_vote_that_was_told_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    code = (
        f"{doors.there_too()}import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.storage import test_upvotes_kept as here\n"
        "store = here.with_questions(Path(sys.argv[1]))\n"
        "store.commit([here.samples.upvoted(1, 7), here.samples.upvoted(1, 2, on=False)], 3)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parents[2])])}

    died = subprocess.run([sys.executable, "-c", code, os.fspath(tmp_path)], env=env, check=False, timeout=60)

    assert died.returncode == -signal.SIGKILL
    store = open_existing(tmp_path / "session.workshop")
    tables = Tables(store.load())
    store.close()
    assert tables.votes == {"c00001": 2, "c00002": 1}
    assert tables.kept_presses(PERSON, "c00001") % 2 == 1


def test_the_file_counts_a_phone_once_even_if_it_is_told_twice(tmp_path: Path) -> None:
    store = with_questions(tmp_path)

    store.commit([named("c00001"), named("c00001")], 3)

    votes = Tables(store.load()).votes
    store.close()
    assert votes == {"c00001": 2, "c00002": 1}


def test_a_vote_taken_back_is_gone_from_every_byte(tmp_path: Path) -> None:
    store = with_questions(tmp_path)
    name = upvoter(samples.STORY_KEY, PERSON, "c00001")

    store.commit([named("c00001", on=False)], 3)
    store.close()

    assert all(name not in doors.readable(each) for each in tmp_path.iterdir() if each.is_file())


def test_once_the_day_is_over_no_key_is_left_that_could_tell_whose_votes_they_are(tmp_path: Path) -> None:
    store = with_questions(tmp_path)
    store.commit(samples.finished_day(), 3)
    stored = store.load()
    store.close()

    left = b"".join(doors.readable(each) for each in tmp_path.iterdir() if each.is_file())
    assert samples.STORY_KEY not in left
    assert stored.story_key is None
    assert Tables(stored).votes == {"c00001": 2, "c00002": 1}
    # The same phone has two names that nothing joins, and no vote has a time or a place in a row.
    assert len({name for _, name in stored.upvotes}) == 3
    connection = doors.by_hand(store.path)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(upvote)").fetchall()]
    connection.close()
    assert columns == ["contribution", "upvoter"]


def test_a_copy_for_a_report_has_the_votes_and_not_the_key(tmp_path: Path) -> None:
    store = with_questions(tmp_path)
    store.commit([ev.AnswerWritten("c00001", AnswerRow("Soon", ""))], 3)

    store.copy_to(tmp_path / "copy.workshop", ())
    store.close()

    record = read_record(tmp_path / "copy.workshop")
    assert record.votes == {"c00001": 2, "c00002": 1}
    assert record.answers == {"c00001": AnswerRow("Soon", "")}
    assert samples.STORY_KEY not in doors.readable(tmp_path / "copy.workshop")
