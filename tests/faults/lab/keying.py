"""The key of a locked session made, changed and deleted, killed at every step: never a locked session without its key.

    python -m tests.faults.lab.keying ACT WORK

Run it behind the shim, as `lab.ending`. ACT is "make", "change", "say" (what stands beside the key follows the session)
or "delete".
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.lab.ending import in_a_child
from tests.storage import samples
from workshop_tui.domain import events as ev
from workshop_tui.errors import SessionFileError, WorkshopError, WrongKey
from workshop_tui.runtime import deleting
from workshop_tui.settings import HOME_VARIABLE
from workshop_tui.storage import key_file
from workshop_tui.storage.keys import FileKey
from workshop_tui.storage.records import read_record
from workshop_tui.storage.session_file import change_key, create, open_existing

NAME = "a day.workshop"
BEFORE, AFTER = "three blind mice", "see how they run"
STORY = "canary-story-of-a-locked-day"


class Act:
    """One act on one locked session, with a second copy and a rescue of it.

    Args:
        work: Everything lies below here; what the session keeps, below its folder "laptop".
    """

    def __init__(self, work: Path) -> None:
        self.laptop = work / "laptop"
        self.before = work / "before"
        self.session = self.laptop / "held" / NAME

    def prepare(self) -> None:
        """Everything that was before the act."""
        self.make()
        self.make_copies()

    def make(self) -> None:
        """A locked session is made, and somebody tells a story."""
        known, key = key_file.new(samples.info().id, "tell-it-once.toml", BEFORE, "")
        store = create(self.session, samples.info(), samples.AGENDA_TEXT, samples.STORY_KEY, key=key, known=known)
        store.commit([*samples.started(), samples.story(1, body=STORY)], 1)
        store.close()

    def make_copies(self) -> None:
        """The room loses its file and gets it back."""
        store = open_existing(self.session, key=self.key(BEFORE))
        stored = store.load()
        self.session.rename(self.laptop / "away")
        store.rescue(stored)
        (self.laptop / "away").rename(self.session)
        store.close()

    def change(self) -> None:
        """Somebody gives it another passphrase."""
        known = key_file.read(self.session)
        assert known is not None
        change_key(self.session, known.locked_anew(self.key(BEFORE), AFTER, ""))

    def say(self) -> None:
        """Somebody puts it on hold."""
        store = open_existing(self.session, key=self.key(BEFORE))
        store.commit([samples.signed(ev.HoldPlaced(at=2, reason="asked for"))], 2)
        store.close()

    def delete(self) -> None:
        """All of it goes."""
        assert deleting.delete(deleting.find(self.session)).left == ()

    def key(self, passphrase: str, session: Path | None = None) -> FileKey:
        """What the passphrase opens."""
        known = key_file.find(session or self.session)
        assert known is not None
        return known.opened(passphrase, NAME)

    def holding(self) -> list[str]:
        """Which passphrases open the key file beside the session."""
        found = []
        for each in (BEFORE, AFTER):
            try:
                self.key(each)
            except WrongKey:
                continue
            found.append(each)
        return found

    # What was left behind. -----------------------------------------------------------------------

    def check_made(self) -> None:
        """Whole with its key, or absent; a key alone is no session, and the next one gets another name."""
        self.nothing_to_read()
        if not self.session.exists():
            self.session = self.session.with_name("another day.workshop")
            self.make()
        assert self.holding() == [BEFORE]
        open_existing(self.session, key=self.key(BEFORE)).close()

    def check_changed(self) -> None:
        """One of both holds, and never none; once a room has had the session, for every copy of the key."""
        (holds,) = self.holding()
        key = self.key(holds)
        open_existing(self.session, key=key).close()
        keys = list(self.laptop.rglob("*.key"))
        assert len(keys) >= 2
        known = key_file.read(self.session)
        assert all(each.read_bytes() == key_file.path_of(self.session).read_bytes() for each in keys), known
        left = list(self.laptop.rglob("*.part"))
        assert left == [], left

    def check_said(self) -> None:
        """The key file says what the session says, once a room has had it."""
        open_existing(self.session, key=self.key(BEFORE)).close()
        known, record = key_file.read(self.session), read_record(self.session, key=self.key(BEFORE))
        assert known is not None
        assert known.outside.held == record.state.keeping.is_held

    def check_deleted(self) -> None:
        """Begun again, a delete comes to its end, and without its keys nobody reads what was left meanwhile."""
        self.nothing_to_read()
        if list(self.laptop.rglob("*.key")) == []:
            for each in self.laptop.rglob("*.workshop"):
                try:
                    assert key_file.find(each) is None
                    read_record(each)
                except WorkshopError:
                    continue
                raise AssertionError(f"{each} could be read")
        with contextlib.suppress(SessionFileError):
            self.delete()
        left = [each for each in self.laptop.rglob("*") if each.is_file()]
        assert left == [], left

    def nothing_to_read(self) -> None:
        """No byte says what was told, or opens it."""
        for each in self.laptop.rglob("*"):
            if each.is_file():
                said = each.read_bytes()
                assert not [word for word in (STORY, BEFORE, AFTER, "CREATE TABLE") if word.encode() in said], each


EACH: Final = 40
"""The first steps are the key's own; of those that follow, in the session file, `test_ending_killed` tries each."""


def steps() -> Iterator[int]:
    """The steps to be killed at."""
    yield from range(1, EACH)
    yield from range(EACH, 100_000, 7)


def main(name: str, work: Path) -> None:
    """Prepare, then play and look until the act comes to its end."""
    key_file.N = 1 << 4  # type: ignore[misc]  # guessing is not what is tried here
    act = Act(work)
    os.environ[HOME_VARIABLE] = str(act.laptop / "home")
    act.session.parent.mkdir(parents=True)
    play, check, prepare = {
        "make": (act.make, act.check_made, lambda: None),
        "change": (act.change, act.check_changed, act.prepare),
        "say": (act.say, act.check_said, act.prepare),
        "delete": (act.delete, act.check_deleted, act.prepare),
    }[name]
    assert in_a_child(prepare) == 0
    shutil.copytree(act.laptop, act.before)
    kill_at_step = ctypes.CDLL(None).kill_at_step

    def killed_at(step: int) -> None:
        kill_at_step(step)
        play()

    for step in steps():
        shutil.rmtree(act.laptop)
        shutil.copytree(act.before, act.laptop)
        ended = in_a_child(lambda step=step: killed_at(step))  # type: ignore[misc]
        assert ended in (0, 9), f"step {step}: the act itself failed"
        assert in_a_child(check) == 0, f"killed at step {step}"
        if ended == 0:
            print(f"{step} steps")
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
