"""The tally command: winners by every rule, in 80 columns, with exit codes like the rest."""

from __future__ import annotations

import json
import re
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cases import hostile_inputs
from tests.counting import reference
from tests.counting.published import FOLDER
from tests.counting.test_formats_pabulib import FILE, POINTS
from tests.counting.test_formats_preflib import categories, text
from tests.exports.test_preflib import asking
from tests.exports.workshops import a_workshop
from workshop_tui import limits
from workshop_tui.cli import run_command_line
from workshop_tui.counting.formats import read_ballots
from workshop_tui.counting.methods import METHODS
from workshop_tui.counting.tallying import tally as count_by_rules
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.kinds.registry import KINDS
from workshop_tui.messages import ENGLISH, Message, Translator
from workshop_tui.runtime.tally_words import tally_lines


@pytest.fixture
def tally(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """Counts a content under a name and gives (exit code, output, errors)."""

    def run(content: str | bytes, *options: str, name: str = "x.soi") -> tuple[int, str, str]:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        code = run_command_line(["tally", str(path), *options])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def real(name: str) -> bytes:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"No real votes here: {name} is looked for in ../shared/data.")
    return path.read_bytes()


def winners(output: str) -> dict[str, str]:
    """What stands after the name of each rule."""
    return {
        match[1]: match[2]
        for match in re.finditer(r"^([a-z-]+): (.*(?:\n    \S.*)*?)(?=\n    [A-Z])", output, re.MULTILINE)
    }


def many_candidates(many: int) -> tuple[list[str], list[reference.Order]]:
    """Their numbers, and orders of some of them; five put the last one at the top, more than have any other."""
    picked = [(1 + (7 * n) % many, 1 + (11 * n + 3) % many, 1 + (13 * n + 5) % many) for n in range(40)]
    orders = [dict.fromkeys(each) for each in [*picked, *((many, second) for second in range(1, 6))]]
    return [str(number) for number in range(1, many + 1)], [[(str(each),) for each in order] for order in orders]


@pytest.mark.parametrize("many", [301, limits.CANDIDATES])
def test_up_to_a_thousand_candidates_are_read_and_counted(tally, many: int) -> None:
    keys, orders = many_candidates(many)
    lines = [f"1: {','.join(group[0] for group in order)}" for order in orders]
    body = text(*lines).replace("ALTERNATIVES: 3", f"ALTERNATIVES: {many}")
    names = "".join(f"# ALTERNATIVE NAME {key}: Number {key}\n" for key in keys[3:])

    # At the bound the rules that are quick; at less all that fit.
    only = [] if many < limits.CANDIDATES else [f"--method={name}" for name in ("plurality", "borda", "condorcet")]
    code, out, _ = tally(body.replace("3: Car\n", f"3: Car\n{names}"), "--json", *only)
    (vote,) = json.loads(out)["votes"]

    found = {each["method"]: frozenset(each["winners"]) for each in vote["outcomes"]}
    above_all = all(
        sum(reference.above(order, keys[-1], other) for order in orders)
        > sum(reference.above(order, other, keys[-1]) for order in orders)
        for other in keys[:-1]
    )
    assert code == 0
    assert [each["key"] for each in vote["candidates"]] == keys
    assert vote["ballots"] == len(orders)
    assert found["plurality"] == reference.first_choices(keys, orders)
    assert found["borda"] == reference.points_for_places(keys, orders, many)
    assert above_all
    assert found["condorcet"] == {keys[-1]}


@pytest.mark.parametrize("many", [301, limits.CANDIDATES])
def test_as_many_are_counted_where_they_are_chosen(tally, many: int) -> None:
    choices = [frozenset({str(1 + n % many), str(1 + (3 * n) % many), str(many)}) for n in range(1, 30)]
    lines = [f"1: {{{','.join(sorted(each, key=int))}}},{{}}" for each in choices]
    names = "".join(f"# ALTERNATIVE NAME {number}: Number {number}\n" for number in range(4, many + 1))
    body = categories(*lines).replace("ALTERNATIVES: 3", f"ALTERNATIVES: {many}")

    code, out, _ = tally(body.replace("3: Car\n", f"3: Car\n{names}"), "--json", name="x.cat")
    (vote,) = json.loads(out)["votes"]

    (approval,) = [each for each in vote["outcomes"] if each["method"] == "approval"]
    assert code == 0
    assert len(vote["candidates"]) == many
    assert frozenset(approval["winners"]) == reference.approval([each["key"] for each in vote["candidates"]], choices)


def test_more_than_a_thousand_candidates_are_refused_with_the_bound(tally) -> None:
    many = limits.CANDIDATES + 1

    code, out, err = tally(text("1: 1").replace("ALTERNATIVES: 3", f"ALTERNATIVES: {many}"))

    assert (code, out) == (2, "")
    assert "1,001" in err


def test_burlington_has_the_winners_that_were_published_and_they_depend_on_the_rule(tally) -> None:
    code, out, _ = tally(real("preflib/00005-00000002.toi"), name="b.toi")

    assert code == 0
    assert winners(out) == {
        "plurality": "“Kurt Wright”",
        "borda": "“Andy Montroll”",
        "irv": "“Bob Kiss”",
        "condorcet": "“Andy Montroll”",
        "smith": "“Andy Montroll”",
        "schulze": "“Andy Montroll”",
        "minimax": "“Andy Montroll”",
        "copeland": "“Andy Montroll”",
    }
    assert "The winner depends on the rule:" in out
    assert "  irv: “Bob Kiss”." in out
    assert re.search(r"Bob Kiss +2,585 .* 4,314$", out, re.MULTILINE)
    assert re.search(r"Kurt Wright +2,951 .* 4,064$", out, re.MULTILINE)


def test_debian_has_one_winner_whatever_the_rule(tally) -> None:
    _, out, _ = tally(real("preflib/00002-00000001.soi"))

    assert set(winners(out).values()) == {"“Bdale Garbee”"}
    assert "The winner does not depend on the rule" in out
    assert "Nothing in this file is odd." in out


def test_assen_is_funded_as_the_city_did(tally) -> None:
    _, out, _ = tally(real("pabulib/Netherlands_Assen_2024.pb"), name="a.pb")

    assert "\n  equal-shares finds the same.\n" in out
    assert "What is chosen depends on the rule:" in out


def test_a_tie_is_named_with_all_who_are_in_it(tally) -> None:
    _, out, _ = tally(text("2: 1", "2: 2"), "--method", "plurality")

    assert "plurality: a tie: “Bus” and “Bike”" in out


def test_what_decided_stands_beside_the_lead(tally) -> None:
    """By first choices Car is ahead; the lead is that of the last round, and of the narrowest win."""
    orders = text("4: 3", "3: 1,2", "2: 2,1", "2: 2,3,1")

    _, out, _ = tally(orders, "--method", "irv", "--method", "condorcet")

    assert "    In the last round: Bike 7, Car 4. Ahead by 3.\n" in out
    assert "narrowest win is by 1." in " ".join(out.split())


def test_the_lead_by_scores_is_that_of_the_run_off(tally) -> None:
    scores = categories("5: 1,2,3", "4: 2,3,1", names=("5", "4", "0"))

    _, out, _ = tally(scores, "--method", "star", name="x.cat")

    assert "In the last round: " in out
    assert "Ahead by 1." in out


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("equalshares/add1", "Declared rule: equalshares/add1."),
        ("equalshares/add1-comparison", "Declared rule: equalshares/add1-comparison. It is not known here"),
        ("unknown", "The file does not say by which rule money is spent."),
    ],
)
def test_whether_the_declared_rule_can_be_counted_is_said(tally, rule: str, said: str) -> None:
    _, out, _ = tally(FILE.replace("rule;greedy", f"rule;{rule}"), name="x.pb")

    assert said in out
    assert ("not known here" in out) is ("not known here" in said)


def test_what_has_the_same_name_is_told_apart_by_its_key(tally) -> None:
    _, orders, _ = tally(text("3: 1", "2: 2").replace("Bike", "Bus"), "--method", "plurality")
    _, budget, _ = tally(FILE.replace("Paths", "Bus shelter"), "--method", "approval", name="x.pb")

    assert "Bus (1) 3, Bus (2) 2, Car 0." in orders
    assert "plurality: “Bus (1)”" in orders
    assert "Bus shelter (p1) 2, Bus shelter (p3) 2, Racks; and more 1." in budget


def test_margins_are_told_of_where_they_find_somebody_else(tally) -> None:
    """Everybody loses once: fewest people are behind the loss of Bus, and the loss of Bike is by the smallest lead."""
    same = text("3: 1,2,3", "2: 2,1,3")
    other = text("3: 2", "3: 3,1", "2: 1,2", "1: 2,3")

    _, told, _ = tally(same)
    _, differs, _ = tally(other)
    _, asked, _ = tally(same, "--method", "minimax-margins")

    assert not [name for name in winners(told) if "margins" in name]
    assert winners(differs)["schulze"] == winners(differs)["minimax"] == "“Bus”"
    assert winners(differs)["schulze-margins"] == winners(differs)["minimax-margins"] == "“Bike”"
    assert list(winners(asked)) == ["minimax-margins"]


def test_json_has_what_the_file_says_of_the_money(tally) -> None:
    _, out, _ = tally(FILE.replace("p2;500", "p2;499.5").replace("unit;Town", "unit;Town\ncurrency;EUR"), "--json",
                      name="x.pb")  # fmt: skip
    (vote,) = json.loads(out)["votes"]

    assert (vote["budget"], vote["decimals"], vote["currency"]) == (10000, 1, "EUR")
    assert (vote["rule"], vote["rule_known"], vote["selected"]) == ("greedy", True, ["p1", "p3"])
    assert [each["cost"] for each in vote["candidates"]] == [6000, 4995, 4000]


def test_why_nothing_is_bought_is_said(tally) -> None:
    _, out, _ = tally(FILE.replace("budget;1000", "budget;399"), name="x.pb")

    assert winners(out)["greedy"] == "none"
    assert "Each one costs more than the whole budget, so nothing can be bought." in out


def test_a_budget_with_orders_and_a_project_for_nothing_is_counted(tally) -> None:
    orders = FILE.replace("approval", "ordinal\nmax_length;2").replace("p2;500", "p2;0")

    _, out, _ = tally(orders, name="x.pb")

    assert winners(out)["greedy"] == "“Bus shelter”, “Racks; and more” and “Paths”"
    assert winners(out)["equal-shares"] == "“Bus shelter”, “Racks; and more” and “Paths”"


def test_only_the_rules_asked_for_are_counted(tally) -> None:
    _, out, _ = tally(text("3: 1,2", "2: 2"), "--method", "irv", "--method", "borda")

    assert list(winners(out)) == ["borda", "irv"]


def test_the_numbers_stand_highest_first_and_under_each_other(tally) -> None:
    _, out, _ = tally(text("3: 1,2", "2: 2,1", "4: 3,2").replace("Bike", "A bicycle or two"), "--method", "irv")

    assert "    In the last round: Bus 5, Car 4. Ahead by 1.\n" in out
    table = [line for line in out.split("\n") if re.match("    (Round|Bus|Car|A bicycle or two) +[0-9] +[0-9-]$", line)]
    assert len(table) == 4
    assert len({len(line) for line in table}) == 1


def test_of_a_file_only_as_much_is_read_as_may_be(tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.runtime.tallying.BALLOT_FILE_BYTES", 20)

    code, _, error = tally(text("3: 1"))

    assert code == 2
    assert "names no alternatives" in error


def test_seats_are_filled_by_the_transferable_vote(tally) -> None:
    _, out, _ = tally(text("5: 1,2", "3: 2", "2: 3"), "--seats", "2")

    assert winners(out)["stv"] == "“Bus” and “Bike”"
    assert "elected" in out


def test_pairs_are_shown_when_they_are_asked_for(tally) -> None:
    _, without, _ = tally(text("3: 1,2,3", "1: 2,1"))
    _, out, _ = tally(text("3: 1,2,3", "1: 2,1"), "--pairwise")

    assert "Two at a time" not in without
    assert re.search(r"^1 Bus +- +3 +4$", out, re.MULTILINE)
    assert re.search(r"^3 Car +0 +0 +-$", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("content", "name", "rules"),
    [
        (categories("3: {1,2},3"), "x.cat", ["approval"]),
        (categories("3: 1,2,3", names=("Good", "Fair", "Bad")), "x.cat", ["median", "majority-judgment"]),
        (
            categories("3: 1,2,3", names=("2", "1", "0")),
            "x.cat",
            ["cumulative", "star", "median", "majority-judgment"],
        ),
        (
            FILE,
            "x.pb",
            ["approval", "greedy", "equal-shares", "equal-shares-completed", "equal-shares-once"],
        ),
        (
            POINTS,
            "x.pb",
            ["cumulative", "greedy", "equal-shares", "equal-shares-completed", "equal-shares-once"],
        ),
    ],
)
def test_each_form_of_ballot_is_counted_by_the_rules_that_fit_it(
    tally, content: str, name: str, rules: list[str]
) -> None:
    code, out, _ = tally(content, name=name)

    assert code == 0
    assert list(winners(out)) == rules


def test_grades_are_told_in_their_words(tally) -> None:
    _, out, _ = tally(categories("3: 1,2,3", names=("Good", "Fair", "Bad")), name="x.cat")

    assert "Bus “Good”, Bike “Fair”, Car “Bad”." in out


def test_a_session_has_every_sealed_round_or_the_one_that_is_asked_for(tally) -> None:
    content = session_json(a_workshop().report(), ENGLISH)

    _, out, _ = tally(content, name="session.json")
    _, one, _ = tally(content, "--round", "i05.1", name="session.json")
    code, _, error = tally(content, "--round", "i09.1", name="session.json")

    assert "Round i01.2: Which?" in out
    assert "Round i05.1: Your top two?" in out
    assert "Round i01.2" not in one
    assert code == 2
    assert "The rounds that can be counted are i01.2, i05.1." in error


def test_json_says_the_same_and_more(tally) -> None:
    content = text("3: 1,2,3", "2: 2,1", "2: 3,2")

    _, out, _ = tally(content, "--json", "--pairwise")
    (vote,) = json.loads(out)["votes"]

    assert {each["method"]: each["winners"] for each in vote["outcomes"]}["plurality"] == ["1"]
    assert vote["ballots"] == 7
    assert vote["winner_depends"] is True
    assert {each["method"]: each["rule"] for each in vote["outcomes"]}["plurality"] == "First choices"
    assert ["1", "3", 5] in vote["pairs"]
    assert [each["name"] for each in vote["candidates"]] == ["Bus", "Bike", "Car"]


@pytest.mark.parametrize(
    ("content", "options", "name", "expected"),
    [
        (text("3: 1"), ["--method", "irrv"], "x.soi", "There is no rule “irrv”. Did you mean “irv”?"),
        (text("3: 1"), ["--method", "approval"], "x.soi", "approval cannot count these ballots. These fit: plurality"),
        (text("3: 1"), ["--seats", "3"], "x.soi", "There are 3 candidates; --seats has to be fewer."),
        (categories("3: 1,2"), ["--pairwise"], "x.cat", "There is no table of pairs: the ballots are no orders."),
        (text("3: 9"), [], "x.soi", "x.soi, line 16: there is no alternative 9"),
        (text("3: 1"), [], "x.txt", "x.txt cannot be counted."),
        (text("3: 1"), ["--round", "i01"], "x.soi", "There is no round “i01” in the file."),
    ],
)
def test_wrong_input_ends_with_2_and_says_what_to_do(
    tally, content: str, options: list[str], name: str, expected: str
) -> None:
    code, out, error = tally(content, *options, name=name)

    assert (code, out) == (2, "")
    assert " ".join(error.split()).startswith(f"workshop-tui: {expected}")


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (tmp_path / "none.soi", tmp_path):
        assert run_command_line(["tally", str(path)]) == 2
        assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("payload", [pytest.param(raw[:3000], id=name) for name, raw, _ in hostile_inputs.ALL])
def test_hostile_names_reach_no_terminal_and_no_line_is_wider_than_80(tally, payload: str) -> None:
    content = text("3: 1,2", "2: {2,3}", "1: 3").replace("Bus", payload).replace("Which first", payload)

    code, out, error = tally(content, "--pairwise", name="x.toi")
    _, as_json, _ = tally(content, "--json", name="x.toi")

    assert code in (0, 2)
    assert out or code == 2
    for line in (out + error + as_json).split("\n"):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line), line
    assert all(cell_len(line) <= 80 for line in out.split("\n"))


@pytest.mark.parametrize("payload", [pytest.param(raw[:300], id=name) for name, raw, _ in hostile_inputs.TERMINAL])
def test_hostile_ids_and_words_of_a_session_reach_no_terminal(tally, payload: str) -> None:
    safe = payload.replace("\r", "").replace("\n", "").replace(";", "").replace('"', "")
    candidate = {"key": f"k{payload}", "name": "A"}
    scale = {"form": "scores", "scale": [[0, payload], [1, "high"]], "lines": [[2, [[candidate["key"], 0]]]]}
    session = {
        "schema": "workshop-tui/session/1",
        "rounds": [
            {
                "key": f"i01{payload}", "item_number": 1, "number": 1, "question": payload, "kind": "x",
                "status": "sealed",
                "plain": {"candidates": [candidate], "currency": payload, "rule": payload, **scale},
            },
            {"key": payload, "item_number": 1, "number": 2, "question": "", "kind": payload, "status": "void"},
        ],
    }  # fmt: skip

    for content, name in (
        (FILE.replace("p3", f"p{safe}3").replace("greedy", f"x{safe}"), "x.pb"),
        (json.dumps(session), "session.json"),
    ):
        for options in ((), ("--json",)):
            code, out, error = tally(content, *options, name=name)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + error)
            assert code == (2 if name == "x.pb" and re.search("[,\0]", payload) else 0)
            assert not options or code or json.loads(out)


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("single", "approval"),
        ("approval", "approval"),
        ("dots", "cumulative"),
        ("points", "cumulative"),
        ("rank", "borda"),
        ("score", "star"),
    ],
)
def test_a_tally_of_a_session_finds_what_the_room_found(kind: str, method: str) -> None:
    poll, example = KINDS[kind], KINDS[kind].examples()
    ballots = Counter(poll.read(example.config, fields) for fields in example.answers)
    report = asking(poll.plain_profile(example.config, ballots))

    (file,) = read_ballots("session.json", session_json(report, ENGLISH))
    ((_, outcome),) = count_by_rules(file, [method]).outcomes

    assert outcome.winners
    assert set(outcome.winners) == set(poll.places(example.config, ballots)[0])


class Bracketed(Translator):
    """Says every message between brackets, as a translation that is complete would say it in its own words."""

    def look_up(self, message: Message) -> str:
        return f"[{super().look_up(message)}]"


@pytest.mark.parametrize(
    ("content", "name", "seats"),
    [
        (text("4: 1,{2,3}", "3: 2,1", "2: 3", "1: 1,"), "x.soi", 2),
        (FILE.replace("budget;1000", "budget;1,000"), "x.pb", 1),
        (categories("3: 1,2,3", names=("Good", "Fair", "Bad")), "x.cat", 1),
    ],
    ids=["orders", "budget", "scale"],
)
def test_all_that_is_printed_for_people_can_be_said_in_another_language(content: str, name: str, seats: int) -> None:
    theirs = ("Bus shelter", "Racks; and more", "Paths", "Workshop budget", "Which first", "Bus", "Bike", "Car")
    for words in (*theirs, "Good", "Fair", "Bad"):
        content = content.replace(words, "λέξη")
    (file,) = read_ballots(name, content.encode())
    said = "\n".join(tally_lines(name, [count_by_rules(file, seats=seats, with_table=True)], Bracketed()))
    inside = re.compile(r"\[[^\[\]]*\]")
    while inside.search(said):
        said = inside.sub("", said)

    assert file.oddities
    assert re.findall("[A-Za-z]{2,}", said) == [name.partition(".")[2]]


def test_the_command_speaks_the_language_of_whoever_typed_it_and_json_stays_english(
    tally, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop_tui.voice.translator_for", lambda _: Bracketed())

    _, out, _ = tally(text("3: 1,2", "2: 2"))
    _, as_json, _ = tally(text("3: 1,2", "2: 2"), "--json")
    _, _, error = tally(text("3: 9"))

    assert "\n[The winner depends on the rule:]\n" in out
    assert "[" not in json.loads(as_json)["votes"][0]["outcomes"][0]["rule"]
    assert error.startswith("workshop-tui: [x.soi, line 16: [there is no alternative 9")


def test_wide_results_stay_within_80_columns(tally) -> None:
    names = "".join(f"# ALTERNATIVE NAME {n}: A rather long name for number {n} 漢字\n" for n in range(1, 41))
    ballots = "".join(f"{n}: {','.join(str((n * step) % 41 or 1) for step in range(1, 9))}\n" for n in range(1, 30))

    code, out, _ = tally(f"# NUMBER ALTERNATIVES: 40\n{names}{ballots}", "--pairwise")

    assert code == 0
    assert max(cell_len(line) for line in out.split("\n")) <= 80


def test_a_vote_that_would_take_too_long_is_refused(tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.counting.tallying.COUNTING_STEPS", 17)

    code, _, error = tally(text("3: 1", "2: 2"))

    assert code == 2
    assert "would take too long" in error
    assert limits.COUNTING_STEPS > 10**9


def test_slow_rules_are_counted_on_large_votes_only_when_asked_for(tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.counting.tallying.QUICK_STEPS", 1)

    _, out, _ = tally(FILE, name="x.pb")
    _, asked, _ = tally(FILE, "--method", "equal-shares", name="x.pb")

    said = " ".join(out.split())
    assert "equal-shares: not counted to its end, because it takes long; --method equal-shares does so." in said
    assert list(winners(asked)) == ["equal-shares"]


def test_memory_stays_bound_by_the_file(tally) -> None:
    content = "# NUMBER ALTERNATIVES: 300\n" + "".join(f"1: {n % 300 + 1},{n // 300 + 1}\n" for n in range(6_000))

    tracemalloc.start()
    try:
        code, _, _ = tally(content, "--method", "plurality")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert code == 0
    assert peak < 40_000_000


def test_help_names_the_formats_and_docs_name_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "tally.md").read_text("utf-8")

    assert run_command_line(["tally", "--help"]) == 0
    assert "PrefLib (.soc .soi .toc .toi .cat)" in capsys.readouterr().out
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == set(METHODS)


NOTHING_IS_PAID = """META
key;value
budget;10
num_projects;2
num_votes;4
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
1;9;Bench
2;8;Tree
VOTES
voter_id;vote
1;1
2;1
3;2
4;2
"""


def test_a_rule_by_which_nothing_is_bought_is_said_to_find_something_else(tally) -> None:
    _, out, _ = tally(NOTHING_IS_PAID.encode(), name="parks.pb")

    assert "equal-shares-once: none" in out
    assert "does not depend on the rule" not in out
    assert re.search(r"^  equal-shares[a-z, -]*: nothing\.$", out, re.MULTILINE)


def test_rules_that_know_no_winner_are_not_said_to_find_the_same(tally) -> None:
    _, out, _ = tally(text("1: 1, 2", "1: 2, 1"))

    assert "condorcet: nobody" in out
    assert "all of these that know one find the same." in " ".join(out.split())
