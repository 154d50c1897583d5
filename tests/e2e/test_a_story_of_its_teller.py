"""One story of a parent: told, shown to the room, written into reports, taken back the next day, and then nowhere.

It runs over real processes, real session files and a real browser. Every search for its bytes also runs on a session
that is not locked, and before the story is taken back: there it has to find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, Page, expect

from tests.browser.turns import screen_findings
from tests.e2e.phones import BigScreen, Phone
from tests.runtime.laptop import Laptop, a_laptop, give, look, queue
from workshop_tui.domain import commands as cmd
from workshop_tui.limits import STORY_LETTERS
from workshop_tui.room.queue_page import QueueEntry
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.running import RunFile
from workshop_tui.storage import db

pytestmark = pytest.mark.browser

PASSPHRASE = "three blind mice again"
ROOM = "This room, and the report of today"

NAME = "Dr Prothero"
HERS = "qcanary-hers"
STORY = f"{NAME} told us nine times to wait, {HERS}, and nobody rang."
OURS = "qcanary-ours"
SHOWN = f"{OURS} told us nine times to wait, {HERS}, and nobody rang."
"""As the room reads it: the facilitator put another word in place of the name."""

OTHER = "qother-story that its teller leaves where it is."
MARKS = (HERS, OURS, NAME)
"""What must be nowhere in the end: words of the story, of the facilitator in it, and the name."""

both_ways = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


@both_ways
@pytest.mark.parametrize("locked", [True, False], ids=["locked", "plain, where all is found"])
def test_a_story_belongs_to_its_teller(laptop: Laptop, browser: Browser, script: bool, locked: bool) -> None:
    workshop = the_facilitator_asks_for_stories(laptop, locked=locked)
    wall = BigScreen(browser, workshop.screen_url)
    parent, other = Phone(browser, script=script), Phone(browser, script=script)

    # She is told what cannot be promised, tells, is warned about a name, and sends it all the same.
    code = tells(parent, workshop, STORY, warned_about=NAME)
    tells(other, workshop, OTHER)
    assert nothing_is_left_on(parent, HERS)

    # The facilitator reads it, takes the name out, and approves it; then the room hears it.
    for entry in queue(workshop).entries:
        the_facilitator_takes_names_out(workshop, entry)
        give(workshop, cmd.Moderate(contribution=entry.key, handling="approved"))
    the_facilitator_shows(workshop, STORY)
    wall.shows(SHOWN)
    wall.holds_nothing_of(NAME)
    other.page.goto(f"{workshop.join_url.lower().partition('/j/')[0]}/stories")
    other.sees(SHOWN, OTHER)
    other.does_not_see(NAME)
    the_facilitator_quotes_it_in_a_note(workshop)

    # Everybody goes home. While the room still runs somebody moves its file, and a rescue of it is written.
    give(workshop, cmd.EndWorkshop(confirm="END"))
    reports = the_reports(laptop, workshop, "reports of the day")
    assert_the_reports_hold(reports, SHOWN, OTHER)
    give(workshop, cmd.FinishWriteUp(confirm="FINISH"))
    lose_the_file_for_a_moment(workshop)
    laptop.stop(workshop)
    before = places_of(laptop, workshop, *MARKS, besides=reports)
    assert before.opened == {"the file", "a snapshot", "a rescue"}, before
    assert before.raw == (set() if locked else before.opened), before

    # The next day she takes it back.
    done = laptop.cli("withdraw", workshop.session_path, code, "--yes", *opening(laptop, locked=locked))

    assert done.returncode == 0, done.stderr
    assert "The words are deleted for good." in done.stdout
    assert "cannot be unseen" in done.stdout
    for each in reports.iterdir():
        assert str(each) in " ".join(done.stdout.split("\n")), "who has a report can be asked to delete it"
    since = the_reports(laptop, workshop, "reports since")
    after = places_of(laptop, workshop, *MARKS, besides=reports)
    assert (after.raw, after.opened) == (set(), set())
    assert_the_reports_hold(since, OTHER)
    assert places_of(laptop, workshop, OTHER, besides=reports).opened >= {"the file", "another file"}

    # Nobody learns from a second try whether there ever was such a story.
    again = laptop.cli("withdraw", workshop.session_path, code, "--yes", *opening(laptop, locked=locked))
    assert (again.returncode, "No words have this code." in again.stderr) == (2, True)


@pytest.mark.parametrize("locked", [True, False], ids=["locked", "plain, where all is found"])
def test_it_goes_as_well_where_the_laptop_died_before_anybody_stopped_the_room(
    laptop: Laptop, browser: Browser, locked: bool
) -> None:
    workshop = the_facilitator_asks_for_stories(laptop, locked=locked)
    code = tells(Phone(browser), workshop, STORY, warned_about=NAME)
    laptop.kill(workshop)
    before = places_of(laptop, workshop, HERS, NAME)
    assert before.raw == (set() if locked else {"the log"}), before

    done = laptop.cli("withdraw", workshop.session_path, code, "--yes", *opening(laptop, locked=locked))

    assert done.returncode == 0, done.stderr
    after = places_of(laptop, workshop, HERS, NAME)
    assert (after.raw, after.opened) == (set(), set())


# Any script. -----------------------------------------------------------------------------------------

STORIES = {
    "Urdu": "مجھے نو بار شروع سے بتانا پڑا، کسی نے فون نہیں کیا اور میرا بیٹا روتا رہا\n\nپھر ایک نرس نے میری بات سنی",  # noqa: RUF001 - it is how Urdu is written
    "Arabic": "اضطررتُ أن أحكي القصة تسع مرات. لم يتصل بنا أحد، وكان ابني يبكي.\n\nثم جاءت ممرضة واستمعت إلينا.",
    "10,000 letters": " ".join(f"No {number:04} they rang." for number in range(1, 600))[:STORY_LETTERS].strip(),
    "emoji": "😀👩‍👩‍👧‍👦 🙏🏽🙏🏿 🏴󠁧󠁢󠁷󠁬󠁳󠁿🇵🇰 ❤️‍🩹1️⃣ 😭😭😭",
}


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laptop, RunFile]]:
    """One room for stories of every script."""
    with a_laptop(tmp_path_factory.mktemp("laptop")) as laptop:
        yield laptop, the_facilitator_asks_for_stories(laptop, locked=False)


@both_ways
@pytest.mark.parametrize("language", STORIES)
def test_a_story_in_any_script_is_shown_whole_and_goes_whole(
    lasting: tuple[Laptop, RunFile], browser: Browser, language: str, script: bool
) -> None:
    laptop, workshop = lasting
    words = STORIES[language]
    pieces = pieces_of(words)
    wall = BigScreen(browser, workshop.screen_url)
    phone = Phone(browser, script=script, language="ur" if language == "Urdu" else "en-GB")

    code = tells(phone, workshop, words)
    (entry,) = [each for each in queue(workshop, "all").entries if any(said == words for _, said in each.parts)]
    give(workshop, cmd.Moderate(contribution=entry.key, handling="approved"))
    the_facilitator_shows(workshop, words)
    wall.shows(words.split("\n")[0][:40])
    assert paragraphs_on(wall.page) == words.split("\n\n")
    assert screen_findings(wall.page) == []
    assert is_set_from_right_to_left(wall.page) is (language in ("Urdu", "Arabic"))
    assert [each for each in pieces if each not in everything(laptop)] == []

    done = laptop.cli("withdraw", workshop.session_path, code, "--yes")

    assert done.returncode == 0, done.stderr
    expect(wall.page.locator("blockquote")).to_have_count(0)
    assert [each for each in pieces if each in everything(laptop)] == []


def pieces_of(words: str) -> list[bytes]:
    """A story in pieces that stand for each part of it, as they lie on the disk."""
    said = words.split("\n\n")
    if len(words) > 1000:
        return [each.encode() for each in words.split(" they rang.") if each]
    return [each.encode() for each in said]


def everything(laptop: Laptop) -> bytes:
    """All bytes of all files that there are."""
    return b"\0".join(each.read_bytes() for each in sorted(laptop.folder.rglob("*")) if each.is_file())


# What people do on their phones. ---------------------------------------------------------------------


def tells(phone: Phone, workshop: RunFile, words: str, *, warned_about: str = "") -> str:
    """Join, read what cannot be promised, tell a story, choose this room, read it once more and send it.

    Returns:
        The private code.
    """
    phone.page.goto(workshop.join_url)
    phone.reads_the_ground_rules()
    phone.page.get_by_label("What happened?").fill(words)
    assert phone.page.get_by_role("radio", checked=True).count() == 0, "nothing is chosen for anybody"
    phone.page.get_by_role("radio", name=ROOM).check()
    phone.presses("Continue")
    phone.sees("Check your words", ROOM)
    assert paragraphs_on(phone.page) == words.split("\n\n")
    assert is_set_from_right_to_left(phone.page) is (words in (STORIES["Urdu"], STORIES["Arabic"]))
    marked = phone.page.locator("mark").all_inner_texts()
    assert marked == ([warned_about] if warned_about else [])
    if warned_about:
        phone.sees("This may tell who somebody is:", "You can change it, or send it just as it is.")
    phone.sends_it()
    return phone.keeps_the_code()


def nothing_is_left_on(phone: Phone, words: str) -> bool:
    """Whether the browser of a phone keeps none of these words once they were sent."""
    kept = phone.page.context.storage_state(indexed_db=True)
    return words not in str(kept) and words not in phone.page.content()


def paragraphs_on(page: Page) -> list[str]:
    """The words of the one story on a page, as they were typed."""
    lines = page.locator("blockquote p:not(.quote-heading)")
    return [unbroken(each) for each in lines.all_inner_texts()]


def unbroken(shown: str) -> str:
    """Words without the empty line that a browser says after a paragraph."""
    return shown.strip("\n")


def is_set_from_right_to_left(page: Page) -> bool:
    """Whether the lines of the one story on a page begin at its right."""
    return bool(
        page.evaluate("""() => {
            let lines = document.querySelector('blockquote bdi');
            while (getComputedStyle(lines).display === 'inline') lines = lines.parentElement;
            return getComputedStyle(lines).direction === 'rtl';
        }""")
    )


# What the facilitator does. --------------------------------------------------------------------------


AGENDA = """
title = { en = "Told once", ur = "ایک بار", ar = "مرة واحدة" }
stage = "needs"

[[item]]
title = { en = "Your own", ur = "آپ کی کہانی", ar = "قصتك" }
minutes = 45
question = { en = "What was it like?", ur = "آپ کے ساتھ کیا ہوا؟", ar = "ماذا حدث لك؟" }
[item.phone]
kind = "vignette"
"""


def the_facilitator_asks_for_stories(laptop: Laptop, *, locked: bool) -> RunFile:
    """A session that is locked, or is not."""
    laptop.write(laptop.agenda.name, AGENDA)
    laptop.write("passphrase", f"{PASSPHRASE}\n")
    run = laptop.begin_locked(PASSPHRASE, hurried=True) if locked else laptop.begin(hurried=True)
    give(run, cmd.OpenItem(item="i01"))
    return run


def opening(laptop: Laptop, *, locked: bool) -> tuple[object, ...]:
    """What opens the session on a command line."""
    return ("--passphrase-file", laptop.folder / "passphrase") if locked else ()


def the_facilitator_takes_names_out(run: RunFile, entry: QueueEntry) -> None:
    """Write something else for each place that is marked."""
    for mark in entry.open_marks:
        give(
            run,
            cmd.Redact(
                contribution=entry.key,
                place=mark.place,
                start=mark.start,
                end=mark.end,
                decision="edited",
                words=OURS,
            ),
        )


def the_facilitator_shows(run: RunFile, words: str) -> None:
    """Put the story with these words on the big screen."""
    (entry,) = [each for each in queue(run, "all").entries if any(said == words for _, said in each.parts)]
    give(run, cmd.SetScreen(mode="story", subject=entry.key))


def the_facilitator_quotes_it_in_a_note(run: RunFile) -> None:
    """As it was shown."""
    give(run, cmd.AddNote(key="0" * 32, kind="concern", text=f"Somebody said: {SHOWN}"))


def lose_the_file_for_a_moment(run: RunFile) -> None:
    """Take the session file away until the room has written a rescue, and put it back."""
    session = Path(run.session_path)
    session.rename(session.with_name("taken away"))
    while not list(session.parent.glob("rescued-1-*.workshop")):
        look(run)
    session.with_name("taken away").rename(session)
    while look(run).fault:
        pass


def the_reports(laptop: Laptop, run: RunFile, name: str) -> Path:
    """Every report there is, in a folder of that name."""
    key = opening(laptop, locked=Path(f"{run.session_path}.key").exists())
    done = laptop.cli("export", run.session_path, "--to", laptop.folder / name, *key)
    assert done.returncode == 0, done.stderr
    return laptop.folder / name


def assert_the_reports_hold(reports: Path, *stories: str) -> None:
    """These stories are in what people read and in what machines read, word for word."""
    for name in ("report.html", "stories.csv"):
        said = (reports / name).read_text(encoding="utf-8-sig")
        assert [each for each in stories if each not in said] == [], name


# Where words lie. ------------------------------------------------------------------------------------


class Places(Struct, frozen=True):
    """Where words are found."""

    raw: set[str]
    """In the bytes of a file as it lies on the disk."""
    opened: set[str]
    """The same, and also in what the key of a locked session opens."""


def places_of(laptop: Laptop, run: RunFile, *words: str, besides: Path | None = None) -> Places:
    """Look for any of these words in every file of a laptop, apart from a folder that people have copies of."""
    raw, opened = set(), set()
    for path in sorted(laptop.folder.rglob("*")):
        if not path.is_file() or path.parent == besides:
            continue
        if holds(path.read_bytes(), words):
            raw.add(called(path, run))
        elif path.suffix == ".workshop" and holds(what_opens(path), words):
            opened.add(called(path, run))
    return Places(raw, opened | raw)


def holds(content: bytes, words: tuple[str, ...]) -> bool:
    return any(each.encode() in content for each in words)


def called(path: Path, run: RunFile) -> str:
    if path == Path(run.session_path):
        return "the file"
    if path.name.endswith("-wal"):
        return "the log"
    if path.parent.suffix == ".snapshots":
        return "a snapshot"
    return "a rescue" if path.name.startswith("rescued-") else "another file"


def what_opens(path: Path) -> bytes:
    """Every value in every table of a session file, opened with its key if it has one."""
    with closing(db.connect(path, KeyRing(PASSPHRASE).key_of(path), query="mode=ro")) as file:
        tables = [
            str(name) for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        ]
        rows = [row for each in tables for row in file.execute(f'SELECT * FROM "{each}"').fetchall()]
    return b"\0".join(each if isinstance(each, bytes) else str(each).encode() for row in rows for each in row)
