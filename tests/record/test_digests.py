"""What the chain says of words and counts: a digest that shows a change, and nothing to guess from once they went."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from collections import Counter
from typing import Any

import msgspec

from tests.record.day import flat
from tests.record.played import Played
from workshop_tui.domain.digests import digest_of, salt_for

Rows = list[dict[str, Any]]


def lines(played: Played, verb: str) -> list[dict[str, Any]]:
    """The bodies of every line of one sort."""
    return [msgspec.json.decode(row["body"]) for row in played.rows["journal"] if row["verb"] == verb]


def digest(line: dict[str, Any], field: str = "digest") -> bytes:
    return base64.b64decode(line[field])


def test_a_line_with_content_has_the_digest_of_it(played: Played) -> None:
    bodies = {row["seq"]: msgspec.json.decode(row["body"]) for row in played.before["journal"]}

    assert len(played.before["journal_content"]) > 30
    for row in played.before["journal_content"]:
        assert digest(bodies[row["seq"]]) == hashlib.sha256(row["salt"] + row["content"].encode()).digest()


def test_words_and_notes_have_the_digest_that_the_chain_says(played: Played) -> None:
    noted = {line["contribution"]: digest(line) for line in lines(played, "contribution_noted")}
    # What the chain says last: notes are given other words.
    verbs = ("note_added", "note_requoted", "note_changed")
    added = {line["key"]: digest(line) for verb in verbs for line in lines(played, verb)}

    there = [row for row in played.before["contribution"] if not row["gone"]]
    assert len(there) > 10
    for row in there:
        words = msgspec.json.encode([row["item"], row["consent"], row["body"]])
        assert noted[row["contribution"]] == hashlib.sha256(row["salt"] + words).digest() == row["digest"]
    for row in played.before["note"]:
        words = msgspec.json.encode([row["text"], row["owner"], row["due"]])
        assert added[row["note"]] == hashlib.sha256(row["salt"] + words).digest()


def test_answers_and_retellings_have_the_digest_that_the_chain_says_last(played: Played) -> None:
    answered = {line["contribution"]: digest(line) for line in lines(played, "question_answered")}
    retold = {line["contribution"]: digest(line) for line in lines(played, "story_retold")}

    assert played.before["answer"]
    assert played.before["retelling"]
    for row in played.before["answer"]:
        words = msgspec.json.encode([row["words"], row["owner"]])
        assert answered[row["contribution"]] == hashlib.sha256(row["salt"] + words).digest()
    for row in played.before["retelling"]:
        assert retold[row["contribution"]] == hashlib.sha256(row["salt"] + row["words"].encode()).digest()


def test_what_is_said_of_notes_has_the_digest_that_the_chain_says_last(played: Played) -> None:
    sorted_as = {line["key"]: digest(line) for line in lines(played, "note_sorted") if line["register"]}

    assert len(played.before["entry"]) > 2
    for row in played.before["entry"]:
        fields = sorted(msgspec.json.decode(row["fields"]).items())
        words = msgspec.json.encode([row["register"], fields])
        assert sorted_as[row["note"]] == hashlib.sha256(row["salt"] + words).digest()


def test_what_notes_rest_on_is_what_the_chain_says(played: Played) -> None:
    tied = {tuple(each.values()) for line in lines(played, "notes_tied") if line["tied"] for each in line["ties"]}

    assert tied
    assert {(row["note"], row["kind"], row["ref"]) for row in played.before["tie"]} == tied


def test_what_was_counted_has_the_digest_that_the_chain_says(played: Played) -> None:
    said = {line["round"]: digest(line) for line in lines(played, "round_sealed")}
    said |= {
        line["round"]: digest(line, "digest_of_counts")
        for line in lines(played, "round_voided")
        if line["digest_of_counts"]
    }

    assert len(played.rows["sealing"]) > 10
    assert {row["round"] for row in played.rows["sealing"]} == set(said)
    for row in played.rows["sealing"]:
        counts = [
            [each["choice"], each["count"]] for each in played.rows["sealed_count"] if each["round"] == row["round"]
        ]
        counts.sort(key=lambda each: (each[0] is not None, each[0] or ""))
        text = msgspec.json.encode([counts, row["changes"]])
        assert said[row["round"]] == hashlib.sha256(row["salt"] + text).digest()


def test_every_salt_is_made_by_chance_and_its_own(played: Played) -> None:
    # What was decided of one text has one digest, and one salt, together.
    decided = {row["text"]: row for row in played.before["redaction"]}
    tables = {**played.before, "redaction": [*decided.values()]}
    salts = Counter(row["salt"] for rows in tables.values() for row in rows if row.get("salt"))
    unsalted = {salt_for(b"", f"line {number}") for number in range(20)}

    assert len(salts) > 80
    assert [salt for salt, count in salts.items() if count > 1] == []
    assert unsalted & set(salts) == set()


def test_nothing_that_is_left_tells_a_wiped_word_from_a_list(played: Played) -> None:
    gone = {row["contribution"] for row in played.rows["contribution"] if row["gone"]}
    before = [row for row in played.before["contribution"] if row["contribution"] in gone and row["body"]]
    left = flat(row for rows in played.rows.values() for row in rows)
    salts = {row["salt"] for rows in played.rows.values() for row in rows if row.get("salt")}
    salts |= {b"", *(salt_for(secret, row["contribution"]) for row in before for secret in (b"", *salts))}

    assert len(before) > 5
    texts = [
        form
        for row in before
        for form in (
            row["body"],
            *re.findall("cnry[a-z]+", row["body"]),
            [row["item"], row["consent"], row["body"]],
            [row["body"]],
        )
    ]
    for text, salt in itertools.product(texts, salts):
        found = digest_of(salt, text)
        assert found not in left
        assert base64.b64encode(found) not in left
    assert [row["salt"] for row in before if row["salt"] in left] == []
