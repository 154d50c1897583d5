"""The consent gate, held against the bytes of every file: what may not be there is not there in any form."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace

from tests.exports.workshops import Workshop, a_workshop, agenda, all_files
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.consent import NEEDS, Destination
from workshop_tui.exports.building import build_report
from workshop_tui.exports.phrases import not_shown, write_up
from workshop_tui.exports.report import Missing
from workshop_tui.kinds.registry import KINDS

LEVELS = ("C0", "C1", "C2", "C3", "C4")
HANDLINGS = ("new", "read", "approved", "on_hold")


def files(day: Workshop) -> dict[str, str]:
    return {name: made.decode("utf-8") for name, made in all_files(day.record()).items()}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("handling", HANDLINGS)
def test_a_story_is_in_the_files_only_when_it_is_approved_and_its_owner_said_c2_or_more(
    level: str, handling: str
) -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i03")
    day.story("ana", "CANARYWORDS", level, handling)
    day.give(cmd.EndWorkshop(confirm="END"))

    written = files(day)

    may = handling == "approved" and level in ("C2", "C3", "C4")
    for name in ("report.html", "report.md", "stories.csv", "session.json"):
        assert ("CANARYWORDS" in written[name]) == may, name
    assert "CANARYWORDS" not in written["votes.csv"]


@pytest.mark.parametrize("audience", NEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_an_audience_is_given_the_stories_whose_owners_let_them_go_that_far(audience: Destination, level: str) -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i03")
    day.story("ana", "CANARYWORDS", level)

    stories = build_report(day.record(), KINDS, audience).stories

    # Own words need C2 wherever they go; the table is that of the requirements.
    least = {"room_screen": "C2", "participants": "C2", "session_report": "C2", "cycle_export": "C3", "board": "C3",
             "public": "C4"}  # fmt: skip
    assert [said.consent for said in stories.shown] == ([level] if level >= least[audience] else [])
    assert stories.missing.not_wanted == (level < least[audience])


@pytest.mark.parametrize("handling", HANDLINGS)
def test_an_idea_is_in_the_files_only_when_it_is_approved(handling: str) -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i04")
    day.idea("ana", "CANARYIDEA", handling)

    written = files(day)

    for name in ("report.html", "report.md", "stories.csv", "session.json"):
        assert ("CANARYIDEA" in written[name]) == (handling == "approved"), name


@pytest.mark.parametrize("handling", HANDLINGS)
@pytest.mark.parametrize("level", LEVELS)
def test_private_words_are_in_no_file_whatever_was_done_with_them(handling: str, level: str) -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i06")
    day._say("ana", {"text": "CANARYPRIVATE"}, level, handling, "i06")

    assert not [name for name, text in files(day).items() if "CANARYPRIVATE" in text]


def test_where_the_two_notes_of_a_level_differ_the_lesser_one_counts() -> None:
    day = Workshop(agenda())
    day.join("ana")
    day.open("i03")
    for outside, inside in itertools.permutations(("C1", "C4"), 2):
        body = {"parts": [["what_happened", "CANARYTWO"]], "level": inside}
        day._say("ana", body, outside, "approved", "i03")

    assert not [name for name, text in files(day).items() if "CANARYTWO" in text]


def test_stories_that_are_not_shown_are_counted_by_level() -> None:
    report = a_workshop().report()

    assert [(line.level, line.told, line.not_shown) for line in report.stories.levels] == [
        ("C0", 1, 1), ("C1", 1, 1), ("C2", 1, 0), ("C4", 2, 1),
    ]  # fmt: skip
    assert (report.stories.told, len(report.stories.shown)) == (5, 2)
    (ideas,) = report.words
    assert (ideas.kind, ideas.told, len(ideas.shown)) == ("ideas", 3, 2)


@pytest.mark.parametrize("ended", [True, False])
def test_no_secret_of_a_whole_day_is_in_any_file(ended: bool) -> None:
    day = a_workshop(ended=ended)
    secrets = ["SECRET", "person0", "KDMP", "127.0.0.1"]
    secrets += [row.submission_id for row in day.tables.contributions.values() if row.submission_id]
    # After the end nobody knows any more which contributions came from one phone.
    secrets += [row.author.hex() for row in day.tables.contributions.values() if row.author]
    # The name of what may be read is there too, so that it can be cited; no other is.
    report = day.report()
    named = {said.key for gathered in (report.stories, *report.words) for said in gathered.shown}
    secrets += [key for key in day.tables.contributions if key not in named]

    for name, text in files(day).items():
        assert not [secret for secret in secrets if secret in text], name


def test_ballots_of_a_round_that_is_not_sealed_are_in_no_file() -> None:
    day = Workshop(agenda())
    day.join("ana", "bo")
    day.open("i01")
    day.open_vote()
    day.vote("ana", "b")
    open_files = files(day)
    day.vote("bo", "b")
    day.vote("ana", "c")
    changed = files(day)

    assert open_files["votes.csv"] == changed["votes.csv"]
    for name in ("report.html", "report.md"):
        assert "Parking" not in open_files[name]
    assert '"ballots": []' in open_files["session.json"]


def test_what_stories_are_about_in_the_facilitators_words_stays_in_the_room_at_every_moment() -> None:
    # Its owner said "this room": a report goes further, whatever words it is told in.
    day = Workshop(agenda())
    day.join(*(f"p{number}" for number in range(len(HANDLINGS))))
    day.open("i03")
    for number, handling in enumerate(HANDLINGS):
        day.give(cmd.Retell(contribution=day.story(f"p{number}", "CANARYOWN", "C1", handling), words="CANARYRETOLD"))

    moments = [files(day)]
    day.give(cmd.EndWorkshop(confirm="END"))
    moments.append(files(day))
    day.give(cmd.FinishWriteUp(confirm="FINISH"))
    moments.append(files(day))

    assert [*day.record().retellings.values()] == ["CANARYRETOLD"] * len(HANDLINGS)
    assert not [name for written in moments for name, text in written.items() if "CANARY" in text]


def test_why_stories_are_not_in_the_report_is_told_before_and_after_the_finish() -> None:
    day = Workshop(agenda())
    people = [f"p{number}" for number in range(8)]
    day.join(*people)
    day.open("i03")
    for person, level, handling in zip(
        people[:7], ("C0", "C1", "C2", "C2", "C2", "C4", "C4"),
        ("on_hold", "read", "on_hold", "new", "read", "approved", "approved"), strict=True,
    ):  # fmt: skip
        key = day.story(person, f"Words of {person}", level, handling)
    day.give(cmd.TakeBack(person=people[6], contribution=key))
    day.give(cmd.EndWorkshop(confirm="END"))
    before = day.report()
    day.give(cmd.FinishWriteUp(confirm="FINISH"))
    after = day.report()

    rest = {"withdrawn": 1, "held": 1, "not_read": 1, "not_approved": 1}
    assert before.stories.missing == Missing(not_wanted=2, **rest)
    assert after.stories.missing == Missing(day_over=2, **rest)
    assert before.stories.shown == after.stories.shown
    assert [str(each) for each in not_shown(before.stories)] == [
        "6 of 7 stories are not in this report.",
        "2 are left out because those who told them did not want that.",
        "1 is left out because whoever told it took it back.",
        "1 is left out because it is held back.",
        "1 is left out because nobody has read it yet.",
        "1 is left out because nobody has approved it.",
    ]
    assert "2 are left out because they were only for the day, and are deleted." in map(str, not_shown(after.stories))


def test_the_report_says_until_when_the_write_up_lasts_and_when_it_was_finished() -> None:
    day = Workshop(agenda())
    day.open("i01")
    said = [write_up(day.report())]
    day.give(cmd.EndWorkshop(confirm="END"))
    record = day.record()
    dated = replace(record, info=replace(record.info, write_up_by="2026-12-24"))
    said.append(write_up(build_report(dated, KINDS, "session_report")))
    day.give(cmd.FinishWriteUp(confirm="FINISH"))
    said.append(write_up(day.report()))

    assert [[str(each) for each in sentences] for sentences in said] == [
        ["The session had not ended when this was written."],
        [
            "The session had ended.",
            "Its write-up was not finished when this was written.",
            "It lasts until 24 December 2026.",
        ],
        ["The write-up was finished on 21 September 2026.", "What was only for the day is deleted."],
    ]
