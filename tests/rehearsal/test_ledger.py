"""The simulated people's ledger: it agrees with the file of a real room, and finds every single difference."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.exports.workshops import record_of
from tests.runtime.laptop import Laptop, a_laptop, give
from tests.sessions import Desk, an_agenda, item, options
from workshop_tui.agendas import shipped_file
from workshop_tui.domain import commands as cmd
from workshop_tui.rehearsal.crowd import Crowd, CrowdAsked, crowd
from workshop_tui.rehearsal.facilitator import Facilitator
from workshop_tui.rehearsal.ledger import Ledger, Vote, Words, differences, read_ledger, write_ledger
from workshop_tui.rehearsal.phone import Pace
from workshop_tui.runtime import running
from workshop_tui.runtime.running import RunFile

PEOPLE = 6
AT_ONCE = Pace(think=(0, 0), look=0, change=0.5)


class Played:
    """A short evening that simulated people lived through, with its file and their ledger."""

    def __init__(self, laptop: Laptop, session: Path, ledger: Path) -> None:
        self.laptop = laptop
        self.session = session
        self.ledger = ledger

    def compare(self, ledger: Ledger | None = None, session: Path | None = None) -> tuple[int, str]:
        """What a fresh process says: exit code and words."""
        path = self.ledger
        if ledger is not None:
            path = self.ledger.with_name("changed.json")
            write_ledger(ledger, path)
        done = self.laptop.cli("compare-ledger", session or self.session, path)
        assert not done.stderr
        return done.returncode, done.stdout


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """One evening for the whole file; nothing here changes it."""
    folder = tmp_path_factory.mktemp("laptop")
    with a_laptop(folder) as laptop:
        run = laptop.begin()
        ledger = asyncio.run(_play(run))
        laptop.stop(run)
        write_ledger(ledger, folder / "ledger.json")
        yield Played(laptop, Path(run.session_path), folder / "ledger.json")


async def _play(run: RunFile) -> Ledger:
    async with crowd(_asked(run, PEOPLE), AT_ONCE) as guests:
        await guests.join(0, random.Random(0))

        async def ask(method: str, path: str, body: object = None) -> bytes:
            return await asyncio.to_thread(running.ask, run, method, path, body)

        await Facilitator(ask, lambda: _everybody(guests)).run_the_day(PEOPLE)
    return guests.ledger


def _asked(run: RunFile, people: int) -> CrowdAsked:
    return CrowdAsked(join_url=run.join_url, people=people, speed=1, stories=str(shipped_file("sample-stories.json")))


async def _everybody(guests: Crowd) -> None:
    await asyncio.gather(*(phone.answer_what_is_open() for phone in guests.phones))


def test_people_and_file_agree_after_an_evening_in_which_everybody_spoke(played: Played) -> None:
    ledger = read_ledger(played.ledger)

    assert played.compare() == (0, "")
    assert ledger.people == PEOPLE
    assert len(ledger.votes) > PEOPLE, "nobody changed a vote"
    assert len(ledger.words) == 2 * PEOPLE
    assert ledger.refusals == []


def _another_choice(ledger: Ledger) -> None:
    last = {vote.person: place for place, vote in enumerate(ledger.votes)}
    place = last[0]
    vote = ledger.votes[place]
    other = "b" if vote.fields["choice"] == ["a"] else "a"
    ledger.votes[place] = Vote(vote.person, vote.round, {"choice": [other]})


def _one_vote_more(ledger: Ledger) -> None:
    ledger.votes.append(Vote(99, ledger.votes[0].round, {"choice": ["a"]}))


def _one_skip_more(ledger: Ledger) -> None:
    ledger.votes.append(Vote(99, ledger.votes[0].round, {}))


def _a_vote_in_a_round_nobody_opened(ledger: Ledger) -> None:
    ledger.votes.append(Vote(0, "i99.1", {"choice": ["a"]}))


@pytest.mark.parametrize("change", [_another_choice, _one_vote_more, _one_skip_more])
def test_one_vote_that_differs_is_found_and_its_round_is_named(
    played: Played, change: Callable[[Ledger], None]
) -> None:
    ledger = read_ledger(played.ledger)
    change(ledger)

    code, said = played.compare(ledger)

    assert code == 1
    assert said.startswith("Vote i01.1: ")
    assert said.count("\n") == 1


def test_a_vote_in_a_round_that_the_file_does_not_have_is_found(played: Played) -> None:
    ledger = read_ledger(played.ledger)
    _a_vote_in_a_round_nobody_opened(ledger)

    code, said = played.compare(ledger)

    assert code == 1
    assert "i99.1" in said


def _story(ledger: Ledger) -> int:
    """One whose words stay: of those for nobody else the finished file only tells that they came."""
    return next(
        place for place, words in enumerate(ledger.words) if words.item == "i02" and words.fields["level"][0] >= "C2"
    )


def _one_story_twice(ledger: Ledger) -> None:
    ledger.words.append(ledger.words[_story(ledger)])


def _one_story_less(ledger: Ledger) -> None:
    del ledger.words[_story(ledger)]


def _one_letter_of_a_story(ledger: Ledger) -> None:
    place = _story(ledger)
    words = ledger.words[place]
    fields = dict(words.fields)
    name = next(name for name, values in fields.items() if name != "level" and values[0])
    fields[name] = [fields[name][0] + "."]
    ledger.words[place] = Words(words.person, words.item, fields)


def _one_private_word_less(ledger: Ledger) -> None:
    ledger.words = [words for words in ledger.words if words.item != "i03"] + [
        words for words in ledger.words if words.item == "i03"
    ][1:]


@pytest.mark.parametrize(
    ("change", "missing", "extra"),
    [
        (_one_story_twice, 1, 0),
        (_one_story_less, 0, 1),
        (_one_letter_of_a_story, 1, 1),
        (_one_private_word_less, 0, 1),
    ],
)
def test_one_story_that_differs_is_found_and_counted(
    played: Played, change: Callable[[Ledger], None], missing: int, extra: int
) -> None:
    ledger = read_ledger(played.ledger)
    change(ledger)

    code, said = played.compare(ledger)

    assert code == 1
    assert said == (
        f"{missing} acknowledged stories or ideas are missing from the file; {extra} are there that nobody sent.\n"
    )


def test_a_person_more_or_less_is_found(played: Played) -> None:
    ledger = read_ledger(played.ledger)
    ledger.people += 1

    assert played.compare(ledger) == (1, f"{PEOPLE + 1} people joined, the file has {PEOPLE}.\n")


def test_what_went_wrong_for_a_simulated_person_is_a_difference_too(played: Played) -> None:
    ledger = read_ledger(played.ledger)
    ledger.refusals.append("Person 3 got 500 from /vote/i01.1.")

    assert played.compare(ledger) == (1, "Person 3 got 500 from /vote/i01.1.\n")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("""UPDATE ballot SET choice = '{"option":"d"}' WHERE choice <> '{"option":"d"}'""", "Vote i01.1"),
        ("DELETE FROM contribution WHERE number = (SELECT min(number) FROM contribution)", "1 acknowledged"),
    ],
    ids=["votes", "a story"],
)
def test_a_file_that_was_changed_behind_the_rooms_back_is_found(
    played: Played, tmp_path: Path, statement: str, says: str
) -> None:
    changed = tmp_path / "changed.workshop"
    shutil.copyfile(played.session, changed)
    with closing(sqlite3.connect(changed)) as db:
        db.execute(statement)
        db.commit()

    code, said = played.compare(session=changed)

    assert code == 1
    assert says in said


async def test_people_whose_room_is_killed_under_them_send_again_and_still_agree(laptop: Laptop) -> None:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    home = asyncio.Event()
    async with crowd(_asked(run, 10), Pace(think=(0, 0.1), look=0.05, change=0.5)) as guests:
        await guests.join(0, random.Random(0))
        living = [asyncio.create_task(phone.live(home)) for phone in guests.phones]
        while not guests.ledger.votes:
            await asyncio.sleep(0)
        laptop.kill(run)
        run = await asyncio.to_thread(laptop.resume, run.session_path)
        async with asyncio.timeout(30):
            while len({vote.person for vote in guests.ledger.votes}) < 10:
                await asyncio.sleep(0.02)
        home.set()
        await asyncio.gather(*living)
    laptop.stop(run)

    write_ledger(guests.ledger, laptop.folder / "ledger.json")
    compared = laptop.cli("compare-ledger", run.session_path, laptop.folder / "ledger.json")
    assert (compared.returncode, compared.stdout) == (0, "")


def test_words_beside_a_vote_that_differ_are_found_and_so_are_words_that_are_lost() -> None:
    asked = an_agenda(item(1, kind="impact", options=options("One clinic", "Evenings")))
    first = {"impact.a": ["much_harder"], "impact.a.why": ["Two buses"]}
    last = {"impact.a": ["much_harder"], "impact.a.why": ["Ice"], "impact.b": ["not_me"], "impact.b.why": ["Retired"]}
    desk = Desk(asked)
    desk.join("p0", "p1")
    desk.open("i01")
    desk.open_vote()
    for person, fields in (("p0", first), ("p0", last), ("p1", first)):
        desk.answer(person, fields)
    desk.give(cmd.Reveal())
    votes = [Vote(0, "i01.1", first), Vote(0, "i01.1", last), Vote(1, "i01.1", first)]
    record = record_of(desk)

    assert differences(record, Ledger(people=2, votes=votes)) == []
    other = Vote(1, "i01.1", {**first, "impact.a.why": ["Two trams"]})
    assert differences(record, Ledger(people=2, votes=[*votes, other])) == [
        "Vote i01.1: 3 reasons were acknowledged, the file has 3, or other words."
    ]
    silent = Vote(1, "i01.1", {"impact.a": ["much_harder"]})
    assert differences(record, Ledger(people=2, votes=[*votes, silent])) == [
        "Vote i01.1: 2 reasons were acknowledged, the file has 3, or other words."
    ]
