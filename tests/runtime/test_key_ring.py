"""The system's key ring keeps a session's key where its owner chose that, and lets go of it in time."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.runtime.laptop import Laptop, free_port, give, look
from tests.runtime.ring import CHOSEN, FILE, FileRing
from tests.runtime.somebody import Somebody
from workshop_tui.agendas import read_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import SettingsError
from workshop_tui.kinds.registry import KINDS
from workshop_tui.runtime import beginnings
from workshop_tui.runtime.beginnings import Chosen
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.storage import key_file

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "canary passphrase of four"
KEEPS_IT = "The system's key ring has its key too"


class Ring:
    """What a test sees of the ring, and how it breaks it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def keys(self) -> dict[str, str]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def fails(self, *deeds: str) -> None:
        self._path.with_suffix(".fails").write_text(" ".join(deeds))

    def empty(self) -> None:
        self._path.unlink()


@pytest.fixture
def ring(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """This laptop's system has a key ring."""
    folder = laptop.folder / "the system's own"
    folder.mkdir()
    monkeypatch.setenv(FILE, str(folder / "ring.json"))
    monkeypatch.setenv(CHOSEN, f"{FileRing.__module__}.{FileRing.__name__}")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep))
    laptop.write("passphrase", f"{PASSPHRASE}\n")
    before = keyring.get_keyring()
    keyring.set_keyring(FileRing())
    yield Ring(folder / "ring.json")
    keyring.set_keyring(before)


def begin(laptop: Laptop, *more: str) -> tuple[RunFile, str]:
    """A locked session that runs, and what was said as it began."""
    done = laptop.cli(
        "run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--port", free_port(), "--keep-until", "undecided",
        "--passphrase-file", laptop.folder / "passphrase", *more,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (run,) = laptop.rooms()
    return run, " ".join(done.stdout.split())


def is_marked(run: RunFile) -> bool:
    """Whether the key file says that the ring has the key."""
    known = key_file.read(Path(run.session_path))
    return known is not None and known.is_in_ring


def test_after_a_crash_it_goes_on_without_typing_where_that_was_chosen(laptop: Laptop, ring: Ring) -> None:
    run, said = begin(laptop, "--key-ring")
    known = key_file.read(Path(run.session_path))
    assert known is not None
    assert ring.keys == {f"workshop-tui/{run.session}": known.opened(PASSPHRASE, "").hex()}
    assert KEEPS_IT in said
    assert KEEPS_IT in " ".join(laptop.cli("status").stdout.split())
    laptop.kill(run)

    for what in (run.session_path, laptop.agenda):
        again = laptop.cli("run", what, "--no-console")
        assert again.returncode == 0, again.stderr
        assert "Going on with the session in" in " ".join(again.stdout.split())
        (run,) = laptop.rooms()
        laptop.kill(run)
    listed = laptop.cli("list", laptop.folder).stdout
    assert KEEPS_IT in " ".join(listed.split())
    assert laptop.cli("export", run.session_path).returncode == 0


def test_nothing_goes_into_the_ring_where_nobody_chose_it(laptop: Laptop, ring: Ring) -> None:
    run, said = begin(laptop)
    laptop.kill(run)

    refused = laptop.cli("run", run.session_path, "--no-console")

    assert (ring.keys, is_marked(run)) == ({}, False)
    assert KEEPS_IT not in said
    assert refused.returncode == 2


@pytest.mark.parametrize("deed", ["set", "get"])
def test_a_ring_that_fails_at_the_start_says_so_and_the_session_is_locked_without_it(
    laptop: Laptop, ring: Ring, deed: str
) -> None:
    ring.fails(deed)

    run, said = begin(laptop, "--key-ring")

    assert "The system's key ring cannot be used now (KeyringError)." in said
    assert "After a crash its passphrase is typed again." in said
    assert (is_marked(run), look(run).locked, look(run).in_ring) == (False, True, False)


def test_a_system_without_a_ring_says_so(laptop: Laptop, ring: Ring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOSEN, "keyring.backends.fail.Keyring")

    run, said = begin(laptop, "--key-ring")

    assert "There is no key ring on this system." in said
    assert not is_marked(run)


def test_a_ring_that_lost_the_key_or_has_another_says_so_and_the_passphrase_opens_it(
    laptop: Laptop, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = begin(laptop, "--key-ring")
    laptop.kill(run)
    (name,) = ring.keys
    FileRing().set_password(*name.split("/"), "00" * 32)
    other = laptop.cli("run", run.session_path, "--no-console")
    ring.empty()
    lost = laptop.cli("run", run.session_path, "--no-console")
    ring.fails("get")
    shut = laptop.cli("run", run.session_path, "--no-console")

    for done in (other, lost, shut):
        assert done.returncode == 2
        assert "is locked with a passphrase. Nothing was changed." in " ".join(done.stderr.split())
    for done in (other, lost):
        assert "The system's key ring does not have the key of this session." in " ".join(done.stderr.split())
    assert "The system's key ring cannot be used now (KeyringError)." in " ".join(shut.stderr.split())
    typed = laptop.cli("run", run.session_path, "--no-console", "--passphrase-file", laptop.folder / "passphrase")
    assert typed.returncode == 0, typed.stderr


def test_a_session_that_could_not_begin_leaves_no_key_in_the_ring(laptop: Laptop, ring: Ring) -> None:
    refused = laptop.cli(
        "run", laptop.agenda, "--no-console", "--lan", "203.0.113.9", "--keep-until", "undecided",
        "--passphrase-file", laptop.folder / "passphrase", "--key-ring",
    )  # fmt: skip

    assert refused.returncode != 0
    assert ring.keys == {}


@pytest.mark.parametrize("how", ["delete", "purge"])
def test_deleting_and_purging_take_the_key_out_of_the_ring(laptop: Laptop, ring: Ring, how: str) -> None:
    run, _ = begin(laptop, "--key-ring")
    session = Path(run.session_path)
    laptop.kill(run)
    if how == "purge":
        known = key_file.read(session)
        assert known is not None
        outside = key_file.Outside(keep_until="2001-01-01")
        key_file.write(session, type(known)(session=known.session, outside=outside, ring=known.ring, slots=known.slots))

    done = laptop.cli(how, session, "--yes")

    assert done.returncode == 0, done.stderr
    assert not session.exists()
    assert ring.keys == {}


def test_a_ring_that_does_not_let_go_is_told_and_deleting_goes_on(laptop: Laptop, ring: Ring) -> None:
    run, _ = begin(laptop, "--key-ring")
    laptop.kill(run)
    ring.fails("delete")

    done = laptop.cli("delete", run.session_path, "--yes")

    assert done.returncode == 0, done.stderr
    assert not Path(run.session_path).exists()
    assert f"Remove the entry “workshop-tui”, “{run.session}”" in " ".join(done.stdout.split())


def test_another_passphrase_takes_it_out_of_the_ring_and_is_not_given_to_whoever_types_none(
    laptop: Laptop, ring: Ring
) -> None:
    run, _ = begin(laptop, "--key-ring")
    laptop.stop(run)
    new = laptop.write("new", "another one of four words")
    unasked = laptop.cli("passphrase", run.session_path, "--new-passphrase-file", new)
    assert unasked.returncode == 2, "whoever can log in cannot lock its owner out"
    assert ring.keys

    changed = laptop.cli(
        "passphrase", run.session_path, "--passphrase-file", laptop.folder / "passphrase", "--new-passphrase-file", new
    )

    assert changed.returncode == 0, changed.stderr
    assert (ring.keys, is_marked(run)) == ({}, False)
    assert laptop.cli("recount", run.session_path).returncode == 2


def test_the_ring_forgets_it_when_the_write_up_is_finished_also_where_it_could_not_at_first(
    laptop: Laptop, ring: Ring
) -> None:
    run, _ = begin(laptop, "--key-ring")
    ring.fails("delete")
    give(run, cmd.OpenItem(item="i01"), cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))
    laptop.stop(run)
    assert ring.keys, "this ring could not let go"
    ring.fails()

    assert KEEPS_IT not in " ".join(laptop.cli("list", laptop.folder).stdout.split())
    assert (ring.keys, is_marked(run)) == ({}, False)


def test_a_running_room_takes_it_out_as_the_write_up_is_finished(laptop: Laptop, ring: Ring) -> None:
    run, _ = begin(laptop, "--key-ring")
    give(run, cmd.OpenItem(item="i01"), cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

    deadline = time.monotonic() + 20
    while (ring.keys or look(run).in_ring) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (ring.keys, look(run).in_ring, is_marked(run)) == ({}, False, False)


# Asked at the start. ---------------------------------------------------------------------------------


def begun(laptop: Laptop, somebody: Somebody, **chosen: bool) -> beginnings.Beginning:
    agenda, _ = read_agenda(laptop.agenda, KINDS)
    slip = laptop.folder / "slip"
    given = Chosen(keep_until="undecided", slip_to=slip, **chosen)
    return beginnings.begin(agenda, "evening.toml", "day.workshop", KINDS, given, KeyRing(), somebody)


@pytest.mark.parametrize(("typed", "kept"), [("", 0), ("no", 0), ("ring", 1)])
def test_whoever_locks_a_session_is_asked_and_typing_again_is_the_default(
    laptop: Laptop, ring: Ring, typed: str, kept: int
) -> None:
    somebody = Somebody(PASSPHRASE, PASSPHRASE, typed)

    beginning = begun(laptop, somebody)

    assert any("whoever can log in to this laptop can open the session" in line for line in somebody.heard)
    assert beginning.lock is not None
    assert (len(ring.keys), beginning.lock[1].is_in_ring) == (kept, bool(kept))


def test_it_is_offered_only_where_there_is_a_ring(laptop: Laptop, ring: Ring) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    somebody = Somebody(PASSPHRASE, PASSPHRASE)

    begun(laptop, somebody)

    assert not any("key ring" in line for line in somebody.heard)


def test_a_session_that_is_not_locked_has_no_key_to_keep(laptop: Laptop, ring: Ring) -> None:
    agenda, _ = read_agenda(laptop.agenda, KINDS)
    given = Chosen(keep_until="undecided", unlocked="We try it out", key_ring=True)
    with pytest.raises(SettingsError, match="of a locked session only"):
        beginnings.begin(agenda, "evening.toml", "day.workshop", KINDS, given, KeyRing(), Somebody())
