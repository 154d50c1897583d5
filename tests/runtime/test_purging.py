"""Sessions past their last day go with all that belongs to them, once somebody said yes; what is held stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.runtime.laptop import Laptop, give, look
from tests.storage import samples
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import events as ev
from workshop_tui.errors import SettingsError
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import deleting, purging
from workshop_tui.storage import key_file
from workshop_tui.storage.session_file import create

YESTERDAY, TOMORROW = ((dt.datetime.now().astimezone().date() + dt.timedelta(days=n)).isoformat() for n in (-1, 1))


def kept(folder: Path, name: str, until: str | None, *, hold: str = "", locked: bool = False) -> Path:
    """A session that was stopped in order."""
    id_ = f"{abs(hash(name)):016x}"[-16:]
    known, key = key_file.new(id_, "", "three blind mice", "") if locked else (None, None)
    store = create(
        folder / f"{name}.workshop", samples.info(id=id_), samples.AGENDA_TEXT, samples.STORY_KEY, key=key, known=known
    )
    happened: list[ev.Event] = [*samples.started(), samples.story(1)]
    if until is not None:
        happened.append(ev.RetentionSet(at=2, until=until))
    if hold:
        happened.append(samples.signed(ev.HoldPlaced(at=3, reason=hold)))
    store.commit(happened, 1)
    store.close()
    return store.path


@pytest.fixture
def folder(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight sessions, of which two are past their last day."""
    monkeypatch.setattr(key_file, "N", 1 << 4)
    folder = laptop.folder / "kept"
    folder.mkdir()
    kept(folder, "past", YESTERDAY)
    kept(folder, "past-locked", YESTERDAY, locked=True)
    kept(folder, "to-come", TOMORROW)
    kept(folder, "undecided", "")
    kept(folder, "nobody-said", None)
    kept(folder, "held", YESTERDAY, hold="Our solicitors ask for it")
    kept(folder, "held-locked", YESTERDAY, hold="canary-reason", locked=True)
    (folder / "torn.workshop").write_bytes(b"SQLite format 3\0 and no more")
    return folder


def names(folder: Path) -> set[str]:
    return {each.stem for each in folder.glob("*.workshop")}


def test_what_is_past_its_last_day_goes_and_nothing_else(laptop: Laptop, folder: Path) -> None:
    before = names(folder)

    done = laptop.cli("purge", folder, "--yes")

    assert done.returncode == 0, done.stderr
    assert before - names(folder) == {"past", "past-locked"}
    assert [each.name for each in folder.iterdir() if each.name.startswith("past")] == []
    assert "Deleted: past.workshop" in done.stdout
    assert "On legal hold: Our solicitors ask for it" in done.stdout
    assert "canary-reason" not in done.stdout
    assert "torn.workshop:" in done.stdout


def test_nothing_goes_before_somebody_said_yes(laptop: Laptop, folder: Path) -> None:
    before = names(folder)

    done = laptop.cli("purge", folder)

    assert done.returncode == 2
    assert "These are past their last day:" in done.stdout
    assert names(folder) == before


def test_a_list_says_of_each_session_how_it_is_kept_and_asks_for_nothing(laptop: Laptop, folder: Path) -> None:
    listed = laptop.cli("list", folder).stdout.splitlines()

    def said(name: str) -> str:
        (line,) = (each for each in listed if each.startswith(f"{name}.workshop:"))
        return line

    assert len(listed) == 8
    assert "NOT LOCKED. Kept until" in said("past")
    assert "Locked with a passphrase. Kept until" in said("past-locked")
    assert "It is not decided yet" in said("undecided")
    assert "Nobody has said until when it is kept." in said("nobody-said")
    assert said("held").endswith("On legal hold: Our solicitors ask for it")
    assert said("held-locked").endswith("On legal hold.")
    assert laptop.cli("list", laptop.folder / "nowhere").returncode == 2


def test_deleting_respects_a_hold_until_it_is_lifted_with_a_reason(laptop: Laptop, folder: Path) -> None:
    for name in ("held", "held-locked"):
        with pytest.raises(SettingsError) as refusal:
            deleting.find(folder / f"{name}.workshop")
        assert "is on legal hold. Nothing was deleted." in ENGLISH.text(refusal.value.message)
    passphrase = laptop.write("passphrase", "three blind mice")
    lift = ("hold", folder / "held-locked.workshop", "--lift", "--passphrase-file", passphrase)

    assert laptop.cli(*lift).returncode == 1, "without a reason"
    assert laptop.cli(*lift, "--reason", "The matter is closed").returncode == 0
    assert laptop.cli("purge", folder, "--yes").returncode == 0

    assert "held-locked" not in names(folder)
    assert "held" in names(folder)


def test_a_hold_and_a_last_day_can_be_said_of_a_running_session_and_of_a_stopped_one(laptop: Laptop) -> None:
    run = laptop.begin()
    held = laptop.cli("hold", run.session_path, "--reason", "Asked for")
    until = laptop.cli("keep", run.session_path, TOMORROW)
    assert (held.returncode, until.returncode) == (0, 0), held.stderr + until.stderr
    assert (look(run).keeping.hold, look(run).keeping.until) == ("Asked for", TOMORROW)
    listed = laptop.cli("list", laptop.folder).stdout
    assert "Its room runs." in listed
    assert "On legal hold: Asked for" in listed
    give(run, cmd.EndWorkshop(confirm="END"))
    give(run, cmd.FinishWriteUp(confirm="FINISH"))
    laptop.stop(run)

    assert laptop.cli("keep", run.session_path, "undecided").returncode == 0
    assert laptop.cli("hold", run.session_path, "--lift", "--reason", "Closed").returncode == 0

    (found,) = purging.found_in([laptop.folder])
    assert (found.keeping.until, found.keeping.is_held) == ("", False)
    assert laptop.cli("keep", run.session_path, "soon").returncode == 2


def test_a_session_that_runs_is_never_purged(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.SetRetention(until=YESTERDAY))

    (found,) = purging.found_in([laptop.folder])

    assert found.runs
    assert purging.due_of([found]) == []


def test_a_last_day_before_the_end_of_the_write_up_is_refused(laptop: Laptop) -> None:
    done = laptop.cli("run", laptop.agenda, "--no-console", "--lan", "127.0.0.1", "--unlocked", "A try",
                      "--keep-until", TOMORROW)  # fmt: skip

    assert done.returncode == 2
    assert "the last day of the write-up" in done.stderr
