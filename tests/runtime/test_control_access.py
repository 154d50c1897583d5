"""Who may do what on the control listener, asked over real sockets; and that nothing sent to it is ever a 5xx."""

from __future__ import annotations

import json
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.runtime.laptop import Laptop, a_laptop, give, look
from tests.runtime.wire import Reply, Wire, desk_wire, phone_wire, phones
from workshop_tui.domain import commands as cmd
from workshop_tui.runtime.running import RunFile

LISTS = 50_000
"""Deeper than any parser may follow."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunFile]:
    """One room for the whole file: nothing here may change it but what says so."""
    with a_laptop(tmp_path_factory.mktemp("laptop")) as laptop:
        yield _begun(laptop)


def _begun(laptop: Laptop) -> RunFile:
    run = laptop.begin()
    give(run, cmd.OpenItem(item="i01"), cmd.OpenVote(key=b""))
    return run


@pytest.fixture
async def desk(run: RunFile) -> AsyncIterator[Wire]:
    wire = desk_wire(run)
    yield wire
    await wire.close()


def _key(run: RunFile) -> dict[str, str]:
    return {"authorization": f"Bearer {run.token}"}


def _screen_key(run: RunFile) -> str:
    return run.screen_url.split("/")[3]


def _host_key(run: RunFile) -> str:
    return run.host_url.split("/")[3]


async def _command(desk: Wire, run: RunFile, body: bytes, **headers: str) -> Reply:
    return await desk.ask("POST", "/control/command", {**_key(run), **headers}, body)


# Keys. -----------------------------------------------------------------------------------------------

ROUTES = [
    ("GET", "/control/health"),
    ("GET", "/control/snapshot"),
    ("GET", "/control/events"),
    ("GET", "/control/queue"),
    ("GET", "/control/ideas"),
    ("POST", "/control/command"),
    ("POST", "/control/export"),
    ("POST", "/control/copy"),
    ("POST", "/control/stop"),
]


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize(
    "key", ["", "Bearer ", "Bearer 0000", "Bearer é", "Basic x", "the screen's", "the host page's"]
)
async def test_without_the_rooms_own_key_no_control_route_answers(
    run: RunFile, desk: Wire, method: str, path: str, key: str
) -> None:
    keys = {"the screen's": f"Bearer {_screen_key(run)}", "the host page's": f"Bearer {_host_key(run)}"}
    given = keys.get(key, key)

    refused = await desk.ask(method, path, {"authorization": given} if given else {})

    assert refused.status == 401
    assert run.token not in refused.text


async def test_with_the_key_the_room_says_who_it_is(run: RunFile, desk: Wire) -> None:
    health = await desk.ask("GET", "/control/health", _key(run))

    assert health.status == 200
    assert health.json["boot_id"] == run.boot_id
    assert health.json["pid"] == run.pid


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "file://"])
async def test_a_page_of_somebody_else_is_refused_even_with_the_key(run: RunFile, desk: Wire, origin: str) -> None:
    refused = await desk.ask("GET", "/control/health", {**_key(run), "origin": origin})

    assert refused.status == 403


async def test_the_rooms_own_page_is_not_a_stranger(run: RunFile, desk: Wire) -> None:
    known = await desk.ask("GET", "/control/health", {**_key(run), "origin": f"http://127.0.0.1:{run.control_port}"})

    assert known.status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}."]
)
async def test_a_name_that_only_points_here_reads_nothing(run: RunFile, desk: Wire, host: str) -> None:
    for path in ("/control/health", "/screen", "/host", "/static/app.css"):
        refused = await desk.ask("GET", path, {**_key(run), "host": host.format(port=run.control_port)})

        assert refused.status == 421


@pytest.mark.parametrize("path", [path for _, path in ROUTES] + ["/screen", "/host", "/screen/events"])
async def test_control_routes_do_not_exist_where_phones_are(run: RunFile, path: str) -> None:
    wire = phone_wire(run)
    try:
        assert (await wire.ask("GET", path, _key(run))).status == 404
        assert (await wire.ask("POST", path, _key(run))).status == 404
    finally:
        await wire.close()


async def test_the_key_in_the_address_opens_the_page_and_never_leaves_it(run: RunFile, desk: Wire) -> None:
    for address in (run.screen_url, f"{run.host_url}/now"):
        seen = await desk.ask("GET", urlsplit(address).path)

        assert seen.status == 200
        assert "set-cookie" not in seen.headers
        assert seen.headers["referrer-policy"] == "same-origin"
        assert run.token not in seen.text
    assert run.token not in run.screen_url + run.host_url
    assert _screen_key(run) != _host_key(run)


async def test_the_big_screens_key_opens_the_screen_and_nothing_else(run: RunFile, desk: Wire) -> None:
    key = _screen_key(run)

    assert (await desk.ask("GET", f"/{key}/screen")).status == 200
    assert (await desk.ask("POST", f"/{key}/screen")).status == 403
    for page in ("host", "host/now", "host/events", "control/health", ""):
        assert (await desk.ask("GET", f"/{key}/{page}")).status == 403
    assert (await desk.ask("POST", f"/{key}/host/do")).status == 403


async def test_a_phones_place_in_the_room_opens_neither_screen_nor_host_page(run: RunFile, desk: Wire) -> None:
    async with phones(run, 1) as (ana,):
        for page in ("screen", "host/now"):
            assert (await desk.ask("GET", f"/{page}", {"cookie": ana.cookie})).status == 403
            assert (await desk.ask("GET", f"/{ana.token}/{page}", {"cookie": ana.cookie})).status == 403
        assert (await desk.ask("GET", "/control/health", {"authorization": f"Bearer {ana.token}"})).status == 401


@pytest.mark.parametrize("key", ["", "0", "%ff%fe", "%F0%9F%98%80", "0" * 32, "//", "..", "static"])
async def test_a_wrong_key_in_the_address_is_refused_with_where_the_right_one_is(
    run: RunFile, desk: Wire, key: str
) -> None:
    for page in ("screen", "host/now", "host"):
        refused = await desk.ask("GET", f"/{key}/{page}")

        assert refused.status in (403, 404)
        assert "the console shows" in refused.text or key == "static"


# Doing things once. ----------------------------------------------------------------------------------


async def test_the_same_action_sent_twice_is_done_once_and_answered_the_same(run: RunFile, desk: Wire) -> None:
    before = look(run).here
    body = b'{"type":"add_minutes","minutes":2}'

    first = await _command(desk, run, body, **{"action-id": "1" * 32})
    again = await _command(desk, run, body, **{"action-id": "1" * 32})
    other = await _command(desk, run, body, **{"action-id": "2" * 32})

    after = look(run).here
    assert before is not None
    assert after is not None
    assert (first.status, again.status, other.status) == (200, 200, 200)
    assert again.body == first.body
    assert after.minutes == before.minutes + 4


async def test_a_refused_action_sent_again_is_refused_in_the_same_words(run: RunFile, desk: Wire) -> None:
    refused = [await _command(desk, run, b'{"type":"reveal","at":1}x', **{"action-id": "3" * 32}) for _ in range(2)]
    unfit = [await _command(desk, run, b'{"type":"start_timer"}', **{"action-id": "4" * 32}) for _ in range(2)]

    assert [each.status for each in refused] == [400, 400]
    assert [each.status for each in unfit] == [409, 409]
    assert unfit[0].body == unfit[1].body
    assert "running already" in unfit[0].text


async def test_the_time_of_a_command_is_the_rooms_own(run: RunFile, desk: Wire) -> None:
    note = {"type": "add_note", "key": "n1", "kind": "note", "text": "said at noon", "at": 1}

    kept = await _command(desk, run, json.dumps(note).encode())

    assert kept.status == 200
    assert look(run).saved_at > 1_600_000_000_000


# Junk. -----------------------------------------------------------------------------------------------

JUNK = {
    "nothing": b"",
    "white space": b" \n ",
    "not json": b"hello",
    "half": b'{"type":"AddMinu',
    "a number": b"7",
    "a list": b"[]",
    "null": b"null",
    "no type": b"{}",
    "unknown type": b'{"type":"OpenTheDoor"}',
    "a type that is a number": b'{"type":7}',
    "a phone's command": b'{"type":"join","person":"x","token_hash":"eA=="}',
    "two documents": b'{"type":"pause_timer"}{"type":"pause_timer"}',
    "unknown field": b'{"type":"pause_timer","now":true}',
    "missing field": b'{"type":"add_minutes"}',
    "wrong sort of value": b'{"type":"add_minutes","minutes":"five"}',
    "a fraction": b'{"type":"add_minutes","minutes":1.5}',
    "NaN": b'{"type":"add_minutes","minutes":NaN}',
    "Infinity": b'{"type":"add_minutes","minutes":Infinity}',
    "a float too large": b'{"type":"add_minutes","minutes":1e999}',
    "the room's own words about its clock": b'{"type":"clock_moved","by_ms":9223372036854775807,"slept":false}',
    "deep lists": b"[" * LISTS,
    "deep objects": b'{"a":' * (LISTS // 5),
    "deep value in a field": b'{"type":"edit_item","item":' + b"[" * LISTS,
    "deep value in an activity": b'{"type":"edit_item","item":{"key":"i01","title":"x","minutes":1,"activity":'
    b'{"kind":"single","config":{"options":' + b"[" * (LISTS // 2),
    "UTF-16": '{"type":"pause_timer"}'.encode("utf-16"),
    "UTF-32": '{"type":"pause_timer"}'.encode("utf-32"),
    "not UTF-8": b'{"type":"add_note","key":"n","kind":"note","text":"\xff\xfe"}',
    "half a surrogate": b'{"type":"add_note","key":"n","kind":"note","text":"\\ud800"}',
    "control codes": b'{"type":"add_note","key":"n","kind":"note","text":"\x1b[31m"}',
    "not base64": b'{"type":"open_vote","key":"!!!"}',
    "zero bytes": b"\0" * 64,
}


@pytest.mark.parametrize("body", JUNK.values(), ids=JUNK.keys())
async def test_what_is_no_command_is_refused_as_malformed_and_changes_nothing(
    run: RunFile, desk: Wire, body: bytes
) -> None:
    before = (await desk.ask("GET", "/control/health", _key(run))).json["desk_version"]

    refused = await _command(desk, run, body)

    assert refused.status == 400, refused.text
    assert "Nothing was changed" in refused.text
    assert len(refused.body) < 1_000
    after = await desk.ask("GET", "/control/health", _key(run))
    assert after.json["desk_version"] == before


ODD = {
    "a start before time": b'{"type":"open_item","item":"i01","scheduled_start":-9223372036854775808,"end":"keep"}',
    "minutes beyond any clock": b'{"type":"add_minutes","minutes":9223372036854775807}',
    "minutes below any clock": b'{"type":"add_minutes","minutes":-9223372036854775808}',
    "minutes beyond 64 bits": b'{"type":"add_minutes","minutes":99999999999999999999}',
    "people beyond 64 bits": b'{"type":"set_present","people":99999999999999999999}',
    "people beyond what a file holds": b'{"type":"set_present","people":18446744073709551615}',
    "people below none": b'{"type":"set_present","people":-1}',
    "minutes in hundreds of digits": b'{"type":"add_minutes","minutes":%s}' % (b"9" * 400),
    "minutes in more digits than are read": b'{"type":"add_minutes","minutes":%s}' % (b"9" * 50_000),
    "an item that is not there": b'{"type":"open_item","item":"i99"}',
    "an item with a strange name": b'{"type":"open_item","item":"\\u0000../../etc/passwd"}',
    "a screen with a strange subject": b'{"type":"set_screen","mode":"story","subject":"\\u0000\\u202e"}',
    "times for an item that is not there": b'{"type":"set_minutes","minutes":[["i99",5]]}',
    "times beyond 64 bits": b'{"type":"set_minutes","minutes":[["i02",99999999999999999999]]}',
    "an empty note": b'{"type":"add_note","key":"","kind":"note","text":""}',
    "a note with control codes": b'{"type":"add_note","key":"n9","kind":"note","text":"\\u001b[31m\\u0000x"}',
    "a date that is none": b'{"type":"add_note","key":"n8","kind":"action","text":"x","due":"soon\\u0000"}',
    "a story that is not there": b'{"type":"moderate","contribution":"\\u0000","handling":"approved"}',
    "a void without a round": b'{"type":"void_round","round":"","reason":"x"}',
    "an end that is not meant": b'{"type":"end_workshop","confirm":"please"}',
    "an item to insert with a kind of its own": b'{"type":"insert_item","after":"","item":{"key":"","title":"x",'
    b'"minutes":5,"activity":{"kind":"\\u0000","config":{}}}}',
    "an item to insert with a key of another": b'{"type":"insert_item","after":"i01","item":{"key":"i01","title":"x",'
    b'"minutes":5}}',
    "an item to insert with a config too large": b'{"type":"insert_item","after":"i01","item":{"key":"new","title":"x",'
    b'"minutes":5,"activity":{"kind":"dots","config":{"dots":99999999999999999999,"options":["a","b"]}}}}',
}


async def test_odd_commands_are_done_or_refused_and_the_room_can_be_killed_and_resumed_after_them(
    tmp_path: Path,
) -> None:
    with a_laptop(tmp_path) as laptop:
        run = laptop.begin()
        desk = desk_wire(run)
        answers = {name: (await _command(desk, run, body)).status for name, body in ODD.items()}
        seen = look(run)
        await desk.close()
        laptop.kill(run)
        resumed = look(laptop.resume(run.session_path))

    assert {name: status for name, status in answers.items() if status not in (200, 400, 409)} == {}
    assert not seen.fault
    assert seen.ended_at is None
    assert [line.key for line in resumed.items] == [line.key for line in seen.items]
    assert resumed.notes == seen.notes
    assert resumed.planned_end is not None


async def test_a_body_without_end_is_refused_before_it_is_read(run: RunFile, desk: Wire) -> None:
    refused = await _command(desk, run, b'"' + b"x" * 70_000)

    assert refused.status == 413
    assert "Nothing was changed" in refused.text


@pytest.mark.parametrize(
    "query", ["which=everything", "count=0", "count=51", "count=-1", "offset=-1", "offset=x", "count=1e3", "offset=%00"]
)
async def test_a_page_of_the_queue_that_cannot_be_is_refused(run: RunFile, desk: Wire, query: str) -> None:
    assert (await desk.ask("GET", f"/control/queue?{query}", _key(run))).status == 400


@pytest.mark.parametrize("offset", ["99999999999999999999", "9" * 5_000])
async def test_a_page_far_behind_the_last_is_empty_or_refused(run: RunFile, desk: Wire, offset: str) -> None:
    answered = await desk.ask("GET", f"/control/queue?offset={offset[:1_500]}", _key(run))

    assert answered.status in (200, 400)


@pytest.mark.parametrize(
    "body", [b"[]", b'{"to":7}', b'{"only":"x"}', b'{"too":"x"}', b"\xff", b"[" * LISTS, '{"to":""}'.encode("utf-16")]
)
@pytest.mark.parametrize("path", ["/control/export", "/control/copy"])
async def test_an_export_or_a_copy_asked_for_in_junk_is_refused(
    run: RunFile, desk: Wire, path: str, body: bytes
) -> None:
    assert (await desk.ask("POST", path, _key(run), body)).status == 400


async def test_a_copy_never_goes_over_anything_not_even_over_the_session_itself(
    run: RunFile, desk: Wire, tmp_path: Path
) -> None:
    session = Path(run.session_path)
    precious, link = tmp_path / "precious", tmp_path / "link"
    precious.write_bytes(b"precious")
    link.symlink_to(tmp_path / "nowhere")
    before = {each: each.read_bytes() for each in (precious, session)}
    for path in (precious, session, session.with_name(f"{session.name}-wal"), link, tmp_path):
        refused = await desk.ask("POST", "/control/copy", _key(run), json.dumps({"path": str(path)}).encode())
        assert (refused.status, "already" in refused.text) == (409, True), path

    assert {each: each.read_bytes() for each in before} == before
    assert not link.exists()
    copied = await desk.ask("POST", "/control/copy", _key(run), json.dumps({"path": str(tmp_path / "c")}).encode())
    assert copied.status == 200
    assert stat.S_IMODE((tmp_path / "c").stat().st_mode) == 0o600
    assert not look(run).fault


@pytest.mark.parametrize("path", ["relative.db", "", "/nowhere/at/all/copy.db", "/dev/null/x"])
async def test_a_copy_to_a_place_that_cannot_be_is_refused_in_words(run: RunFile, desk: Wire, path: str) -> None:
    refused = await desk.ask("POST", "/control/copy", _key(run), json.dumps({"path": path}).encode())

    assert refused.status in (400, 503)
    assert refused.json["error"]
    assert not look(run).fault
