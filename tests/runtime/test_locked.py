"""A locked session as whole processes have it: nothing of it can be read anywhere, and no command opens it unasked."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platforms import needs_posix
from tests.runtime.laptop import Laptop, free_port, give, look
from tests.runtime.somebody import Somebody
from tests.runtime.wire import WirePhone, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import SettingsError
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import workshops
from workshop_tui.runtime.beginnings import Chosen
from workshop_tui.runtime.exporting import session_record
from workshop_tui.runtime.passphrases import FILE_VARIABLE, KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.storage import key_file

PASSPHRASE = "canary passphrase of four"
AGENDA = """
title = "canary-agenda-title"
stage = "needs"

[[item]]
title = "Doors"
minutes = 30
question = "What would change?"
[item.phone]
kind = "impact"
options = ["canary-option-east", "West"]

[[item]]
title = "Your own"
minutes = 45
question = "What was it like?"
[item.phone]
kind = "vignette"

[[item]]
title = "For later"
minutes = 5
"""
CANARIES = (
    "canary-agenda-title", "canary-option-east", "canary-story", "canary-reason", "canary-note", "canary-title",
    "bit_harder",
)  # fmt: skip
"""The last is a vote."""

NOT_THE_TOOLS = ("evening.toml", "passphrase", "exports")
"""What people gave, and what is meant to be read."""


@pytest.fixture(autouse=True)
def _temporary_files_lie_here_too(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = laptop.folder / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    laptop.write("evening.toml", AGENDA)
    laptop.write("passphrase", f"{PASSPHRASE}\n")


def written(laptop: Laptop) -> Iterator[tuple[Path, bytes]]:
    """Every file that the tool wrote, and its bytes."""
    for path in sorted(laptop.folder.rglob("*")):
        if path.is_file() and not any(part in NOT_THE_TOOLS for part in path.relative_to(laptop.folder).parts):
            yield path, path.read_bytes()


def readable(laptop: Laptop) -> set[str]:
    """Which canaries lie anywhere on this laptop, in any of the ways in which programs write words."""
    content = b"\0".join(said for _, said in written(laptop))
    forms = {
        each: (
            each.encode(),
            each.encode("utf-16-le"),
            each.encode().hex().encode(),
            base64.b64encode(each.encode())[:-4],
        )
        for each in CANARIES
    }
    return {each for each, ways in forms.items() if any(way in content for way in ways)}


async def fill(run: RunFile, ana: WirePhone) -> None:
    """A vote with its reason, a story, a note, and an item with another title."""
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    vote = {"impact.a": "bit_harder", "impact.a.why": "canary-reason", "sid": secrets.token_hex(16)}
    assert (await ana.post("/vote/i01.1", vote)).status == 200
    give(run, cmd.AddNote(key=secrets.token_hex(16), kind="note", text="canary-note"))
    give(run, cmd.SkipItem(item="i03", reason="canary-title"))
    give(run, cmd.OpenItem(item="i02", vote="keep"))
    assert (await ana.tell("canary-story", secrets.token_hex(16))).status == 200


@needs_posix
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "plain, where all is found"])
async def test_nothing_that_was_said_can_be_read_anywhere_on_the_disk(laptop: Laptop, locked: bool) -> None:
    expected = set() if locked else set(CANARIES)
    run = laptop.begin_locked(PASSPHRASE) if locked else laptop.begin()
    session = Path(run.session_path)
    async with phones(run, 1) as (ana,):
        await fill(run, ana)
        assert readable(laptop) == expected, "while the room runs"
        with session_record(session, KeyRing(PASSPHRASE)) as record:
            assert [each for each, _ in written(laptop) if "copy-" in str(each)], "a copy for a report is there"
            assert record.contributions
            assert readable(laptop) == expected, "while a report is made"
        give(run, cmd.OpenItem(item="i01", vote="keep"), cmd.CloseVote(), cmd.Reveal())
        assert list(laptop.folder.glob("*.snapshots/*.workshop")), "sealing makes a second copy"
        assert readable(laptop) == expected, "with a second copy"
        session.rename(session.with_name("taken away"))
        while not list(laptop.folder.glob("rescued-1-*.workshop")):
            look(run)
        assert readable(laptop) == expected, "once what was lost is saved"
        session.with_name("taken away").rename(session)
        while look(run).fault:
            pass
    laptop.kill(run)
    assert readable(laptop) == expected, "after a crash"
    run = laptop.resume_locked(session, PASSPHRASE) if locked else laptop.resume(session)
    assert look(run).locked is locked
    laptop.stop(run)
    assert readable(laptop) == expected, "after a stop"
    done = laptop.cli("export", session, *(["--passphrase-file", laptop.folder / "passphrase"] if locked else []))
    assert done.returncode == 0, done.stderr
    assert readable(laptop) == expected, "after an export"


@needs_posix
def test_neither_passphrase_nor_key_is_in_a_command_line_an_environment_or_a_file(laptop: Laptop) -> None:
    run = laptop.begin_locked(PASSPHRASE)
    known = key_file.read(Path(run.session_path))
    assert known is not None
    key = known.opened(PASSPHRASE, "").hex()
    told = [PASSPHRASE.encode(), key.encode(), bytes.fromhex(key), base64.b64encode(bytes.fromhex(key))]

    process = Path(f"/proc/{run.pid}")
    if process.exists():
        seen = process.joinpath("cmdline").read_bytes() + process.joinpath("environ").read_bytes()
        assert [each for each in told if each in seen] == []
    assert [path for path, said in written(laptop) for each in told if each in said] == []


# Commands. -------------------------------------------------------------------------------------------

RUN = ("--no-console", "--lan", "127.0.0.1")


def begun(laptop: Laptop, *more: object) -> Path:
    """A locked session that was run and stopped, by the command line alone."""
    started = laptop.cli(
        "run", laptop.agenda, *RUN, "--port", free_port(), "--keep-until", "undecided", *more,
        "--passphrase-file", laptop.folder / "passphrase",
    )  # fmt: skip
    assert started.returncode == 0, started.stderr
    assert "Locked with a passphrase." in started.stdout
    assert laptop.cli("stop", "--yes").returncode == 0
    (session,) = laptop.folder.glob("*.workshop")
    return session


def test_a_session_that_gathers_words_does_not_begin_unasked_and_the_reason_for_none_is_kept(laptop: Laptop) -> None:
    refused = laptop.cli("run", laptop.agenda, *RUN, "--keep-until", "undecided")
    assert refused.returncode == 2
    assert "Nothing was started. Give --passphrase-file FILE." in " ".join(refused.stderr.split())
    assert list(laptop.folder.glob("*.workshop*")) == []

    unlocked = ("--unlocked", "We only try it out", "--keep-until", "2099-12-31")
    started = laptop.cli("run", laptop.agenda, *RUN, "--port", free_port(), *unlocked)

    assert "NOT LOCKED" in started.stdout
    assert "The reason given: We only try it out" in started.stdout
    (run,) = laptop.rooms()
    kept = look(run).keeping
    assert (kept.unlocked, kept.until) == ("We only try it out", "2099-12-31")
    assert laptop.cli("status").stdout.count("We only try it out") == 1
    exported = laptop.cli("export", run.session_path)
    assert exported.returncode == 0, exported.stderr
    report = Path(run.session_path).parent / "exports" / Path(run.session_path).stem / "report.html"
    assert "We only try it out" in report.read_text()


def test_a_wrong_passphrase_is_told_plainly_and_nothing_is_changed(laptop: Laptop) -> None:
    session = begun(laptop)
    wrong = laptop.write("wrong", "not this one at all")
    before = {path: said for path, said in written(laptop) if ".workshop" in path.name}

    for command in (["run", session, "--no-console"], ["export", session], ["recount", session],
                    ["keep", session, "2099-12-31"], ["hold", session, "--reason", "asked for"],
                    ["passphrase", session, "--new-passphrase-file", wrong]):  # fmt: skip
        nobody = laptop.cli(*command)
        other = laptop.cli(*command, "--passphrase-file", wrong)

        assert (nobody.returncode, other.returncode) == (2, 2), command
        assert f"“{session.name}” is locked with a passphrase. Nothing was changed." in nobody.stderr
        assert f"That does not open “{session.name}”. Nothing was changed." in other.stderr
    assert {path: said for path, said in written(laptop) if ".workshop" in path.name} == before


def test_a_script_opens_it_by_a_file_that_an_option_or_the_environment_names(laptop: Laptop) -> None:
    slip = laptop.folder / "slip"
    session = begun(laptop, "--slip-to", slip)

    named = laptop.cli("recount", session, "--passphrase-file", slip)
    told = laptop.cli("recount", session, environ={FILE_VARIABLE: str(laptop.folder / "passphrase")})

    assert (named.returncode, told.returncode) == (0, 0), named.stderr + told.stderr
    assert slip.stat().st_mode & 0o077 == 0


def test_a_running_room_needs_no_passphrase_to_come_back_to_and_a_crashed_one_does(laptop: Laptop) -> None:
    session = begun(laptop)
    started = laptop.cli("run", laptop.agenda, "--no-console", "--passphrase-file", laptop.folder / "passphrase")
    assert started.returncode == 0, started.stderr

    again = [laptop.cli("run", what, "--no-console") for what in (session, laptop.agenda)]
    attached = laptop.cli("attach")
    status = laptop.cli("status")

    assert [each.returncode for each in again] == [0, 0], again[0].stderr + again[1].stderr
    assert "There is no terminal here for the console. The room is running." in attached.stderr
    assert "Locked with a passphrase." in status.stdout
    (run,) = laptop.rooms()
    laptop.kill(run)
    for what in (session, laptop.agenda):
        refused = laptop.cli("run", what, "--no-console")
        assert refused.returncode == 2
        assert "is locked with a passphrase. Nothing was changed." in refused.stderr
    back = laptop.cli("run", laptop.agenda, "--no-console", "--passphrase-file", laptop.folder / "passphrase")
    assert "Going on with the session in" in back.stdout, back.stderr


@pytest.mark.parametrize(("typed", "begins"), [("", False), ("yes", False), ("new", True)])
def test_a_locked_session_of_the_same_agenda_that_nobody_opens_is_named_before_another_one_begins(
    laptop: Laptop, typed: str, begins: bool
) -> None:
    session = begun(laptop)
    somebody = Somebody("", typed)
    chosen = Chosen(unlocked="We try it out", keep_until="undecided")

    def run() -> None:
        ring = KeyRing(ask=somebody.asks_unseen, say=somebody.say)
        workshops.open_agenda(laptop.agenda, ring, somebody, chosen, lan="127.0.0.1", port=free_port())

    if begins:
        run()
    else:
        with pytest.raises(SettingsError, match=r"Nothing was started\."):
            run()

    assert f"Of this agenda there is a session that is locked and was not opened: {session.name}." in somebody.heard
    assert len(laptop.rooms()) == begins
    assert len(list(laptop.folder.glob("*.workshop"))) == 1 + begins


def test_another_passphrase_opens_it_and_the_one_before_does_not(laptop: Laptop) -> None:
    session = begun(laptop)
    new = laptop.write("new", "another one of four words")

    changed = laptop.cli(
        "passphrase", session, "--passphrase-file", laptop.folder / "passphrase", "--new-passphrase-file", new
    )

    assert changed.returncode == 0, changed.stderr
    assert laptop.cli("recount", session, "--passphrase-file", new).returncode == 0
    assert laptop.cli("recount", session, "--passphrase-file", laptop.folder / "passphrase").returncode == 2


def test_a_session_whose_key_is_nowhere_is_told_from_a_wrong_passphrase(laptop: Laptop) -> None:
    session = begun(laptop)
    for each in laptop.folder.rglob("*.key"):
        each.unlink()

    done = laptop.cli("export", session, "--passphrase-file", laptop.folder / "passphrase")

    assert done.returncode == 2
    assert f"its key, “{session.name}.key”, is not beside it" in done.stderr


def test_a_key_that_was_lost_comes_back_from_the_second_copies(laptop: Laptop) -> None:
    session = begun(laptop)
    key_file.path_of(session).unlink()

    started = laptop.cli("run", session, "--no-console", "--passphrase-file", laptop.folder / "passphrase")

    assert started.returncode == 0, started.stderr
    assert key_file.path_of(session).exists()


def test_deleting_needs_no_passphrase_and_leaves_nothing(laptop: Laptop) -> None:
    session = begun(laptop)

    done = laptop.cli("delete", session, "--yes")

    assert done.returncode == 0, done.stderr
    first, *_ = done.stdout.partition("Deleted:")[2].split()
    assert first.endswith(".key")
    assert [path for path, _ in written(laptop) if ".workshop" in path.name] == []


def test_asking_gives_up_after_three_tries_and_pressing_enter_leaves_a_session_locked(tmp_path: Path) -> None:
    session = tmp_path / "day.workshop"
    session.write_bytes(secrets.token_bytes(4096))
    known, key = key_file.new("0" * 16, "", PASSPHRASE, "")
    key_file.write(session, known)
    said: list[str] = []

    def ring(*typed: str) -> KeyRing:
        answers = iter(typed)
        return KeyRing(ask=lambda _: next(answers), say=lambda each: said.append(ENGLISH.text(each)))

    with pytest.raises(Exception, match="That does not open"):
        ring("one", "two", "three", PASSPHRASE).key_of(session)
    assert len(said) == 2
    with pytest.raises(Exception, match="is locked, and was not opened"):
        ring("").key_of(session)
    opened = ring("mistyped", PASSPHRASE)
    found = opened.key_of(session)
    assert found is not None
    assert found.hex() == key.hex()
    assert opened.key_of(session) is found, "asked once"
