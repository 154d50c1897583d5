"""Staff and public in the files that leave: apart where both are large, and nowhere else."""

from __future__ import annotations

import csv
import io

import pytest

from tests.exports.workshops import Workshop, report_html, report_markdown
from tests.sessions import an_agenda, item, options, sid
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.blocks import Bars
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.exports.formats.spreadsheets import votes_csv
from workshop_tui.exports.recount import recount
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH


def a_day(public: int, staff: int, *, skips: int = 0, looking_on: int = 0, void: bool = False) -> Workshop:
    """One vote: the public chose Phones but for one, staff chose Letters."""
    day = Workshop(
        an_agenda(
            item(1, "Which first", kind="single", options=options("Phones", "Letters"), question="Which?"),
            roles=("patient", "staff", "observer"),
        )
    )
    day.open("i01")
    day.open_vote()
    crowd = (
        [("patient", "a")] * (public - 1) + [("patient", "b")] + [("staff", "b")] * staff + [("staff", None)] * skips
    )
    for number, (role, choice) in enumerate(crowd):
        day.join(f"p{number}")
        day.give(cmd.TellRole(person=f"p{number}", role=role))
        day.vote(f"p{number}", choice)
    for number in range(looking_on):
        day.join(f"o{number}")
        day.give(cmd.TellRole(person=f"o{number}", role="observer"))
    day.give(cmd.VoidRound(round="i01.1", reason="Wrong") if void else cmd.Reveal())
    return day


def lines(day: Workshop) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(votes_csv(day.report(), ENGLISH).decode("utf-8-sig"))))


def all_files(day: Workshop) -> str:
    report = day.report()
    return "\n".join(
        each(report, ENGLISH).decode("utf-8-sig") for each in (report_html, report_markdown, votes_csv, session_json)
    )


def test_large_groups_stand_side_by_side_under_their_own_bases() -> None:
    day = a_day(12, 10)
    (round_,) = day.report().rounds

    for page in (report_html(day.report()), report_markdown(day.report())):
        text = " ".join(page.decode().split())
        assert "Patients, carers and public: 12 people answered." in text
        assert "Staff: 10 people answered." in text
        assert "The room sees only the whole." in text
    assert {(line.columns["choice"], line.group): line.count for line in round_.ballots} == {
        ("a", "public"): 11, ("b", "public"): 1, ("b", "staff"): 10,
    }  # fmt: skip
    assert sum(line.count for line in round_.ballots) == round_.answered == 22


def test_every_line_of_the_table_of_votes_has_its_group() -> None:
    found = lines(a_day(10, 10))

    assert sorted((line["choice"], line["group"]) for line in found) == sorted(
        [("a", "public")] * 9 + [("b", "public")] + [("b", "staff")] * 10
    )


@pytest.mark.parametrize(("public", "staff", "skips"), [(40, 9, 0), (9, 40, 0), (40, 9, 5), (40, 0, 0)])
def test_no_file_tells_a_small_group_apart(public: int, staff: int, skips: int) -> None:
    day = a_day(public, staff, skips=skips)
    text = all_files(day)

    assert "people answered." not in report_html(day.report()).decode().replace(
        f"of {public + staff + skips} people", ""
    )
    assert "staff" not in text.lower()
    assert {line["group"] for line in lines(day)} == {""}
    assert len(lines(day)) == public + staff


def test_each_bar_has_the_word_for_its_part_of_its_own_group() -> None:
    round_ = a_day(10, 10).report().rounds[0]

    assert [
        [(bar.value, "".join(map(str, bar.notes))) for bar in block.bars]
        for block in (*round_.result, *round_.details)
        if isinstance(block, Bars)
    ] == [[(11, "most"), (9, "some")], [(9, "nearly all"), (1, "")], [(10, "all who answered"), (0, "")]]


def test_the_result_itself_is_the_whole_and_counts_again_as_the_whole() -> None:
    apart, small = a_day(13, 10), a_day(14, 9)

    assert apart.report().rounds[0].result == a_whole(12, 11).report().rounds[0].result
    assert [line.same for line in recount(apart.record(), KINDS)] == [True]
    assert [line.same for line in recount(small.record(), KINDS)] == [True]


def a_whole(phones: int, letters: int) -> Workshop:
    """The same answers in a room that was not asked."""
    day = Workshop(an_agenda(item(1, "Which first", kind="single", options=options("Phones", "Letters"))))
    day.open("i01")
    day.open_vote()
    for number in range(phones + letters):
        day.join(f"p{number}")
        day.vote(f"p{number}", "a" if number < phones else "b")
    day.give(cmd.Reveal())
    return day


def test_who_looks_on_is_in_no_base_and_is_counted_once_in_all() -> None:
    day = a_day(4, 2, looking_on=3)
    report = day.report()

    assert (report.phones, report.looking_on) == (9, 3)
    assert report.rounds[0].joined == 6
    assert str(report.rounds[0].sentences[0]) == "6 of 6 people answered."
    assert "9, of which 3 only looked on" in report_html(report).decode()


def test_a_void_round_is_never_told_apart() -> None:
    day = a_day(12, 12, void=True)
    (round_,) = day.report().rounds

    assert {line.group for line in round_.ballots} == {""}
    assert "Staff:" not in all_files(day)


@pytest.mark.parametrize(("why", "groups"), [(True, {""}), (False, {"public", "staff"})])
def test_no_reason_in_a_persons_own_words_stands_beside_their_group(why: bool, groups: set[str]) -> None:
    day = Workshop(
        an_agenda(
            item(1, "How far", kind="consensus", options=options("Phones", "Letters"), why=why),
            roles=("patient", "staff"),
        )
    )
    day.open("i01")
    day.open_vote()
    for number in range(20):
        day.join(f"p{number}")
        day.give(cmd.TellRole(person=f"p{number}", role="patient" if number % 2 else "staff"))
        said = ',"why":"The night desk is mine."' if why and number == 2 else ""
        choice = f'{{"grades":[{{"row":"a","grade":"3"{said}}}]}}'
        day.give(cmd.Cast(person=f"p{number}", round="i01.1", choice=choice, submission_id=sid()))
    day.give(cmd.Reveal())

    assert {line["group"] for line in lines(day)} == groups
    assert len(lines(day)) == 20
    assert "Staff: 10 people answered." in " ".join(report_html(day.report()).decode().split())
