"""One real evening with a story at every level in every state: where each may be found, and where it may not."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.exports.workshops import text_of
from tests.runtime.laptop import Laptop, a_laptop, give, look, queue
from tests.runtime.wire import desk_wire, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.commands import Handling
from workshop_tui.domain.consent import LEVELS
from workshop_tui.errors import CommandRefused
from workshop_tui.runtime.running import RunFile

PRIVATE = "canary-private"
HANDLINGS: tuple[Handling, ...] = ("new", "read", "on_hold", "approved")
STORIES = {f"canary-{level}-{handling}": (level, handling) for level, _ in LEVELS for handling in HANDLINGS}
FOR_THE_ROOM = {"canary-C2-approved", "canary-C3-approved", "canary-C4-approved"}
FOR_NOBODY = [*(STORIES.keys() - FOR_THE_ROOM), PRIVATE]
PAGES = ("/now", "/strip", "/state", "/stories", "/stories?from=5", "/", "/help", "/privacy", "/paper", "/leave", "/no")


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with a_laptop(tmp_path) as made:
        yield made


async def test_nobodys_words_are_anywhere_but_where_they_were_meant_for(laptop: Laptop) -> None:
    run = laptop.begin(hurried=True)
    async with phones(run, 2) as (ana, ben):
        give(run, cmd.OpenItem(item="i02"))
        for number, (words, (level, _)) in enumerate(STORIES.items()):
            phone = ana if number % 2 else ben
            assert (await phone.tell(words, secrets.token_hex(16), level=level)).status == 200
        give(run, cmd.OpenItem(item="i03"))
        assert (await ana.post("/say/i03", {"words": PRIVATE, "sid": secrets.token_hex(16)})).status == 200
        _handle_all(run)

        seen = [(await ben.see(page)).text for page in PAGES] + await _every_screen(run)
        seen += [laptop.cli("status", *options).stdout for options in ((), ("--json",))]
    first = _exported(laptop, run, "first")
    give(run, cmd.EndWorkshop(confirm="END"))
    give(run, cmd.FinishWriteUp(confirm="FINISH"))
    private = look(run).waiting.private
    last = _exported(laptop, run, "last")
    said = [laptop.cli("recount", run.session_path).stdout]
    laptop.stop(run)
    stopped = _exported(laptop, run, "stopped")

    assert stopped == last
    for place, text in [*first.items(), *last.items(), *enumerate(seen + said)]:
        assert [words for words in FOR_NOBODY if words in text] == [], place
    for words in FOR_THE_ROOM:
        assert any(words in text for text in seen)
        assert all(words in reports["report.html"] and words in reports["stories.csv"] for reports in (first, last))
    # Once the write-up is finished the file has all stories and no private words, and nothing else has any of both.
    for path in (each for each in laptop.folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        assert PRIVATE.encode() not in content, path
        if path.suffix != ".workshop":
            assert [words for words in FOR_NOBODY if words.encode() in content] == [], path
    assert private == 0


def _handle_all(run: RunFile) -> None:
    """Bring every story into its state; what its owner does not allow is refused."""
    for entry in queue(run, "all").entries:
        level, handling = STORIES.get(entry.parts[0][1], ("", "new"))
        if handling == "new":
            continue
        if handling == "approved" and level in ("C0", "C1"):
            with pytest.raises(CommandRefused):
                give(run, cmd.Moderate(contribution=entry.key, handling=handling))
            with pytest.raises(CommandRefused):
                give(run, cmd.SetScreen(mode="story", subject=entry.key))
            continue
        give(run, cmd.Moderate(contribution=entry.key, handling=handling))


async def _every_screen(run: RunFile) -> list[str]:
    """The big screen with each approved story, and with whatever else can be asked for."""
    desk, shown = desk_wire(run), []
    screen = urlsplit(run.screen_url).path
    for entry in queue(run, "all").entries:
        try:
            give(run, cmd.SetScreen(mode="story", subject=entry.key))
        except CommandRefused:
            continue
        for path in (screen, f"{screen}/part", f"{screen}/state"):
            reply = await desk.ask("GET", path)
            assert reply.status == 200
            shown.append(reply.text)
    await desk.close()
    return shown


def _exported(laptop: Laptop, run: RunFile, name: str) -> dict[str, str]:
    """Every file of an export, by name."""
    done = laptop.cli("export", run.session_path, "--to", laptop.folder / name)
    assert done.returncode == 0, done.stderr
    return {each.name: text_of(each) for each in (laptop.folder / name).iterdir()}
