"""How much a phone loads, in real bytes over a real socket: 7 kB at first in English, 3 kB for each page after that."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path

import pytest

from tests.sessions import an_agenda, item, options
from tests.web.phones import House, a_house
from tests.web.test_guard import listening
from workshop_tui.agendas import read_agenda, shipped_agenda
from workshop_tui.domain import commands as cmd
from workshop_tui.domain.asking import config_of, gathering_of, poll_of, round_config, round_poll, wants_ideas
from workshop_tui.domain.blocks import Option
from workshop_tui.kinds.registry import KINDS
from workshop_tui.locales import catalogues
from workshop_tui.web.http.assets import ASSETS, tight, tight_script
from workshop_tui.web.http.minify import slim
from workshop_tui.web.http.short_names import declared
from workshop_tui.web.phone.app import PhoneSettings, participants_app
from workshop_tui.web.phone.form_parts import form_parts

STATIC = Path(__file__).parents[2] / "src" / "workshop_tui" / "web" / "static"
FIRST_BYTES = 7_000
FIRST_BYTES_OTHERWISE = 8_000
"""In another language than English: the page names the languages, and most say more letters for the same."""
LATER_BYTES = 3_000
STORY_FORM_BYTES = 3_500
"""The form of a story asks besides who may read it what may be said behind “Add more”: 17 warnings, 15 feelings, whose
story it is. It has to be there without JavaScript, so it cannot come later; nobody meets it as their first page."""
LONG = "An option with more words than people usually write"
TEN = options(*[f"{LONG} number {n}" for n in range(10)])


async def fetch(port: int, path: str, cookie: str = "") -> tuple[bytes, bytes]:
    """Head and body as they came over the wire."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, deflate\r\nCookie: {cookie}\r\n"
        "Connection: close\r\n\r\n".encode()
    )
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return head, body


def cookie_of(head: bytes, name: bytes) -> str:
    """A cookie that an answer gives, as a browser brings it back."""
    found = re.search(b"set-cookie: (%s=[^;]+)" % name, head, re.IGNORECASE)
    assert found is not None
    return found[1].decode()


def parts_of(house: House) -> tuple[str, ...]:
    """What the form of the open item needs beside the files of every page."""
    state, kinds = house.room.state, house.room.kinds
    assert state.here is not None
    if (gathering := gathering_of(state.here.item, kinds)) is not None:
        return form_parts(gathering.ask(config_of(state.here, gathering)))
    round_ = state.last_round
    return form_parts(round_poll(round_, kinds).ask(round_config(round_, round_poll(round_, kinds)))) if round_ else ()


@pytest.mark.parametrize("language", ["en", *catalogues()])
@pytest.mark.parametrize(
    ("kind", "extra"),
    [
        ("single", {"options": TEN}),
        ("dots", {"options": TEN, "dots": 10}),
        ("rank", {"options": TEN, "pick": 3}),
        ("approval", {"options": TEN, "max": 3}),
        ("scale", {"labels": [f"{LONG} {n}" for n in range(11)]}),
        ("points", {"options": TEN, "total": 100}),
        ("score", {"options": TEN, "most": 10}),
        ("pairs", {"options": TEN[:6]}),
        ("budget", {"options": TEN, "costs": [10_000] * 10, "cap": 50_000}),
        ("criteria", {"options": TEN[:7], "criteria": [LONG, *"bc"], "weights": [1] * 3}),
        ("panel", {"options": TEN[:3], "evaluators": [f"Patient evaluator {n}" for n in range(12)]}),
        ("panel", {"options": TEN[:6], "evaluators": [f"Patient evaluator {n}" for n in range(15)], "most": 10}),
        ("impact", {"options": TEN[:8]}),
        ("consensus", {"options": TEN[:8], "scale": "gradients"}),
        ("statements", {"options": TEN}),
        ("form", {"fields": [{"label": f"{LONG} {n}?", "options": [f"{LONG} {n}", *"bcdef"]} for n in range(10)]}),
        ("vignette", {}),
        ("ideas", {}),
        ("pledge", {}),
        ("questions", {}),
    ],
)
async def test_the_first_load_is_small_and_so_is_every_page(kind: str, extra: dict[str, object], language: str) -> None:
    languages = ("en",) if language == "en" else ("en", language)
    asked = item(1, "One question", kind=kind, question="What matters most to you and to yours?", **extra)
    agenda = an_agenda(asked, languages=languages)
    async with a_house(agenda) as house:
        await house.give(cmd.OpenItem(item="i01"))
        if kind not in ("vignette", "ideas", "pledge", "questions"):
            await house.give(cmd.OpenVote(key=b"k" * 32))
        late: list[object] = []

        async def app(scope: object, receive: object, send: object) -> None:
            await late[0](scope, receive, send)  # type: ignore[operator]

        async with listening(app) as port:
            late.append(participants_app(house.room, PhoneSettings(hosts=frozenset({f"127.0.0.1:{port}"}))))
            cookies = f"lang={language}"
            head, on_the_way = await fetch(port, "/J/KDMP", cookies)
            came = cookie_of(head, b"in")
            led = await fetch(port, "/in", f"{came}; {cookies}")
            assert b"location: /now?in" in led[0].lower()
            head, page = await fetch(port, "/now?in", f"{came}; {cookies}")
            assert b"content-encoding: gzip" in head.lower()
            cookies = f"{cookie_of(head, b'ws')}; {cookies}"
            linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page).decode())
            files = [await fetch(port, path) for path in linked]

            names = [path.removeprefix("/static/").rpartition("-")[0] + path[path.rindex(".") :] for path in linked]
            # Before a story stands a page to read: the form and its parts come after it.
            parts = () if kind == "vignette" else parts_of(house)
            assert {*names} == {"app.css", "app.js", *parts}
            first = len(on_the_way) + len(led[1]) + len(page) + sum(len(body) for _, body in files)
            assert first <= (FIRST_BYTES if language == "en" else FIRST_BYTES_OTHERWISE)
            paths = ("/now", "/now?read=1", "/help", "/stories", "/privacy", "/sent", "/talk", "/own-care", "/back")
            later = {path: len((await fetch(port, path, cookies))[1]) for path in paths}
            if kind == "vignette":
                assert later.pop("/now?read=1") <= STORY_FORM_BYTES
            assert max(later.values()) <= LATER_BYTES


async def test_every_item_of_the_shipped_agenda_can_be_the_first_page_of_a_phone() -> None:
    agenda, _ = read_agenda(shipped_agenda("tell-it-once"), KINDS)
    files = len(ASSETS["app.css"].packed) + len(ASSETS["app.js"].packed)
    chosen = tuple(Option(key, f"What somebody in this room said about {key}") for key in "abcdefgh")
    heavy = {}
    async with a_house(agenda) as house:
        phone = await house.phone()
        for each in agenda.items:
            await house.give(cmd.OpenItem(item=each.key, vote="close"))
            if poll_of(each, KINDS) is not None:
                if wants_ideas(each):
                    await house.give(cmd.ChooseOptions(item=each.key, options=chosen))
                await house.give(cmd.OpenVote(key=b"k" * 32))
            arrived = await phone.http.get("/now?in", headers={"accept-encoding": "gzip"})
            size = int(arrived.headers["content-length"])
            parts = sum(len(ASSETS[part].packed) for part in parts_of(house))
            if size > LATER_BYTES or size + files + parts > FIRST_BYTES:
                heavy[each.title] = size

    assert heavy == {}


def test_a_style_sheet_loses_only_what_means_nothing() -> None:
    sheet = 'a :hover , b > c { color : red; font-family: "Segoe  UI : x", serif } /* no */\n@media (x: 1) { d { } }\n'

    assert tight(sheet) == 'a :hover ,b > c{color :red;font-family:"Segoe  UI : x",serif}@media (x:1){d{}}'


async def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    async with a_house() as house:
        await house.ask()
        phone = await house.phone()
        for path in ("/", "/now", "/help", "/privacy", "/stories", "/sent"):
            page = (await phone.see(path)).text
            assert set(re.findall(r'(?:href|src|action)="([a-z]+:)?//', page)) == set()
            assert "http" not in page.replace("http-equiv", "")


async def test_a_static_file_is_kept_for_ever_under_a_name_that_changes_with_it() -> None:
    async with a_house() as house:
        for asset in ASSETS.values():
            packed = await house.stranger().http.get(asset.path)
            plain = await house.stranger().http.get(asset.path, headers={"accept-encoding": "identity"})

            assert "immutable" in packed.headers["cache-control"]
            assert packed.content == plain.content == asset.plain
            assert "content-encoding" not in plain.headers
        assert (await house.stranger().http.get("/static/app.js")).status_code == 404
        assert (await house.stranger().http.get("/static/../settings.py")).status_code == 404


def test_a_script_loses_what_stands_beside_signs_and_no_word_and_no_string() -> None:
    script = (
        "'use strict';\nvar a = +b, c = 'x  = y';\nif (!a) return { d: [1, 2] };\nelse throw /\\{(\\w+)\\}/g;\n"
        "f(() => { g(); })\n"
    )

    assert tight_script(script) == (
        "var a=+b,c='x  = y';if(!a)return{d:[1,2]};else throw /\\{(\\w+)\\}/g;f(()=>{g()})\n"
    )
    for source in SCRIPTS.values():
        served, meant = tight_script(source), source.replace("'use strict';", "")
        assert re.findall(r"\w+", served) == re.findall(r"\w+", meant)
        assert re.findall(r"'[^'\n]*'", served) == re.findall(r"'[^'\n]*'", meant)
        assert not re.search(r"`|\+ \+|- -|; *;", source), "what tightening would break"


SCRIPTS = {each.name: slim(each.read_text("utf-8")) for each in STATIC.glob("*.js")}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_served_with_other_names_for_what_it_declares_and_for_nothing_else(name: str) -> None:
    source, served = tight_script(SCRIPTS[name]), ASSETS[name].plain.decode()
    old, new = (re.findall(r"[A-Za-z_]\w*|[^A-Za-z_]+", each) for each in (source, served))
    renamed = {(before, after) for before, after in zip(old, new, strict=True) if before != after}

    assert len(dict(renamed)) == len({after for _, after in renamed}) == len(renamed), "each has one name of its own"
    assert {before for before, _ in renamed} <= declared(source)
    assert not {after for _, after in renamed} & {*re.findall(r"\w+", re.sub(r"'[^']*'", "", source))}, (
        "no name was there before"
    )
    strings = [re.findall(r"'[^'\n]*'|/[^/\n ]+/[gu]*\.test|\.\w+|[{,]\n?\w+:", each) for each in (source, served)]
    assert strings[0] == strings[1], "texts, patterns, properties and keys stay"
