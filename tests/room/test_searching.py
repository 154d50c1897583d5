"""Looking for words in what people sent: in pieces, in whatever words it is shown, and into a bounded many at once."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from tests.sessions import an_agenda, item, options, parted, sid
from tests.web.phones import House, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.kinds.registry import KINDS
from workshop_tui.room import queue
from workshop_tui.room.queue import LOOKED_INTO, queue_page

SALT = b"sixteen bytes of"
DAY = an_agenda(
    item(1, "Impact", kind="impact", options=options("One clinic", "Evenings")),
    item(2, "Ideas", kind="ideas"),
    item(3, "Your story", kind="vignette"),
)


async def tell(house: House, n: int, words: str) -> str:
    """One story of a person of its own."""
    person = f"p{n:05d}"
    await house.give(cmd.Join(person=person, token_hash=n.to_bytes(32, "big")))
    body = msgspec.json.encode({"parts": [["what_happened", words]], "level": "C2"}).decode()
    key = f"{n:032x}"
    await house.give(cmd.Contribute(person=person, item="i03", body=body, consent="C2", key=key, submission_id=sid()))
    return key


def found(house: House, words: str, which: str = "all") -> list[str]:
    return [each.key for each in queue_page(house.room, which, 0, 20, words=words).entries]  # type: ignore[arg-type]


async def test_texts_are_found_in_whatever_case_and_lines_in_their_own_words_and_in_others() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        key = await tell(house, 1, "The STRASSE was\n closed, said Zoë")
        other = await tell(house, 2, "Nobody rang back")
        await house.give(cmd.Reword(contribution=other, words="Of a telephone", salt=SALT))

        assert found(house, "straße WAS closed") == [key]
        assert found(house, "zoe\u0308") == [key]
        assert found(house, "rang back") == [other]
        assert found(house, "TELEPHONE") == [other]
        assert found(house, "what_happened") == []
        assert found(house, "telephone", "approved") == []
        assert set(found(house, " ")) == {key, other}, "nothing to look for shows all"


async def test_reasons_notes_and_answers_are_found_and_reasons_only_once_their_vote_is_closed() -> None:
    async with a_house(DAY) as house:
        await house.give(cmd.Join(person="ana", token_hash=b"a" * 32))
        await house.ask()
        poll = KINDS["impact"]
        config = msgspec.convert(house.room.state.rounds[-1].config, poll.config_type)
        choice, reasons = parted(poll, poll.read(config, {"impact.a": ["bit_harder"], "impact.a.why": ["Two buses"]}))
        await house.give(
            cmd.Cast(person="ana", round="i01.1", choice=choice, submission_id=sid(), reasons=reasons),
            cmd.AddNote(key="n1", kind="note", text="Buses are late", salt=SALT),
        )
        assert found(house, "buses") == ["n1"]
        await house.give(cmd.CloseVote())

        assert found(house, "buses") == [reasons[0][0], "n1"]
        assert [each.may_be_taken_back for each in queue_page(house.room, "all", 0, 9, words="buses").entries] == [
            True, False,
        ]  # fmt: skip
        await house.give(cmd.WithdrawWords(contribution=reasons[0][0], salt=SALT))
        assert found(house, "two buses") == []


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The key of every text that is looked into."""
    seen: list[str] = []
    said_in = queue.said_in

    def counted(room: object, key: str) -> Iterator[str]:
        seen.append(key)
        return said_in(room, key)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "said_in", counted)
    return seen


async def test_a_page_looks_into_a_bounded_many_however_many_there_are_and_pages_miss_none(looks: list[str]) -> None:
    many = 2 * LOOKED_INTO + 50
    async with a_house(DAY) as house:
        await house.give(cmd.OpenItem(item="i03"))
        keys = [await tell(house, n, f"story {n} {'needle' if n % 100 == 1 else 'hay'}") for n in range(1, many + 1)]
        del looks[:]

        assert queue_page(house.room, "all", 0, 20, words="nothing like it").entries == ()
        assert len(looks) == LOOKED_INTO

        del looks[:]
        pages = [queue_page(house.room, "all", 0, 2, words="needle")]
        while pages[-1].next:
            pages.append(queue_page(house.room, "all", pages[-1].next, 2, words="needle"))

        assert [each.key for page in pages for each in page.entries] == [keys[n] for n in range(many) if n % 100 == 0][
            ::-1
        ]
        assert sorted(looks) == sorted(keys), "each is looked into once"
        assert all(len(page.entries) <= 2 and page.looked <= LOOKED_INTO for page in pages)
        assert {page.total for page in pages} == {many}
