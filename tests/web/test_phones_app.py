"""The cases of the APP group that phones can bring about: doubles, other people's ids, forgery, floods."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from tests.sessions import an_agenda, item, options, sid
from tests.web.pages_seen import value_of
from tests.web.phones import ORIGIN, Phone, a_house
from workshop_tui.domain import commands as cmd
from workshop_tui.errors import RoomBusy

JSON = {"accept": "application/json"}


async def test_the_same_sending_ten_times_at_once_is_one_row_and_ten_equal_answers() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        number = sid()

        answers = await asyncio.gather(
            *(phone.send("/say/i04", {"idea": "One name", "sid": number}) for _ in range(10))
        )

        assert {(answer.status_code, answer.text) for answer in answers} == {(200, '{"location":"/now"}')}
        assert len(house.room.tables.contributions) == 1


async def test_a_double_tap_on_a_vote_counts_once() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        number = sid()

        answers = await asyncio.gather(*(phone.vote("a", sid=number) for _ in range(10)))

        assert {answer.status_code for answer in answers} == {303}
        tally = house.room.tables.tallies["i01.1"]
        assert (tally.profile, tally.changes) == ({'{"option":"a"}': 1}, 0)


async def test_the_same_id_with_other_words_is_refused_and_the_first_stay() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        number = sid()
        await phone.post("/say/i04", {"idea": "First", "sid": number})

        second = await phone.post("/say/i04", {"idea": "Second", "sid": number})

        assert second.status_code == 409
        assert value_of(second.text, "idea") == "Second"
        assert [row.body for row in house.room.tables.contributions.values()] == ['{"text":"First"}']


async def test_somebody_elses_id_tells_nothing_of_their_words() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        mine, other = await house.phone(), await house.phone()
        number = sid()
        await mine.send("/say/i04", {"idea": "My secret", "sid": number})

        same = await other.send("/say/i04", {"idea": "My secret", "sid": number})
        wrong = await other.send("/say/i04", {"idea": "Guess", "sid": number})

        assert (same.status_code, same.text) == (wrong.status_code, wrong.text)
        assert same.status_code == 409
        assert "secret" not in same.text


async def test_two_windows_with_one_token_are_one_voter_and_the_last_vote_counts() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        second = house.stranger()
        second.http.cookies, second.proof = phone.http.cookies, phone.proof

        await phone.vote("a")
        await second.vote("b")

        assert house.room.tables.tallies["i01.1"].profile == {'{"option":"b"}': 1}


async def test_a_vote_after_the_end_of_its_round_changes_nothing_and_keeps_what_was_typed() -> None:
    agenda = an_agenda(item(1, kind="dots", options=options("A", "B"), dots=5))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()
        await house.give(cmd.CloseVote())

        late = await phone.post("/vote/i01.1", {"dots.a": "3", "dots.b": "2"})

        assert late.status_code == 409
        assert value_of(late.text, "dots.a") == "3"
        assert "Send my answer" not in late.text
        assert "This question is closed" in late.text
        assert house.room.tables.tallies["i01.1"].profile == {}


@pytest.mark.parametrize("dots", ["-5", "1e9", "NaN", "1.5", "true", "'3'", "[]", "null", "6", "99999999999999999999"])
async def test_no_number_of_dots_but_a_fitting_one_is_taken(dots: str) -> None:
    agenda = an_agenda(item(1, kind="dots", options=options("A", "B"), dots=5))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.post("/vote/i01.1", {"dots.a": dots, "dots.b": "1"})

        assert answer.status_code == 422
        assert value_of(answer.text, "dots.a") == dots
        assert house.room.tables.tallies["i01.1"].profile == {}


async def test_two_racing_votes_that_go_over_together_are_two_votes_of_which_one_counts() -> None:
    agenda = an_agenda(item(1, kind="dots", options=options("A", "B"), dots=5))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()

        answers = await asyncio.gather(
            phone.send("/vote/i01.1", {"dots.a": "5"}),
            phone.send("/vote/i01.1", {"dots.b": "5"}),
            phone.send("/vote/i01.1", {"dots.a": "5", "dots.b": "5"}),
        )

        assert [answer.status_code for answer in answers] == [200, 200, 422]
        assert sum(house.room.tables.tallies["i01.1"].profile.values()) == 1


@pytest.mark.parametrize("option", ["z", "__proto__", "A", "i02.1", "constructor", "0"])
async def test_an_option_that_is_not_in_the_question_is_refused(option: str) -> None:
    async with a_house() as house:
        await house.ask()
        answer = await (await house.phone()).vote(option)

        assert answer.status_code == 422


async def test_an_order_with_a_thing_in_it_twice_is_refused() -> None:
    agenda = an_agenda(item(1, kind="rank", options=options("A", "B", "C"), pick=2))
    async with a_house(agenda) as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.post("/vote/i01.1", {"order": ["a", "a"], "rank": ["a", "a"]})

        assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/vote/i01.1", "/say/i03", "/leave", "/join"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://192.168.8.2:80800", "https://192.168.8.2:8080"]
)
async def test_a_form_from_another_page_is_refused(path: str, origin: str) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.post(path, {"choice": "a", "code": "KDMP"}, origin=origin)

        assert answer.status_code == 403
        assert house.room.tables.tallies["i01.1"].profile == {}
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("proof", ["", "0" * 32, "é", "\u202e"])
async def test_a_form_without_its_proof_is_refused(proof: str) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        assert (await phone.vote("a", csrf=proof)).status_code == 403
        assert house.room.tables.tallies["i01.1"].profile == {}


@pytest.mark.parametrize("headers", [{}, {"origin": ORIGIN}])
async def test_our_own_form_passes_with_and_without_an_origin(headers: dict[str, str]) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        assert (await phone.post("/vote/i01.1", {"choice": "a"}, **headers)).status_code == 303


async def test_another_phones_proof_is_no_proof() -> None:
    async with a_house() as house:
        await house.ask()
        phone, other = await house.phone(), await house.phone()

        assert (await phone.vote("a", csrf=other.proof)).status_code == 403


@pytest.mark.parametrize("path", ["/control/health", "/control/command", "/host", "/screen", "/screen/part", "/wall"])
async def test_the_desk_does_not_exist_for_phones(path: str) -> None:
    async with a_house() as house:
        phone = await house.phone()

        assert (await phone.http.get(path)).status_code == 404
        assert (await phone.http.post(path)).status_code == 404


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data; boundary=x",
        "text/xml",
        "text/plain",
        "application/json",
        "",
        "application/x-www-form-urlencodedx",
    ],
)
async def test_only_forms_of_ours_are_read(kind: str) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        body = f"choice=a&sid={sid()}&csrf={phone.proof}"

        answer = await phone.http.post("/vote/i01.1", content=body, headers={"content-type": kind})

        assert answer.status_code == 415
        assert house.room.tables.tallies["i01.1"].profile == {}


async def test_a_packed_body_is_never_unpacked() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        answer = await phone.http.post(
            "/vote/i01.1",
            content=gzip.compress(b"x" * 10_000_000),
            headers={"content-type": "application/x-www-form-urlencoded", "content-encoding": "gzip"},
        )

        assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [b"\xff\xfe" + "choice=a".encode("utf-16-le"), b"choice=\xff\xfe\xc3(", b"&&&==&=", b"%", b"choice=%zz%", b"[[[["],
)
async def test_a_body_that_is_no_text_is_refused_without_a_fault(body: bytes) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        ours = f"&sid={sid()}&csrf={phone.proof}".encode()

        for content in (body, body + ours):
            answer = await phone.http.post(
                "/vote/i01.1", content=content, headers={"content-type": "application/x-www-form-urlencoded"}
            )

            assert answer.status_code in (403, 422)


async def test_a_form_with_a_thousand_fields_is_refused() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        assert (await phone.post("/vote/i01.1", {"choice": ["a"] * 1_000})).status_code == 400


async def test_a_flood_from_one_phone_is_slowed_and_leaves_the_others_alone() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        loud, calm = await house.phone(), await house.phone()

        answers = [await loud.post("/say/i04", {"idea": f"Idea {n}"}) for n in range(200)]

        assert [answer.status_code for answer in answers[:3]] == [303, 303, 303]
        assert {answer.status_code for answer in answers[3:]} == {429}
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert value_of(answers[-1].text, "idea") == "Idea 199"
        assert (await calm.post("/say/i04", {"idea": "Mine"})).status_code == 303
        house.clock.pass_s(10)
        assert (await loud.post("/say/i04", {"idea": "Later"})).status_code == 303


async def test_a_flood_of_unread_words_tells_phones_to_wait_and_keep_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.WAITING_CONTRIBUTIONS", 2)
    monkeypatch.setattr("workshop_tui.domain.deciding.phones.WAITING_SHARE", 1)
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone, other = await house.phone(), await house.phone()
        answers = [await phone.post("/say/i04", {"idea": f"Idea {n}"}) for n in range(3)]

        assert [answer.status_code for answer in answers] == [303, 303, 503]
        assert "retry-after" in answers[2].headers
        assert value_of(answers[2].text, "idea") == "Idea 2"
        assert (await other.post("/say/i04", {"idea": "Mine"})).status_code == 303


@pytest.mark.parametrize(
    "cookie",
    [
        "ws=" + "x" * 10_000,
        "ws=%%%",
        "ws=",
        "ws",
        ";;;=",
        "ws=" + "A" * 43,
        "ws=" + "A" * 42 + "\u00e9",
        "a=b; ws=" + "-" * 43,
    ],
)
async def test_a_junk_cookie_gets_the_join_page(cookie: str) -> None:
    async with a_house() as house:
        stranger = house.stranger()
        for path in ("/now", "/stories"):
            answer = await stranger.http.get(path, headers={b"cookie": cookie.encode("latin-1")})

            assert answer.status_code == 403
            assert 'action="/join"' in answer.text
        assert (await stranger.http.get("/events", headers={b"cookie": cookie.encode("latin-1")})).status_code == 403


async def test_a_token_from_before_joining_is_not_kept() -> None:
    async with a_house() as house:
        planted = "A" * 43
        phone = Phone(house.app)
        for name in ("ws", "in"):
            phone.http.cookies.set(name, planted, domain="192.168.8.2", path="/")

        answers = [await phone.http.get(path) for path in ("/J/KDMP", "/now")]

        for cookie in (answer.headers.get_list("set-cookie")[0] for answer in answers):
            assert planted not in cookie
            assert "HttpOnly" in cookie
            assert "samesite=lax" in cookie.lower(), "it comes back from a link in a chat"
            assert "Path=/" in cookie
            assert "Domain" not in cookie
        assert phone.http.cookies["ws"] != planted


async def test_scanning_again_keeps_the_place_and_makes_no_second_voter() -> None:
    async with a_house() as house:
        phone = await house.phone()

        again = await phone.http.get("/J/KDMP")

        assert (again.status_code, again.headers["location"]) == (303, "/now")
        assert "set-cookie" not in again.headers
        assert house.room.tables.people() == 1


async def test_times_that_a_phone_sends_mean_nothing() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()

        await phone.post(
            "/say/i04", {"idea": "Then", "at": "0", "minute": "9999999999"}, date="Thu, 01 Jan 1970 00:00:00 GMT"
        )

        (row,) = house.room.tables.contributions.values()
        assert row.minute == house.clock.now_ms() // 60_000


@pytest.mark.parametrize("number", ["", "x", "A" * 32, "0" * 31, "0" * 33, "../../etc/passwd", "0" * 31 + "\n"])
async def test_a_submission_id_of_another_shape_is_refused_with_the_words_kept(number: str) -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()

        answer = await phone.post("/say/i04", {"idea": "Mine", "sid": number})

        assert answer.status_code == 422
        assert value_of(answer.text, "idea") == "Mine"
        assert len(value_of(answer.text, "sid")) == 32


@pytest.mark.parametrize("path", ["/vote/i99.1", "/vote/i01.9", "/vote/x", "/say/i99", "/say/i01", "/say/i02"])
async def test_a_question_that_is_not_there_is_said_so(path: str) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        assert (await phone.post(path, {"choice": "a"})).status_code == 409
        assert (await phone.send(path, {"choice": "a"})).json()["error"].startswith("That question")


async def test_a_disk_that_cannot_be_written_asks_to_wait_and_keeps_every_word() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone, late = await house.phone(), house.stranger()
        number = sid()
        house.store.broken = "The disk is full."

        answer = await phone.post("/say/i04", {"idea": "Keep me", "sid": number})
        told = await phone.send("/say/i04", {"idea": "Keep me"})
        joining = await late.scan()

        assert answer.status_code == told.status_code == joining.status_code == 503
        assert answer.headers["retry-after"] == "3"
        assert "Keep your words" in answer.text
        assert "disk" not in answer.text + told.text
        assert (value_of(answer.text, "idea"), value_of(answer.text, "sid")) == ("Keep me", number)
        assert not house.room.tables.contributions


async def test_a_full_inbox_asks_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()

        async def full(command: object) -> None:
            raise RoomBusy("Many answers are coming in at once. Yours is still on this phone; we try again.")

        monkeypatch.setattr(house.room, "submit", full)

        answer = await phone.send("/vote/i01.1", {"choice": "a"})

        assert (answer.status_code, answer.headers["retry-after"]) == (503, "3")


async def test_a_link_that_breaks_in_the_middle_of_a_form_keeps_nothing() -> None:
    async with a_house() as house:
        await house.give(cmd.OpenItem(item="i04"))
        phone = await house.phone()
        begun = f"csrf={phone.proof}&sid={sid()}&idea=Half+of+what+I".encode()
        messages = [{"type": "http.request", "body": begun, "more_body": True}, {"type": "http.disconnect"}]
        cookie = f"ws={phone.http.cookies['ws']}".encode()
        headers = [
            (b"host", b"192.168.8.2:8080"),
            (b"cookie", cookie),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ]
        scope = {"type": "http", "method": "POST", "path": "/say/i04", "headers": headers, "query_string": b""}

        async def receive() -> dict[str, object]:
            return messages.pop(0)

        async def send(message: object) -> None:
            return

        await house.app(scope, receive, send)

        assert not house.room.tables.contributions


async def test_a_host_that_is_not_ours_is_not_answered() -> None:
    async with a_house() as house:
        for host in (
            "evil.example",
            "192.168.8.2",
            "192.168.8.2:8081",
            "192.168.8.2:8080.evil.example",
            "localhost:8080",
        ):
            answer = await house.stranger().http.get(
                "/J/KDMP", headers={"host": host, "x-forwarded-host": "192.168.8.2:8080"}
            )

            assert answer.status_code == 421
            assert "set-cookie" not in answer.headers


async def test_every_answer_keeps_to_itself() -> None:
    async with a_house() as house:
        phone = await house.phone()
        for path in ("/", "/now", "/nope", "/static/nope", "/state", "/strip"):
            headers = (await phone.http.get(path)).headers

            assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"
            assert headers["cache-control"] == "no-store"
            assert "server" not in headers


async def test_a_fault_of_ours_says_nothing_but_where_the_words_are(monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_house() as house:
        phone = await house.phone()
        monkeypatch.setattr("workshop_tui.web.phone.layout.phone_state_of", lambda *_: 1 / 0)
        phone.http._transport.raise_app_exceptions = False

        answer = await phone.http.get("/now")

        assert answer.status_code == 500
        assert "Your words are on your phone" in answer.text
        assert answer.headers["cache-control"] == "no-store"
