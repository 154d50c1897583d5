"""Words are found on the host page without its address holding any, and what holds them is taken back from there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from tests.sessions import sid
from tests.web.host_desk import HostDesk, Page, host_desk
from workshop_tui.domain import commands as cmd
from workshop_tui.room import queue


@pytest.fixture
def desk() -> Iterator[HostDesk]:
    with host_desk() as made:
        made.give(cmd.OpenItem(item="i02"))
        for n, words in enumerate(("I rang NINE times", "The lift was broken", "Nobody rang back"), 1):
            tell(made, n, words)
        yield made


def tell(desk: HostDesk, n: int, words: str) -> None:
    desk.give(cmd.Join(person=f"p{n}", token_hash=bytes([n]) * 32))
    body = msgspec.json.encode({"parts": [["what_happened", words]], "level": "C2"}).decode()
    desk.give(cmd.Contribute(person=f"p{n}", item="i02", body=body, consent="C2", key=f"{n:032x}", submission_id=sid()))


def find(desk: HostDesk, words: str) -> Page:
    desk.look(at="reading")
    return desk.press("find", words=words)


def test_a_form_shows_what_holds_some_words_whatever_was_done_with_it(desk: HostDesk) -> None:
    desk.give(cmd.Moderate(contribution=f"{1:032x}", handling="on_hold"))

    page = find(desk, "Rang")

    assert "I rang NINE times" in page.part("reading")
    assert "Nobody rang back" in page.part("reading")
    assert "lift" not in page.part("reading")
    assert "2 texts hold “Rang”, among 1 to 3 of 3." in page.part("reading")
    assert "rang" not in page.address.casefold()
    assert 'value="Rang"' in page.html


def test_none_typed_shows_all_again_and_so_does_a_search_that_nobody_remembers(desk: HostDesk) -> None:
    find(desk, "rang")

    again = find(desk, " ")
    forgotten = desk.look("find=0123456789abcdef&queue=all", at="reading")

    assert "lift" in again.part("reading")
    assert "lift" in forgotten.part("reading")


def test_what_was_found_is_taken_back_for_its_owner_and_the_search_stays(desk: HostDesk) -> None:
    page = find(desk, "nine")
    assert f"withdraw-{1:032x}" in page.own_forms

    asked = desk.press(f"withdraw-{1:032x}")
    assert "Take these words back for their owner?" in asked.part("question")
    done = desk.press("asked", ("asked", "withdraw"))

    assert desk.room.tables.contributions[f"{1:032x}"].gone == "withdrawn"
    assert "0 texts hold “nine”" in done.part("reading")


def test_a_search_looks_on_where_it_ended(desk: HostDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "LOOKED_INTO", 2)

    page = find(desk, "nine")

    assert "0 texts hold “nine”, among 1 to 2 of 3." in page.part("reading")
    further = next(each for each in page.tree.iter("a") if "".join(each.itertext()) == "Look further")
    assert "I rang NINE times" in desk.look(further.get("href").partition("?")[2], at="reading").part("reading")
