"""Every hostile text through every form: no fault, no element that is not ours, nothing stored but clean words."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import msgspec
import pytest

from tests.cases.hostile_inputs import CODES, EXPORT, HTML, MARKUP, SIZE, TERMINAL, UNICODE
from tests.sessions import an_agenda, item, options
from tests.web.pages_seen import elements, text_of, value_of
from tests.web.phones import House, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.identifiers import find
from workshop_tui.domain.text import clean_text, has_words
from workshop_tui.limits import FORM_BYTES, STORY_LETTERS

PAYLOADS = [
    pytest.param(payload, id=name)
    for name, payload, where in [*TERMINAL, *MARKUP, *HTML, *UNICODE, *SIZE, *EXPORT]
    if where in "TN"
]
FREE = {"words_burst": 1_000, "votes_burst": 1_000, "wrong_codes_each": 1_000, "wrong_codes_all": 1_000}


def as_sent(payload: str) -> str:
    """What arrives of a text: lone surrogates are no text."""
    return payload.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def stored(house: House) -> list[str]:
    """Every word on disk, as it was said."""
    bodies = [msgspec.json.decode(row.body) for row in house.room.tables.contributions.values()]
    return [body["text"] if "text" in body else body["parts"][0][1] for body in bodies]


async def tell(phone: Phone, payload: str) -> tuple[int, str]:
    """A story through its check page; the status that ended it and the last page."""
    fields = {"what_happened": payload, "level": "C2"}
    answer = await phone.post_bytes("/say/i03", {**fields, "step": "check"})
    if answer.status_code == 200:
        assert answer.text.count("Send it") == 1
        again = value_of(answer.text, "what_happened")
        sent = await phone.post_bytes("/say/i03", {"what_happened": again, "level": "C2", "step": "send"})
        return sent.status_code, answer.text
    return answer.status_code, answer.text


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_story_is_kept_clean_or_refused_with_its_words(payload: str) -> None:
    async with a_house(**FREE) as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()

        status, page = await tell(phone, payload)

        clean = clean_text(as_sent(payload))
        if len(quote_plus(payload, errors="surrogatepass")) > FORM_BYTES - 200:
            assert status == 413
        elif not has_words(clean) or len(clean) > STORY_LETTERS:
            assert status == 422
            assert "There is a problem" in page
        else:
            assert status == 303
            assert stored(house) == [clean]
        assert stored(house) in ([], [clean])


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_no_page_that_shows_words_has_an_element_that_is_not_ours(payload: str) -> None:
    async with a_house(**FREE) as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        # What may tell who somebody is is marked, whoever wrote it.
        usual = "on 2026-01-01" if find(clean_text(as_sent(payload))) else "x"
        for step, extra in (
            ("check", {"level": "C0"}),
            ("change", {"level": "C0"}),
            ("send", {"level": "C0", "sid": "junk"}),
        ):
            plain = await phone.post_bytes("/say/i03", {"what_happened": usual, "step": step, **extra})
            hostile = await phone.post_bytes("/say/i03", {"what_happened": payload, "step": step, **extra})
            assert hostile.status_code < 500
            if hostile.status_code == plain.status_code:
                assert elements(hostile.text) == elements(plain.text)
            assert not set(hostile.text) & set("\x00\x07\x08\x1b\x7f\x9b\x9d")


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_a_shown_text_brings_no_element_to_the_page_of_stories(payload: str) -> None:
    async with a_house(**FREE) as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        answer = await phone.post_bytes("/say/i04", {"idea": payload[:280]})
        assert answer.status_code in (303, 422)
        await phone.post("/say/i04", {"idea": "x"})
        keys = list(house.room.tables.contributions)
        await house.give(cmd.Moderate(contribution=keys[-1], handling="approved"))
        plain = elements((await phone.see("/stories")).text)

        for key in keys[:-1]:
            await house.give(cmd.Moderate(contribution=key, handling="approved"))
            both = elements((await phone.see("/stories")).text)

            assert sum(both.values()) == sum(plain.values()) + 1
            assert clean_text(as_sent(payload[:280])) in stored(house)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_any_field_of_a_vote_takes_anything_without_a_fault(payload: str) -> None:
    async with a_house(**FREE) as house:
        await house.ask()
        phone = await house.phone()
        for field in ("choice", "csrf", "sid", "step", "skip", "go", "dots.a", "order", "pick", "move"):
            answer = await phone.post_bytes("/vote/i01.1", {"choice": "z", field: payload})

            assert answer.status_code in (200, 303, 403, 413, 422)
        # Only an option of this question, or none, was ever counted.
        assert set(house.room.tables.tallies["i01.1"].profile) <= {'{"option":"c"}'}


PRESSED = (
    ("button", "autofocus", "class", "name", "value"),
    ("button", "aria-disabled", "autofocus", "class", "name", "value"),
)
"""A small button that was pressed gets the focus."""


@pytest.mark.parametrize(("kind", "extra"), [("dots", {"dots": 3}), ("rank", {"pick": 2})])
@pytest.mark.parametrize("payload", [param for param in PAYLOADS if len(str(param.values[0])) < 9_000])
async def test_dots_and_orders_take_anything_without_a_fault(kind: str, extra: dict[str, object], payload: str) -> None:
    agenda = an_agenda(item(1, kind=kind, options=options("A", "B"), **extra))
    async with a_house(agenda, **FREE) as house:
        await house.ask()
        phone = await house.phone()
        plain = elements((await phone.see()).text)
        for fields in (
            {f"{kind}.a": payload}, {kind: payload}, {"order": payload}, {f"{kind}.a": payload, "step": f"{kind}.a:+1"},
            {f"{kind}.by": payload, "move": f"{kind}.a:up"}, {"move": payload, "step": payload}, {"pick": payload},
        ):  # fmt: skip
            answer = await phone.post_bytes("/vote/i01.1", fields)

            assert answer.status_code in (200, 303, 413, 422)
            if answer.status_code == 200:
                assert set(elements(answer.text)) - set(plain) <= {("input", "name", "type", "value"), *PRESSED}


@pytest.mark.parametrize("code", [pytest.param(payload, id=name) for name, payload, _ in CODES])
async def test_any_code_that_is_not_the_rooms_joins_nobody(code: str) -> None:
    async with a_house(**FREE) as house:
        phone = house.stranger()
        plain = elements((await phone.post("/join", {"code": "x"})).text)

        answer = await phone.post_bytes("/join", {"code": code})

        assert answer.status_code == 422
        assert elements(answer.text) == plain
        assert house.room.tables.people() == 0


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_addresses_take_anything_without_a_fault(payload: str) -> None:
    async with a_house(**FREE) as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        words = as_sent(payload)[:1_000]
        for path in ("/strip", "/now", "/stories", "/help", "/leave", "/state"):
            answer = await phone.http.get(path, params={"page": words, "lang": words, "from": words, "change": words})
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
        for path in ("/J/", "/vote/", "/say/", "/static/", "/"):
            answer = await phone.http.get(path + quote(words, safe=""))
            assert answer.status_code in (200, 303, 404, 422, 429)


async def test_a_refused_text_is_shown_again_just_as_it_was_typed() -> None:
    async with a_house(**FREE) as house:
        await house.give(cmd.OpenItem(item="i03"))
        phone = await house.phone()
        typed = "  Two  spaces,\n\n\n\n\nmany lines \u202e and <b>signs</b> " + "x" * (STORY_LETTERS + 1)

        answer = await phone.post_bytes("/say/i03", {"what_happened": typed, "step": "check"})

        assert answer.status_code == 422
        assert value_of(answer.text, "what_happened").removeprefix("\n") == typed
        assert "letters too long" in text_of(answer.text)
