"""The record over many sessions: as text, as page, as workbook and as JSON, and answered in."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from tests.cycle.folders import BUS, LETTERS, OWN, RING, TODAY, a_folder, put
from tests.cycle.held import Say
from tests.cycle.made import answered, baton_of, entry, follow_up, needs, point, record, session
from tests.cycle.test_schemas import faults
from workshop_tui.cycle import picture_file
from workshop_tui.cycle.baton import Body
from workshop_tui.cycle.follow_up import ENDING
from workshop_tui.cycle.picture import picture
from workshop_tui.errors import CycleFileError, FolderUnusable, InputError, SettingsError
from workshop_tui.messages import ENGLISH
from workshop_tui.runtime import handing_on, recording
from workshop_tui.runtime.passphrases import KeyRing
from workshop_tui.runtime.recording import NAME

ALL = ("html", "xlsx", "json")


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_TUI_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "workshops").mkdir()
    return a_folder(tmp_path / "workshops")


def load(folder: Path) -> recording.Loaded:
    return recording.load([folder], today=TODAY, since="2026-11-24")


def written(folder: Path, to: Path) -> dict[str, bytes]:
    paths = recording.write_files(load(folder), to, ENGLISH)
    return {path.suffix[1:]: path.read_bytes() for path in paths}


class Page(HTMLParser):
    """Names and links of a page, and its text."""

    def __init__(self, html: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if tag == "a" else []

    def handle_data(self, data: str) -> None:
        self.text += data


def sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {each.title: list(each.values) for each in book}


# Views of the picture. -----------------------------------------------------------------------------------


def test_what_became_late_after_a_day_is_told_apart_from_what_was_late_before() -> None:
    old, new, longer, not_yet = (
        point(f"n{n}", fields={"by": by})
        for n, by in enumerate(("2026-11-10", "2026-11-28", "2026-10-30", "2027-01-01"))
    )
    kept = point("n4", fields={"by": "2026-11-28"})
    found = picture([record(old, new, longer, not_yet, kept)], [follow_up(answered("n4", "not_done", "No money"))],
                    today=TODAY)  # fmt: skip

    assert [each.entry.id for each in found.newly_late("2026-11-24")] == ["aaaa:n2", "aaaa:n1"]
    assert found.newly_late(TODAY) == ()


def test_a_body_that_answers_nothing_is_named_as_silent_and_one_that_answers_in_part_is_not() -> None:
    asked = needs(point("n1", fields={}), point("n2", fields={}))
    handed = baton_of(asked, to=[Body(name="The council"), Body(name="the Council"), Body(name="The board")],
                      due="2026-10-01")  # fmt: skip
    said = follow_up(answered("n1", "acknowledged", by_body="The board"))

    found = picture([asked], [said], [handed], today=TODAY)

    council, board = found.bodies
    assert (council.body, council.is_silent, council.late, council.long_overdue) == ("The council", True, 4, True)
    assert (board.body, board.is_silent, board.answered, board.late) == ("The board", False, 1, 1)


def test_each_session_has_a_row_of_its_own_in_the_audit(folder: Path) -> None:
    rows = load(folder).picture.audit

    assert [each.session.id for each in rows] == ["aaaa", "bbbb"]
    assert (rows[0].points, rows[0].concerns, rows[0].texts, rows[0].offers) == (3, 1, 1, ("A hall on Thursdays",))
    assert rows[1].received == 2


# As files. -------------------------------------------------------------------------------------------------


def test_every_link_of_the_page_leads_to_a_line_of_it_or_to_a_file_that_is_there(folder: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    page = Page(written(folder, to)["html"])

    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        place, _, name = link.partition("#")
        assert (unquote(name) in page.ids) if not place else (to / unquote(place)).is_file(), link
    for id_ in ("aaaa:n1", "aaaa:n2", "aaaa:n3", "aaaa:p1", "aaaa:a1", "aaaa:c1", "aaaa:m1", "bbbb:p1"):
        assert id_ in page.ids
        assert f"#{id_}" in map(unquote, page.links)
    assert "script" not in page.tags


def test_what_came_from_a_session_that_is_not_there_leads_nowhere(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder / "exports" / "needs")
    for each in folder.glob(f"*{ENDING}"):
        each.unlink()

    found = written(folder, tmp_path / "out")
    page = Page(found["html"])

    assert load(folder).picture.in_hand
    for link in page.links:
        place, _, name = link.partition("#")
        assert place or unquote(name) in page.ids, link


def test_a_session_leads_to_its_report_where_that_lies_beside_its_record(folder: Path, tmp_path: Path) -> None:
    (folder / "exports" / "needs" / "report.html").write_text("<p>The report</p>")

    page = Page(written(folder, tmp_path / "out")["html"])

    assert "../workshops/exports/needs/report.html" in page.links
    assert "../workshops/exports/plan/record.json" in page.links


def test_points_without_an_answer_come_first_and_each_list_stands_under_its_own_heading(
    folder: Path, tmp_path: Path
) -> None:
    text = Page(written(folder, tmp_path / "out")["html"]).text
    body = text.split("On this page")[1].split("How to read this", 1)[1]

    heads = ["Points without an answer", "Newly late since 24 November 2026", "Bodies that owe an answer",
             "Public engagement to develop priorities", "Patient and carer engagement to improve", "Promises",
             "Actions due", "Still in our hands", "What was handed on", "Concerns", "Who has not been heard",
             "Audit of engagement activities", "Sessions"]  # fmt: skip
    at = [body.index(each) for each in heads]
    assert at == sorted(at)
    assert BUS in body[at[0] : at[1]]
    assert RING not in body[at[0] : at[1]]
    assert "newer.json cannot be used" in body


def test_text_page_workbook_and_json_say_the_same_numbers(folder: Path, tmp_path: Path) -> None:
    made = written(folder, tmp_path / "out")
    plain, book = json.loads(made["json"]), sheets(made["xlsx"])
    line = "Of 4 points: 1 done and confirmed, 1 passed on and 2 with no answer recorded."

    assert line in plain["summary"]
    assert line in Page(made["html"]).text
    assert line in "\n".join(ENGLISH.text(said) for _, said in recording.lines_of(load(folder)))
    assert line in book["About this workbook"][1][0]  # type: ignore[operator]
    points = [each for each in plain["lines"] if each["entry"]["register"] == "point"]
    assert len(book["Points"]) - 1 == len(points) == 4
    assert len(book["Points without an answer"]) - 1 == sum(each["standing"] == "none" for each in points) == 2


def test_what_stays_text_in_the_workbook_and_what_is_a_day_is_one(folder: Path, tmp_path: Path) -> None:
    put(folder, "odd", record(point("n1", words="=1+1", session="cccc"), session=session("cccc", title="@SUM(A1)")))
    book = sheets(written(folder, tmp_path / "out")["xlsx"])

    (row,) = [each for each in book["Points"] if each[0] == "=1+1"]
    assert "@SUM(A1)" in row
    assert any(hasattr(cell, "year") for cell in row)


def test_the_json_keeps_to_its_schema(folder: Path, tmp_path: Path) -> None:
    data = written(folder, tmp_path / "out")["json"]

    assert faults("picture", data) == []
    plain = json.loads(data)
    assert {each["id"] for each in plain["lines"] if each["newly_late"]} == {"aaaa:a1"}
    assert [each["file"] for each in plain["sessions"]] == ["exports/needs/record.json", "exports/plan/record.json"]


def test_the_same_folders_on_the_same_day_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert written(folder, tmp_path / "one") == written(folder, tmp_path / "two")
    assert written(folder, tmp_path / "one") == written(folder, tmp_path / "two"), "what was remembered changes nothing"


def test_what_was_taken_back_is_in_none_of_the_files(folder: Path, tmp_path: Path) -> None:
    before = written(folder, tmp_path / "out")
    assert OWN.lower().encode() in before["html"]
    path = folder / f"needs{ENDING}"
    followed = recording.follow_ups.read(path, "aaaa")
    line = recording.follow_ups.follow_up.Line(at=1, what="withdrawn", keys=("k1",))
    recording.follow_ups.append(path, followed.session, [line])

    after = written(folder, tmp_path / "out")

    everything = after["html"] + after["json"] + repr(sheets(after["xlsx"])).encode()
    assert OWN.lower().encode() not in everything
    assert LETTERS.encode() in everything
    assert b"The story behind this was taken back." in after["html"]


def test_hostile_words_and_names_are_neither_markup_nor_addresses(folder: Path, tmp_path: Path) -> None:
    hostile = entry('"><img/src=x>', "point", session="cccc", words="<script>alert(1)</script> [a](javascript:x)")
    put(folder, "odd", record(hostile, session=session("cccc", title='"><b>x</b>')))

    page = Page(written(folder, tmp_path / "out")["html"])

    assert not {"script", "img", "b"} & page.tags
    assert 'cccc:"><img/src=x>' in page.ids
    assert all(link.startswith(("#", "./", "../")) for link in page.links)


def test_files_of_an_earlier_day_are_replaced_whole_or_not_at_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "out"
    before = written(folder, to)
    put(folder, "more", record(entry(session="cccc"), id_="cccc"))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(picture_file, "write", full)
        with pytest.raises(FolderUnusable, match="No space left"):
            recording.write_files(load(folder), to, ENGLISH)

    assert sorted(each.name for each in to.iterdir()) == sorted(f"{NAME}.{ending}" for ending in ALL)
    assert {ending: (to / f"{NAME}.{ending}").read_bytes() for ending in ALL} == before
    assert written(folder, to) != before


def test_the_files_that_are_written_are_passed_over_when_the_folder_is_read_again(folder: Path) -> None:
    once = load(folder)
    recording.write_files(once, folder, ENGLISH)

    assert load(folder).picture == once.picture
    assert load(folder).found.passed_over == once.found.passed_over


# On the command line. ------------------------------------------------------------------------------------


def test_where_no_terminal_is_the_record_is_printed_with_the_file_and_the_name_of_each_line(
    say: Say, folder: Path
) -> None:
    (folder / "newer.json").unlink()

    told = say("record", folder)

    assert told == say("record", folder, "--print")
    assert "It is in exports/needs/record.json." in told
    assert set(re.findall(r"Its name is (\S+)\.", told)) >= {"aaaa:n1", "aaaa:n2", "aaaa:n3", "aaaa:m1", "bbbb:p1"}


def test_a_folder_to_write_to_gets_three_files_and_says_what_was_passed_over(
    say: Say, folder: Path, tmp_path: Path
) -> None:
    assert "newer.json cannot be used" in say("record", folder, "--to", tmp_path / "out", code=1)
    assert sorted(each.suffix for each in (tmp_path / "out").iterdir()) == [".html", ".json", ".xlsx"]


def test_a_day_that_is_none_and_a_folder_with_nothing_in_it_are_said(say: Say, tmp_path: Path) -> None:
    assert "tomorrow is no date" in say("record", tmp_path, "--since", "tomorrow", code=2)
    assert "There is no record of a session there." in say("record", tmp_path)
    assert "There is no record" in say("record", tmp_path, "--to", tmp_path / "out", code=2)
    assert not (tmp_path / "out").exists()


# Answers. --------------------------------------------------------------------------------------------------


def typed(about: str, status: str = "done", words: str = "It rings", **more: object) -> handing_on.Typed:
    return handing_on.Typed(about=about, status=status, words=words, **more)  # type: ignore[arg-type]


def test_an_answer_goes_into_the_follow_up_that_there_is(folder: Path) -> None:
    recording.write_answer(load(folder), typed("aaaa:n2"), KeyRing())

    assert load(folder).picture.tracked("aaaa:n2").answer.words == "It rings"  # type: ignore[union-attr]
    assert sorted(each.name for each in folder.glob(f"*{ENDING}")) == [f"needs{ENDING}"]


def test_where_there_is_none_it_goes_beside_the_session_file_and_without_that_beside_the_record(folder: Path) -> None:
    recording.write_answer(load(folder), typed("bbbb:p1"), KeyRing())
    assert (folder / f"plan{ENDING}").is_file()

    alone = folder.parent / "alone"
    shutil.copytree(folder / "exports" / "plan", alone)
    recording.write_answer(load(alone), typed("bbbb:p1"), KeyRing())

    (beside,) = alone.glob(f"*{ENDING}")
    assert load(alone).picture.tracked("bbbb:p1").answer.status == "done"  # type: ignore[union-attr]
    assert beside.name == f"record-bbbb{ENDING}"


def test_an_answer_of_a_later_export_goes_beside_its_session_file_too(folder: Path) -> None:
    shutil.copytree(folder / "exports" / "plan", folder / "exports" / "plan-version-2")
    shutil.rmtree(folder / "exports" / "plan")

    recording.write_answer(load(folder), typed("bbbb:p1"), KeyRing())

    assert (folder / f"plan{ENDING}").is_file()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (typed("aaaa:n2", words=""), CycleFileError), (typed("aaaa:n2", status="not_done", words=" "), CycleFileError),
        (typed("aaaa:n2", status="kept"), SettingsError), (typed("zzzz:n2"), InputError),
        (typed("aaaa:n2", on="soon"), SettingsError),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_taken_changes_nothing(
    folder: Path, wrong: handing_on.Typed, refusal: type[Exception]
) -> None:
    before = (folder / f"needs{ENDING}").read_bytes()

    with pytest.raises(refusal):
        recording.write_answer(load(folder), wrong, KeyRing())

    assert (folder / f"needs{ENDING}").read_bytes() == before


def test_a_follow_up_that_somebody_changed_is_not_added_to(folder: Path) -> None:
    path = folder / f"needs{ENDING}"
    path.write_bytes(path.read_bytes().replace(b"A panel", b"A panda"))

    with pytest.raises(CycleFileError, match="does not follow"):
        recording.write_answer(load(folder), typed("aaaa:n2"), KeyRing())


def test_nothing_was_done_on_a_day_that_is_still_to_come(folder: Path) -> None:
    about = load(folder).picture.points[0].entry.id
    typed = handing_on.Typed(about=about, status="done", words="A rota", on="2199-12-24")

    with pytest.raises(CycleFileError, match="still to come"):
        recording.write_answer(load(folder), typed, KeyRing())


def test_an_answer_of_the_night_has_the_day_of_the_clock_on_the_wall(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = load(folder).picture.unanswered[0].entry.id
    late_in_june = int(dt.datetime(2027, 6, 30, 23, 30, tzinfo=dt.UTC).timestamp() * 1_000_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(handing_on, "today", lambda *_: "2027-07-01")
        patch.setattr(time, "time_ns", lambda: late_in_june)
        recording.write_answer(load(folder), handing_on.Typed(about=about, status="acknowledged"), KeyRing())

    answered_now = load(folder).picture.tracked(about)
    assert answered_now is not None
    assert [each.day for each in answered_now.given] == ["2027-07-01"]
