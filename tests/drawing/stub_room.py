"""A room of a few lines, for the page script and the style sheets alone: it keeps nothing and does as it is told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from workshop_tui.domain.blocks import (
    Bar,
    Bars,
    ChooseLevel,
    ChooseOne,
    ChooseSome,
    Column,
    FormBlock,
    Option,
    PutInOrder,
    Quote,
    Quotes,
    Ranking,
    RankingRow,
    Remark,
    ShareOut,
    Statement,
    ViewBlock,
    WriteText,
)
from workshop_tui.drawing.forms import draw_form, draw_problem
from workshop_tui.drawing.html import draw_view
from workshop_tui.drawing.steps import apply_step
from workshop_tui.messages import ENGLISH, Text, counted
from workshop_tui.web.http.minify import slim
from workshop_tui.web.http.rendering import render
from workshop_tui.web.phone.form_parts import form_parts

STATIC = Path(__file__).parents[2] / "src" / "workshop_tui" / "web" / "static"
POLICY = "default-src 'self'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'"

OPTIONS = (
    Option("x", "Something else", other=True),
    Option("a", "Shorter phone waits"),
    Option("b", "The same doctor each time for appointments"),
    Option("c", "Clear letters"),
    Option("d", "Parking"),
)
FORMS: dict[str, tuple[FormBlock, ...]] = {
    "vote": (ChooseOne("choice", OPTIONS),),
    "dots": (ShareOut("dots", OPTIONS, 10, 6),),
    "order": (PutInOrder("order", OPTIONS, 3),),
    "story": (
        Remark("Please do not use names."),
        WriteText("story", "What happened?", 60, 8, "Tap the microphone on your keyboard to speak."),
        ChooseLevel("level", (("C0", "Nobody else"), ("C1", "The people running today"))),
    ),
    "most": (ChooseSome("most", OPTIONS[1:], most=2),),
    "money": (ChooseSome("money", OPTIONS[1:], costs=(30, 30, 30, 30), cap=100, unit="£"),),
    "idea": (WriteText("idea", "One idea", 280, 1),),
}
RESULT: tuple[ViewBlock, ...] = (
    Bars("dots", (Bar("Shorter phone waits", 122, "A", ("31 people",), leads=True), Bar("Clear letters", 7, "B"))),
    Ranking(
        tuple(Column(each, counted("{n} point", "{n} points")) for each in ("points", "first choices", "in any place")),
        (
            RankingRow(1, "The same doctor each time for appointments", "A", (12, 5, 9)),
            RankingRow(2, "Parking", "B", (3, 1, 2)),
        ),
    ),
    Statement("31 of 42 people answered.", "caution"),
    Quotes((Quote((("What happened?", "I rang nine times."),)),)),
)


SCRIPT_WORDS = render("phone/script_words.html", {}, ENGLISH)


def _linked(name: str) -> str:
    return f'<link rel="stylesheet" href="/static/{name}">' if name.endswith(".css") else ""


def _run(name: str) -> str:
    return f'<script src="/static/{name}" defer></script>' if name.endswith(".js") else ""


class StubRoom(ThreadingHTTPServer):
    """What the pages of these tests are served by.

    Attributes:
        answers: What the next posts are answered, as (status, JSON), or as (status, a page) by some other network;
            a post beyond them is received.
        posts: What was posted, as (path, fields, wanted JSON).
        version: What events and /state say.
        strip: What /strip says.
        silent: Whether event streams stay open and say nothing at all.
        down: Whether every request but a page is cut off without an answer.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, dict[str, str] | str]] = []
        self.posts: list[tuple[str, dict[str, list[str]], bool]] = []
        self.version = 1
        self.strip = "<p data-say>Please look at the big screen.</p>"
        self.silent = False
        self.down = False
        self.ended = False
        self.streams = 0
        self.changed = threading.Condition()

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.server_port}"

    def tell(self, strip: str) -> None:
        """Change the strip and tell every open page."""
        with self.changed:
            self.version += 1
            self.strip = strip
            self.changed.notify_all()

    def hear_posts(self, count: int, seconds: float = 10) -> list[tuple[str, dict[str, list[str]], bool]]:
        """All posts, once there are at least `count`."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.posts) >= count, seconds), self.posts
            return list(self.posts)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news."""


@contextmanager
def stub_room() -> Iterator[StubRoom]:
    """A stub that is served until the end of the block."""
    room = StubRoom()
    thread = threading.Thread(target=room.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield room
    finally:
        with room.changed:
            room.ended = True
            room.changed.notify_all()
        room.shutdown()
        thread.join()
        room.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: StubRoom
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:
        room, path = self.server, urlsplit(self.path).path
        if path.startswith("/static/"):
            kind = "text/css" if path.endswith("css") else "text/javascript"
            return self.answer(200, slim((STATIC / path.rpartition("/")[2]).read_text("utf-8")), kind)
        if room.down and path in ("/events", "/state", "/strip"):
            self.close_connection = True
            return None
        if path == "/events":
            return self.stream()
        if path == "/state":
            return self.answer(200, json.dumps({"v": room.version}), "application/json")
        if path == "/strip":
            return self.answer(200, room.strip)
        if path == "/screen":
            return self.answer(200, self.screen())
        return self.answer(200, self.page(path.rpartition("/")[2], {}))

    def screen(self) -> str:
        room = self.server
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Screen</title>'
            '<link rel="icon" href="/static/app.css"><link rel="stylesheet" href="/static/screen.css">'
            '<script src="/static/app.js" defer></script><script src="/static/screen.js" defer></script></head>'
            f'<body data-page="screen" data-v="{room.version}" {SCRIPT_WORDS}>'
            f'<div id="strip">{room.strip}</div><div id="off"></div>'
            '<p id="say" class="sr" role="status"></p></body></html>'
        )

    def do_POST(self) -> None:
        room, path = self.server, urlsplit(self.path).path
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
        wanted = "json" in self.headers["Accept"]
        with room.changed:
            status, told = room.answers.pop(0) if room.answers else (200, {"location": "/thanks"})
            room.posts.append((path, fields, wanted))
            room.changed.notify_all()
        if status == 0:
            self.close_connection = True
            return None
        if isinstance(told, str):
            return self.answer(status, told)
        stepped = apply_step(FORMS.get(path[1:], ()), fields)
        if stepped is not None:
            return self.answer(200, self.page(path[1:], stepped.values, stepped.said, stepped.pressed))
        if not wanted and status == 200:
            self.send_response(303)
            self.send_header("Location", told["location"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return self.answer(status, json.dumps(told), "application/json")

    def stream(self) -> None:
        room = self.server
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with room.changed:
            room.streams += 1
            said = 0
            while not room.ended and not room.down:
                if said != room.version and not room.silent:
                    said = room.version
                    self.wfile.write(f'data: {{"v": {said}}}\n\n'.encode())
                    self.wfile.flush()
                room.changed.wait(0.2)

    def answer(self, status: int, body: str, kind: str = "text/html") -> None:
        raw = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(raw)

    def page(self, name: str, values: dict[str, list[str]], said: Text = "", pressed: str = "") -> str:
        room, blocks = self.server, FORMS.get(name, ())
        direction = "rtl" if "rtl" in urlsplit(self.path).query else "ltr"
        slot = ' data-slot="round-1"' if name in ("vote", "dots", "order", "most", "money") else ""
        form = (
            f'<form method="post" action="/{name}" data-outbox{slot} novalidate>'
            f"{draw_form(blocks, values, said=said, pressed=pressed)}"
            f'<input type="hidden" name="sid" value="{"0" * 32}">'
            '<p id="waiting" hidden></p>'
            '<button class="main" name="go" value="1">Send my answer</button></form>'
            '<p><a class="button quiet" href="/result" data-drop>Go back without sending</a></p>'
        )
        sheet = '<link rel="stylesheet" href="/static/result.css">'
        return (
            f'<!doctype html><html lang="en" dir="{direction}"><head><meta charset="utf-8"><title>{name}</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="icon" href="/static/app.css">'
            '<link rel="stylesheet" href="/static/app.css">'
            f"{sheet if name == 'result' else ''}{''.join(map(_linked, form_parts(blocks)))}"
            '<script src="/static/app.js" defer></script>'
            f"{''.join(map(_run, (*form_parts(blocks), *(['clear.js'] if name == 'clear' else []))))}</head>"
            f'<body data-room="KDMP-1" data-page="{name}" data-v="{room.version}"'
            f" {SCRIPT_WORDS}>"
            '<a class="sr skip" href="#main">Skip to the question</a>'
            f'<section id="strip" aria-label="News">{room.strip}</section>'
            '<p id="say" class="sr" role="status"></p>'
            f'<main id="main">{draw_problem()}<h1 id="question">What matters most to you?</h1>'
            f"{form if blocks else ''}{draw_view(RESULT) if name == 'result' else ''}</main>"
            '<footer class="foot"><a href="/help">Get help</a><a href="/paper">I would rather use paper</a></footer>'
            "</body></html>"
        )


if __name__ == "__main__":
    with stub_room() as here:
        print(here.address)
        time.sleep(3600)
