"""`run` after a session file was lost: it goes on with what was saved, and says what may be missing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, a_laptop, give, look
from tests.runtime.wire import phones
from workshop_tui.domain import commands as cmd
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import running
from workshop_tui.runtime.running import RunFile

pytestmark = needs_posix


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with a_laptop(tmp_path) as laptop:
        yield laptop


async def voted(laptop: Laptop, options: str) -> RunFile:
    """A room in which people have voted."""
    run = laptop.begin(agenda_path=str(laptop.agenda))
    give(run, cmd.OpenItem(item="i01"), cmd.PauseTimer(), cmd.OpenVote(key=b""))
    async with phones(run, len(options)) as people:
        for n, (phone, option) in enumerate(zip(people, options, strict=True)):
            assert (await phone.vote(option, f"{n:032x}")).status == 200
    return run


def went_on(laptop: Laptop, *what: object) -> tuple[RunFile, str]:
    """Run again from the command line; gives the room and what was printed."""
    done = laptop.cli("run", *what, "--no-console")
    assert done.returncode == 0, done.stderr
    (run,) = running.find_all()
    return run, done.stdout


def answered(run: RunFile) -> int:
    seen = look(run).round
    assert seen is not None
    return seen.answered


def said_to_be_lost(run: RunFile) -> str:
    """What the room says once it has saved what it knows."""
    while "saved as" not in (fault := ENGLISH.text(look(run).fault)):
        time.sleep(0.05)
    return fault


def gone(path: Path) -> None:
    path.unlink()
    Path(f"{path}-wal").unlink()


def cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(5_000)


@pytest.mark.parametrize("lose", [gone, cut])
async def test_a_room_whose_file_is_lost_says_so_and_run_goes_on_with_every_vote(
    laptop: Laptop, lose: Callable[[Path], None]
) -> None:
    run = await voted(laptop, "abc")
    session = Path(run.session_path)
    lose(session)

    fault = said_to_be_lost(run)
    stopped = laptop.cli("stop", "--yes")
    again, said = went_on(laptop, laptop.agenda)

    assert stopped.returncode == 0
    assert f"is saved in {session.with_name('rescued-1-day.workshop')}, and not in {session}" in stopped.stdout
    assert ("wastebasket" in fault) == (lose is gone)
    assert "“rescued-1-day.workshop”" in fault
    assert "stop the room and run it again" in fault
    assert "Everything that was confirmed is in “rescued-1-day.workshop”." in said
    assert (again.session, answered(again)) == (run.session, 3)
    assert Path(again.session_path).name == "rescued-1-day.workshop"
    give(again, cmd.Reveal())


async def test_after_a_kill_and_a_lost_file_run_goes_on_with_the_second_copy_and_says_from_when_it_is(
    laptop: Laptop,
) -> None:
    run = await voted(laptop, "abc")
    give(run, cmd.Reveal())
    give(run, cmd.SetPresent(people=40), cmd.SetPresent(people=41))
    laptop.kill(run)
    gone(Path(run.session_path))

    again, said = went_on(laptop, laptop.agenda)

    assert "“day.workshop” is not there any more. This is its second copy from " in said
    assert "what came after that is missing, of the journal at least " in said
    assert again.session_path == run.session_path
    seen = look(again)
    assert seen.round is not None
    assert (seen.round.status, seen.round.answered) == ("sealed", 3)
    assert "line" in " ".join(map(str, seen.damage))


@pytest.mark.parametrize("given", ["agenda", "session"])
async def test_a_damaged_file_is_kept_as_it_is_and_its_second_copy_gone_on_with(laptop: Laptop, given: str) -> None:
    run = await voted(laptop, "abcd")
    laptop.stop(run)
    session = Path(run.session_path)
    cut(session)
    before = session.read_bytes()

    again, said = went_on(laptop, laptop.agenda if given == "agenda" else session)

    assert "“day.workshop” is not as it was left." in said
    assert "“day.workshop” was not changed." in said
    assert (Path(again.session_path).name, answered(again)) == ("restored-1-day.workshop", 4)
    assert session.read_bytes() == before


async def test_a_file_that_lost_its_log_while_no_room_ran_is_older_than_its_second_copy(laptop: Laptop) -> None:
    run = await voted(laptop, "abc")
    give(run, cmd.Reveal())
    give(run, cmd.OpenVote(key=b""))
    laptop.kill(run)
    session = Path(run.session_path)
    Path(f"{session}-wal").unlink()

    again, _ = went_on(laptop, session)

    assert answered(again) in (0, 3)
    assert again.session == run.session


async def test_with_new_nothing_that_was_saved_is_touched(laptop: Laptop) -> None:
    run = await voted(laptop, "a")
    laptop.stop(run)
    gone_path = Path(run.session_path)
    gone_path.unlink()
    before = {each: each.read_bytes() for each in laptop.folder.glob("*.snapshots/*")}

    again, _ = went_on(laptop, laptop.agenda, "--new", "--lan", "127.0.0.1")

    assert again.session != run.session
    assert {each: each.read_bytes() for each in laptop.folder.glob("*.snapshots/*") if each in before} == before
