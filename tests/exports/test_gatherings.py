"""What was said to the room stands in a report under the name of its own kind."""

from __future__ import annotations

import json

from tests.exports.workshops import Workshop, report_html, report_markdown
from tests.sessions import an_agenda, item
from workshop_tui.exports.formats.session_json import session_json
from workshop_tui.messages import ENGLISH

DAY = an_agenda(item(1, "Promise", kind="pledge"), item(2, "Needs", kind="private"), item(3, "Think", kind="ideas"))


def a_day() -> Workshop:
    day = Workshop(DAY)
    day.join("ada")
    day.open("i01")
    day.idea("ada", "I will ring", item_="i01")
    day.idea("ada", "Not read yet", "new", item_="i01")
    day.open("i02")
    day.private("ada", "Only for you", item_="i02")
    return day


def test_pledges_and_ideas_are_told_apart_and_private_words_are_not_told() -> None:
    report = a_day().report()

    assert [(each.kind, str(each.noun.many), each.told, len(each.shown)) for each in report.words] == [
        ("pledge", "Pledges", 2, 1), ("ideas", "Ideas", 0, 0),
    ]  # fmt: skip
    text = report_markdown(report).decode()
    assert "| Pledges given | 2, of which 1 in this report |" in text
    assert "| Ideas given | 0 |" in text


def test_every_file_names_them() -> None:
    report = a_day().report()
    html, markdown = report_html(report).decode(), report_markdown(report).decode()

    assert '<h2 id="pledge">Pledges</h2>' in html
    assert "## Pledges" in markdown
    assert "1 of 2 pledges is not in this report" in markdown
    assert "## Ideas\n\nNo ideas were given." in markdown
    assert [each["one"] for each in json.loads(session_json(report, ENGLISH))["words"]] == ["Pledge", "Idea"]
    assert "Only for you" not in html + markdown
