"""Pages of the write-up: bounded however much there is, and never with words that nothing can rest on."""

from __future__ import annotations

import msgspec
import pytest

from tests.sessions import an_agenda, item, options, sid
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain import points
from workshop_tui.domain.points import Tie
from workshop_tui.room import queue, write_up
from workshop_tui.room.queue import LOOKED_INTO
from workshop_tui.room.write_up import SHOWN_TIES, evidence_page, write_up_page
from workshop_tui.room.write_up_page import EVERYTHING, EvidenceFilter

SALT = b"sixteen bytes of"
PAGE = 20
DAY = an_agenda(
    item(1, kind="single", options=options("A", "B")), item(2), item(3, kind="vignette"), item(4, kind="private")
)


async def tell(house: House, n: int, words: str, level: str = "C2", item_: str = "i03") -> str:
    """What somebody of their own sends."""
    person, key = f"p{n:05d}", f"{n:032x}"
    await house.give(cmd.Join(person=person, token_hash=n.to_bytes(32, "big")))
    said = {"parts": [["what_happened", words]], "level": level} if item_ == "i03" else {"text": words}
    body = msgspec.json.encode(said).decode()
    await house.give(
        cmd.Contribute(person=person, item=item_, body=body, consent=level, key=key, submission_id=sid(), salt=SALT)
    )
    return key


async def line(house: House, key: str, text: str, kind: cmd.NoteKind = "note") -> None:
    await house.give(cmd.AddNote(key=key, kind=kind, text=text, salt=SALT))


async def tie(house: House, note: str, *stories: str) -> None:
    await house.give(cmd.TieNotes(ties=tuple(Tie(note, "contribution", each) for each in stories)))


async def test_lines_to_be_sorted_come_first_and_registers_are_counted() -> None:
    async with a_house(DAY) as house:
        await line(house, "n1", "A worry", "concern")
        await line(house, "n2", "Later")
        await line(house, "n3", "An offer")
        await house.give(cmd.SortNote(note="n3", register="offer", fields={"who": "Carers"}, salt=SALT))

        page = write_up_page(house.room, EVERYTHING, 0, PAGE)

        assert [each.note.key for each in page.lines] == ["n2", "n1", "n3"]
        assert page.counts == {"": 1, "concern": 1, "offer": 1}
        assert [each.note.key for each in write_up_page(house.room, "", 0, PAGE).lines] == ["n2"]
        assert [each.note.key for each in write_up_page(house.room, EVERYTHING, 0, PAGE, "CARERS").lines] == ["n3"]
        assert [each.note.key for each in write_up_page(house.room, EVERYTHING, 1, 1).lines] == ["n1"]


async def test_what_is_private_held_or_for_nobody_is_not_offered() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i04"))
        await tell(house, 1, "Only for you", "C0", "i04")
        await house.give(cmd.OpenItem(item="i03"))
        await tell(house, 2, "For nobody else", "C0")
        held, fits = await tell(house, 3, "Held"), await tell(house, 4, "Fits")
        await house.give(cmd.Moderate(contribution=held, handling="on_hold"))
        await line(house, "n1", "Later")

        page = evidence_page(house.room, ("n1",), "texts", 0, PAGE)

        assert [each.ref for each in page.lines] == [fits], "nor the line itself"
        assert page.left_out == 3


async def test_something_is_tied_where_every_line_rests_on_it() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        one, other = await tell(house, 1, "One"), await tell(house, 2, "Other")
        await line(house, "n1", "First")
        await line(house, "n2", "Second")
        await tie(house, "n1", one, other)
        await tie(house, "n2", other)

        page = evidence_page(house.room, ("n1", "n2"), "texts", 0, PAGE, "vignette")

        assert {each.ref: each.tied for each in page.lines} == {one: False, other: True}
        assert {each.ref for each in evidence_page(house.room, ("n1", "n2"), "tied", 0, PAGE).lines} == {one, other}


async def test_words_that_went_are_on_no_page_and_the_line_asks_to_be_read_again() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        story = await tell(house, 1, "I waited")
        await line(house, "n1", "Long waits")
        await tie(house, "n1", story)

        await house.give(cmd.TakeBack(person="p00001", contribution=story))

        (each,) = write_up_page(house.room, EVERYTHING, 0, PAGE).lines
        assert (each.read_again, each.counts, each.gone) == (points.TAKEN_BACK, {}, 1)
        assert [behind.standing for behind in each.rests_on] == ["taken_back"]
        assert "I waited" not in repr(each)
        assert each.note.text == "Long waits"


async def test_what_was_only_for_the_day_is_gone_in_the_end_and_the_point_stands() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        story = await tell(house, 1, "I waited", "C1")
        await line(house, "n1", "Long waits")
        await tie(house, "n1", story)
        await house.give(cmd.EndWorkshop(confirm="END"), cmd.FinishWriteUp(confirm="FINISH"))

        (each,) = write_up_page(house.room, EVERYTHING, 0, PAGE).lines

        assert [behind.standing for behind in each.rests_on] == ["day_over"]
        assert each.read_again is None


async def test_what_no_line_rests_on_yet_is_listed_and_leaves_the_list_once_one_does() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        stories = [await tell(house, n, f"Story {n}") for n in range(1, 4)]
        await line(house, "n1", "Long waits")
        await tie(house, "n1", stories[1])

        def left(words: str = "") -> set[str]:
            return {each.ref for each in evidence_page(house.room, ("n1",), "untied", 0, PAGE, "", words).lines}

        assert left() == {stories[0], stories[2]}
        assert left("STORY 3") == {stories[2]}
        await house.give(cmd.DropNote(key="n1"))
        assert left() == set(stories), "a line that was taken back rests on nothing"


@pytest.mark.parametrize("which", ["texts", "untied"])
@pytest.mark.parametrize("words", ["", "nobody says this"])
async def test_a_page_costs_the_same_among_ten_thousand_texts(
    words: str, which: EvidenceFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    said = queue.said_in

    def counting(room: object, key: str) -> object:
        read.append(key)
        return said(room, key)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "said_in", counting)
    monkeypatch.setattr(write_up, "said_in", counting)
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        stories = [await tell(house, n, f"Story {n}") for n in range(1, 31)]
        row = house.room.tables.contributions[stories[0]]
        # As many as nobody types: put there as a file would bring them.
        tables = house.room.tables
        for n in range(100, 10_100):
            each = msgspec.structs.replace(row, key=f"{n:032x}", submission_id=f"{n:032x}", author=b"")
            tables._contributions.base[each.key] = each
            tables.shelves.put(each.key, tables._shelf(each))
        await line(house, "n1", "Long waits")
        await tie(house, "n1", *stories)
        read.clear()

        page = evidence_page(house.room, ("n1",), which, 5_000, PAGE, "", words)
        lines = write_up_page(house.room, EVERYTHING, 0, PAGE)

        assert page.total == 10_031
        assert len(page.lines) <= PAGE
        assert len(read) <= (LOOKED_INTO if words else 0) + PAGE + SHOWN_TIES
        assert len(lines.lines[0].rests_on) == SHOWN_TIES
        assert lines.lines[0].counts == {"contribution": 30}
