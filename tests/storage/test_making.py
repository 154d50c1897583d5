"""A session written from values alone is the session: what a room knows is enough to go on with."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tests.storage import doors, samples
from workshop_tui.room.ports import StoredSession
from workshop_tui.room.tables import Tables
from workshop_tui.storage import opening
from workshop_tui.storage.contents import Contents, read_contents
from workshop_tui.storage.making import write_whole
from workshop_tui.storage.session_file import SessionFile, open_existing


def contents_of(store: SessionFile) -> Contents:
    assert store._held.connection is not None
    return read_contents(store._held.connection, store.path, locked=doors.in_use() is not None)


def said(contents: Contents) -> Contents:
    """What a file says, but for whether its room stopped in order: of one that nobody had open it always did."""
    return replace(contents, stored=replace(contents.stored, clean=True), owed=False)


def from_tables(stored: StoredSession) -> StoredSession:
    """The same by way of the room's memory."""
    return replace(Tables(stored).stored(stored.info), journal=stored.journal, alive_ms=stored.alive_ms)


def test_a_session_written_from_values_reads_as_those_values_after_every_step_of_a_day(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    for n, batch in enumerate(samples.whole_day()):
        store.commit(batch, n)
        contents = contents_of(store)
        target = tmp_path / f"whole{n}.workshop"

        write_whole(target, replace(contents, stored=from_tables(contents.stored)), doors.in_use())

        assert said(opening.examine(target, doors.in_use())) == said(contents)
        target.unlink()
    store.close()


def test_what_a_room_keeps_in_mind_follows_every_batch_as_if_the_file_had_been_read_again(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    tables = Tables(store.load())
    for n, batch in enumerate(samples.whole_day()):
        store.commit(batch, n)
        for event in batch:
            if not isinstance(event, samples.ev.Journaled):
                tables.apply(event)
        tables.commit()

        stored = contents_of(store).stored

        assert replace(tables.stored(stored.info), journal=stored.journal, alive_ms=n, clean=stored.clean) == stored
    store.close()


def test_a_session_written_from_values_goes_on_with_its_keys_and_its_chain(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([*samples.started(), samples.cast(1), samples.story(1)], 1)
    write_whole(tmp_path / "whole.workshop", contents_of(store), doors.in_use())
    store.close()

    again = open_existing(tmp_path / "whole.workshop")
    again.commit([*samples.sealed(counts=(('"a"', 1),))], 2)
    again.close()

    contents = opening.examine(tmp_path / "whole.workshop", doors.in_use())
    assert [row.seq for row in contents.rows] == [1, 2, 3, 4, 5]
    assert contents.stored.story_key == samples.STORY_KEY
    assert contents.stored.sealed["i01.1"].counts == (('"a"', 1),)


def test_several_who_handed_their_phones_on_are_still_counted(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    people = [samples.ev.PersonJoined(f"p{n}", samples.voter(n), 1) for n in range(4)]
    store.commit([*people, *(samples.ev.PlaceLeft(f"p{n}") for n in range(3))], 1)
    contents = contents_of(store)
    store.close()

    write_whole(tmp_path / "whole.workshop", contents, doors.in_use())

    assert said(opening.examine(tmp_path / "whole.workshop", doors.in_use())) == said(contents)


def test_words_that_are_gone_stay_gone_and_their_digests_stand(tmp_path: Path) -> None:
    store = samples.fresh(tmp_path)
    store.commit([samples.signed(each) for each in samples.started()], 1)
    store.close()
    connection = doors.by_hand(store.path)
    connection.execute("DELETE FROM journal_content")
    connection.execute("UPDATE round SET question = '', config = '{}'")
    connection.close()
    before = opening.examine(store.path, doors.in_use())

    write_whole(tmp_path / "whole.workshop", before, doors.in_use())

    after = opening.examine(tmp_path / "whole.workshop", doors.in_use())
    assert (after.rows, after.beside, after.stored.journal) == (before.rows, {}, before.stored.journal)
