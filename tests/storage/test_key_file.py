"""The key of a locked session in its own file: what opens it, what of it can be read, and where it goes along."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.platforms import needs_posix
from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import DamagedKeyFile, LockedSessionFile, SessionFileError, WrongKey
from workshop_tui.messages import as_tuple
from workshop_tui.storage import copies, deleting, key_file
from workshop_tui.storage.copy_names import folders_of
from workshop_tui.storage.key_file import KeyFile, Outside
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import SessionFile, change_key, create, open_existing
from workshop_tui.storage.slips import new_slip

pytestmark = pytest.mark.plain_only("about locked files, by name")

WORDS = "three blind mice again"
SLIP = "0D7K-4PY9-S2N6-QWCE-A8HJ-M5RT-VXZ1"
RAW = bytes(range(32))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What guards against guessing is not what is tried here, but for one test of it."""
    monkeypatch.setattr(key_file, "N", 1 << 4)


def made(slip: str = "") -> tuple[KeyFile, FileKey]:
    return key_file.new(samples.info().id, "tell-it-once.toml", WORDS, slip)


def begun(folder: Path, slip: str = "") -> tuple[SessionFile, FileKey]:
    known, key = made(slip)
    folder.mkdir(exist_ok=True)
    store = create(
        folder / "day.workshop", samples.info(), samples.AGENDA_TEXT, samples.STORY_KEY, key=key, known=known
    )
    store.commit([*samples.started(), samples.story(1)], 1)
    return store, key


def same(one: FileKey, other: FileKey) -> bool:
    return one.hex() == other.hex()


# What opens it. --------------------------------------------------------------------------------------


def test_passphrase_and_slip_open_the_same_key_and_nothing_else_does() -> None:
    slip = new_slip()
    known, key = made(slip)

    assert same(known.opened(WORDS, "day"), key)
    assert same(known.opened(f"  {WORDS}\n", "day"), key)
    assert same(known.opened(slip.lower().replace("-", " "), "day"), key)
    for wrong in ("", WORDS.upper(), f"{WORDS}!", new_slip(), slip[:-1]):
        with pytest.raises(WrongKey, match=r"does not open “day”\. Nothing was changed"):
            known.opened(wrong, "day")


def test_a_passphrase_opens_it_however_a_keyboard_makes_its_letters() -> None:
    known, key = key_file.new("0" * 16, "", "Caf\u00e9 \u212bngstr\u00f6m", "")

    assert same(known.opened("Cafe\u0301 \u00c5ngstro\u0308m", "day"), key)


def test_a_slot_costs_what_safety_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    known, _ = made()
    (slot,) = known.slots

    assert (slot.n, slot.r, slot.p) == (1 << 17, 8, 1)


def test_a_slot_that_was_changed_or_stands_beside_another_session_opens_nothing() -> None:
    known, _ = made()
    (slot,) = known.slots
    flipped = bytes([slot.locked[0] ^ 1]) + slot.locked[1:]
    for other in (
        replace(known, slots=(replace(slot, locked=flipped),)),
        replace(known, slots=(replace(slot, salt=b"s" * 32),)),
        replace(known, slots=(replace(slot, n=slot.n * 2),)),
        replace(known, session="f" * 16),
    ):
        with pytest.raises(WrongKey):
            other.opened(WORDS, "day")


def test_no_slot_has_the_pad_of_another_and_the_same_words_lock_another_way_each_time() -> None:
    key = FileKey(RAW)
    known = KeyFile(session="0" * 16, slots=())
    slots = [known.locked_anew(key, WORDS, SLIP).slots for _ in range(3)]

    assert len({slot.locked for both in slots for slot in both}) == 6
    assert len({slot.salt for both in slots for slot in both}) == 6


def test_nothing_in_the_file_is_a_byte_of_the_key_the_passphrase_or_the_slip(tmp_path: Path) -> None:
    slip = new_slip()
    known, key = made(slip)
    key_file.write(tmp_path / "day.workshop", known)
    said = key_file.path_of(tmp_path / "day.workshop").read_bytes()
    decoded = b"".join(part for slot in known.slots for part in (slot.salt, slot.locked, slot.proof))

    raw = bytes.fromhex(key.hex())
    for secret in (raw, key.hex().encode(), WORDS.encode(), slip.encode(), slip.replace("-", "").encode()):
        assert secret not in said
        assert secret not in decoded


def test_after_a_change_the_passphrase_and_the_slip_before_open_nothing() -> None:
    before, after = new_slip(), new_slip()
    known, key = made(before)

    changed = known.locked_anew(key, "another passphrase", after)

    assert same(changed.opened("another passphrase", "day"), key)
    assert same(changed.opened(after, "day"), key)
    for old in (WORDS, before):
        with pytest.raises(WrongKey):
            changed.opened(old, "day")
    assert not known.locked_anew(key, WORDS, "").has_slip


# What a file on disk says. ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [b"", b"{", b"[]", b"x" * 40_000, b'{"session":"a","slots":[{"by":"passphrase"}]}'],
    ids=["empty", "torn", "other", "long", "half"],
)
def test_a_damaged_key_file_is_told_and_never_taken_for_none(tmp_path: Path, said: bytes) -> None:
    session = tmp_path / "day.workshop"
    key_file.path_of(session).write_bytes(said)

    with pytest.raises(DamagedKeyFile, match="is damaged") as refusal:
        key_file.read(session)
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize("asked", [{"n": 1 << 30}, {"n": 3}, {"r": 4096}, {"p": 900}, {"locked": b"short"}])
def test_a_key_file_that_would_stop_the_computer_is_refused_before_it_is_tried(
    tmp_path: Path, asked: dict[str, int]
) -> None:
    known, _ = made()
    session = tmp_path / "day.workshop"
    key_file.write(session, replace(known, slots=(replace(known.slots[0], **asked),)))

    with pytest.raises(DamagedKeyFile):
        key_file.read(session)


@needs_posix
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    store, _ = begun(tmp_path)
    store.close()

    keys = [key_file.path_of(store.path), *key_file.all_of_snapshots(store.path, store.info.id, ())]
    assert len(keys) == 2
    assert {each.stat().st_mode & 0o777 for each in keys} == {0o600}


def test_a_session_is_not_made_where_the_key_of_another_lies(tmp_path: Path) -> None:
    key_file.write(tmp_path / "day.workshop", made()[0])
    before = key_file.path_of(tmp_path / "day.workshop").read_bytes()

    with pytest.raises(SessionFileError, match=r"day\.workshop\.key.* already"):
        begun(tmp_path)
    assert key_file.path_of(tmp_path / "day.workshop").read_bytes() == before
    assert not (tmp_path / "day.workshop").exists()


# It goes along. --------------------------------------------------------------------------------------


def test_a_running_room_puts_its_key_back_when_somebody_deletes_moves_or_changes_it(tmp_path: Path) -> None:
    store, _ = begun(tmp_path)
    path = key_file.path_of(store.path)
    whole = path.read_bytes()

    for harm in (path.unlink, lambda: path.rename(tmp_path / "away"), lambda: path.write_bytes(b"{}")):
        harm()
        store.check_in_place()
        assert path.read_bytes() == whole
    assert store.key_trouble == ""
    store.close()


def test_a_key_that_cannot_be_put_back_is_told_until_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = begun(tmp_path)
    path = key_file.path_of(store.path)
    path.unlink()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(key_file, "write", full)
        store.check_in_place()
        assert "cannot be written again: no space left on device" in " ".join(map(str, as_tuple(store.key_trouble)))
        # Words are taken all the same: they are safe in the file, and the key is in memory.
        store.commit([samples.story(2)], 2)
    store.check_in_place()
    assert store.key_trouble == ""
    assert path.exists()
    store.close()


def test_snapshots_have_the_key_with_them_and_one_becomes_a_session_that_the_passphrase_opens(tmp_path: Path) -> None:
    store, key = begun(tmp_path)
    write = store.snapshot()
    assert write is not None
    write()
    (folder,) = (each for each in folders_of(store.path) if each.exists())
    (snapshot,) = folder.glob("*.workshop")
    store.close()
    away = tmp_path / "away"
    shutil.copytree(folder, away / folder.name)
    (copied,) = (away / folder.name).glob("*.workshop")

    restored = copies.restore(copied, away / "day.workshop", key)

    known = key_file.read(restored)
    assert known is not None
    assert same(known.opened(WORDS, "day"), key)
    assert len(read_record(restored, key=known.opened(WORDS, "day")).contributions) == 1
    with pytest.raises(LockedSessionFile):
        read_record(snapshot)


def test_a_rescue_has_the_key_beside_it(tmp_path: Path) -> None:
    store, key = begun(tmp_path)
    known = store.load()
    store.path.rename(tmp_path / "away")
    store.rescue(known)
    store.close()

    rescued = tmp_path / "rescued-1-day.workshop"
    beside = key_file.read(rescued)
    assert beside is not None
    assert same(beside.opened(WORDS, "day"), key)
    assert len(read_record(rescued, key=key).contributions) == 1


def test_a_key_that_was_lost_while_no_room_ran_comes_back_from_the_second_copies(tmp_path: Path) -> None:
    store, key = begun(tmp_path)
    store.close()
    path = key_file.path_of(store.path)
    whole = path.read_bytes()

    for harm in (path.unlink, lambda: path.write_bytes(b"{")):
        harm()
        found = key_file.find(store.path)
        assert found is not None
        assert same(found.opened(WORDS, "day"), key)
        open_existing(store.path, key=key).close()
        assert path.read_bytes() == whole


def test_what_must_be_known_without_a_passphrase_follows_what_was_said(tmp_path: Path) -> None:
    store, key = begun(tmp_path)

    def outside() -> Outside:
        said = key_file.read(store.path)
        assert said is not None
        return said.outside

    assert outside() == Outside()
    store.commit([samples.signed(ev.RetentionSet(at=5, until="2027-03-31"))], 5)
    assert outside() == Outside(keep_until="2027-03-31")
    store.commit([samples.signed(ev.HoldPlaced(at=6, reason="asked for"))], 6)
    assert outside() == Outside(keep_until="2027-03-31", held=True)
    assert b"asked for" not in key_file.path_of(store.path).read_bytes()
    store.commit([samples.signed(ev.HoldLifted(at=7, reason="closed"))], 7)
    store.close()
    # A room that was killed before it could say so is followed by one that does.
    stale = key_file.read(store.path)
    assert stale is not None
    key_file.write(store.path, replace(stale, outside=Outside()))
    open_existing(store.path, key=key).close()
    assert outside() == Outside(keep_until="2027-03-31")


def test_a_changed_passphrase_holds_for_every_copy_of_the_key(tmp_path: Path) -> None:
    store, key = begun(tmp_path, new_slip())
    known = store.load()
    store.path.rename(tmp_path / "away")
    store.rescue(known)
    (tmp_path / "away").rename(store.path)
    store.close()
    open_existing(store.path, key=key).close()
    before = key_file.read(store.path)
    assert before is not None

    change_key(store.path, before.locked_anew(key, "another passphrase", ""))

    keys = list(tmp_path.rglob("*.key"))
    assert len(keys) >= 2
    for each in keys:
        said = msgspec.json.decode(each.read_bytes(), type=KeyFile)
        assert same(said.opened("another passphrase", "day"), key)
        with pytest.raises(WrongKey):
            said.opened(WORDS, "day")


# Deleting. -------------------------------------------------------------------------------------------


def test_deleting_takes_every_key_first_and_needs_no_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = begun(tmp_path)
    known = store.load()
    store.path.rename(tmp_path / "away")
    store.rescue(known)
    (tmp_path / "away").rename(store.path)
    store.close()
    gone: list[str] = []
    unlink = Path.unlink

    def noted(path: Path, missing_ok: bool = False) -> None:
        if path.exists():
            gone.append(path.name)
        unlink(path, missing_ok=missing_ok)

    found = deleting.find(store.path)
    assert found.id == store.info.id
    monkeypatch.setattr(Path, "unlink", noted)
    assert deleting.delete(found, (), ()) == {}
    monkeypatch.undo()

    named = [name for name in gone if not name.endswith(".lock")]
    keys = [name for name in named if name.endswith(".key")]
    assert len(keys) == len(found.keys) >= 2
    assert named[: len(keys)] == keys, "keys first"
    assert named[-1] == "day.workshop"
    assert list(tmp_path.iterdir()) == []


def test_where_a_key_cannot_go_nothing_else_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = begun(tmp_path)
    store.close()
    found = deleting.find(store.path)
    unlink = Path.unlink

    def stuck(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".key":
            raise PermissionError(1, "Operation not permitted")
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", stuck)
        left = deleting.delete(found, (), ())

    assert set(left) == set(found.keys)
    assert all(each.exists() for each in found.paths)


def test_a_deletion_that_was_killed_after_the_keys_is_done_again_by_name(tmp_path: Path) -> None:
    store, _ = begun(tmp_path)
    store.close()
    for each in deleting.find(store.path).keys:
        each.unlink()

    found = deleting.find(store.path)

    assert found.id == store.info.id
    assert deleting.delete(found, (), ()) == {}
    assert list(tmp_path.iterdir()) == []
