"""The catalogues are what the source says now, and what `make messages` would refuse is not in them."""

from __future__ import annotations

from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from click.testing import CliRunner
from tools import faults, messages
from tools.calls import calls
from tools.plural_forms import by_form, plural_forms

from tests.messages.languages import speaking
from workshop_tui.locales import catalogues
from workshop_tui.messages import trn


def test_the_template_and_every_catalogue_are_up_to_date_and_sound() -> None:
    made, wrong = messages.all_files()

    assert wrong + messages.stale(made) == []


def test_every_language_of_the_product_has_its_file_for_translators() -> None:
    assert [file.parents[1].name.replace("_", "-") for file in messages.po_files()] == list(catalogues())


IMPORT = "from workshop_tui.messages import counted, tr, trc, trn\n"

SOURCE = """
from workshop_tui.messages import counted, tr, trc, trn
a = tr("Outer {x} and {y}.", x=tr("Inner"), y=trn("{n} one", "{n} many", count))
# button
b = trc("state", "Op" "en")
# Translators: of a room
c = counted("{n} room", "{n} rooms")
d = f"! {pen.text(trc('a mark', 'late'))} {pen.text(trn('{n} day', '{n} days', 2))}"
tr("Inner")
"""

TEMPLATE = """
<button class="main">{{ tr("Send it") }}</button>
<p title="{{ tr("Hint {x}", x=tr("inside"))|attr }}">{% if a %}{{ trn("{n} phone", "{n} phones", n) }}{% endif %}</p>
"""


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small product."""
    for name in ("ROOT", "SOURCE", "LOCALES"):
        monkeypatch.setattr(messages, name, tmp_path)
    monkeypatch.setattr(messages, "TEMPLATE", tmp_path / "workshop_tui.pot")
    (tmp_path / "words.py").write_text(SOURCE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return tmp_path


def make(*arguments: str) -> tuple[int, str]:
    """What `make messages` says."""
    result = CliRunner().invoke(messages.main, arguments)
    return result.exit_code, result.output


def test_messages_are_extracted_from_source_and_templates(there: Path) -> None:
    made = messages.extracted(list(messages.sources()))

    assert {(entry.context, entry.id) for entry in made if entry.id} == {
        ("a mark", "late"), (None, ("{n} day", "{n} days")),
        (None, "Outer {x} and {y}."), (None, "Inner"), (None, ("{n} one", "{n} many")), ("state", "Open"),
        (None, ("{n} room", "{n} rooms")), (None, "Send it"), (None, "Hint {x}"), (None, "inside"),
        (None, ("{n} phone", "{n} phones")),
    }  # fmt: skip
    assert {faults.english(entry) for entry in made if faults.is_button(entry)} == {"Open", "Send it"}
    assert made["{n} room"].auto_comments == ["Translators: of a room"]  # type: ignore[index]


def test_the_files_say_neither_lines_nor_times(there: Path) -> None:
    assert make() == (0, "")
    first = (there / "workshop_tui.pot").read_bytes()
    (there / "words.py").write_text("# One line more.\n" + SOURCE)

    assert make("--check") == (0, "")
    assert b"#: words.py\n" in first
    assert b"Date: 20" not in first


def test_a_new_sentence_makes_the_files_stale_until_they_are_made_anew(there: Path) -> None:
    make("--start", "pl")
    (there / "words.py").write_text(SOURCE + 'tr("New")')

    code, said = make("--check")
    assert code == 1
    assert sorted(said.splitlines()) == [
        f"{name} is not up to date: run `make messages`."
        for name in ("pl/LC_MESSAGES/workshop_tui.po", "workshop_tui.pot")
    ]

    assert make() == (0, "")
    assert make("--check") == (0, "")
    assert 'msgid "New"' in (there / "pl" / "LC_MESSAGES" / "workshop_tui.po").read_text()


def test_what_is_translated_is_compiled_and_kept_when_the_files_are_made_anew(there: Path) -> None:
    make("--start", "pl")
    file = there / "pl" / "LC_MESSAGES" / "workshop_tui.po"
    text = file.read_text().replace('msgid "Send it"\nmsgstr ""', 'msgid "Send it"\nmsgstr "Wyślij"')
    file.write_text(text.replace("# Polski", "# Adam\n# Polski"))

    assert make() == (0, "")
    assert "# Adam\n" in file.read_text()
    assert '"Language-Team: draft, no speaker has read it\\n"' in file.read_text()
    assert "Wyślij".encode() in file.with_suffix(".mo").read_bytes()


def test_no_file_names_a_translator_who_does_not_exist_and_all_keep_one_who_does(there: Path) -> None:
    make("--start", "pl")
    file = there / "pl" / "LC_MESSAGES" / "workshop_tui.po"
    made = [there / "workshop_tui.pot", file, file.with_suffix(".mo")]
    for each in made:
        assert not [
            name
            for name in (b"FULL NAME", b"EMAIL@ADDRESS", b"LL@li.org", b"YEAR-", b"VERSION")
            if name in each.read_bytes()
        ], each.name

    file.write_text(file.read_text().replace("Last-Translator: ", "Last-Translator: Adam <adam@example.org>"))
    assert make() == (0, "")
    assert all(b"Adam <adam@example.org>" in each.read_bytes() for each in made[1:])


def test_a_catalogue_that_is_there_is_not_started_again(there: Path) -> None:
    make("--start", "pl")

    assert make("--start", "pl")[0] == 1


@pytest.mark.parametrize(
    "tag", ["cy", "ar", "pl", "lt", "ur", "fa", "pt", "fr", "uk", "cs", "zh", "ro", "ga", "sl", "en"]
)
def test_the_plural_forms_are_those_of_cldr(tag: str) -> None:
    locale = Locale.parse(tag)
    count, _, choose = plural_forms(locale).removeprefix("nplurals=").rstrip(";").partition("; plural=")

    assert int(count) == len(by_form(locale))
    assert all(c2py(choose)(n) == form for form, numbers in enumerate(by_form(locale)) for n in numbers)
    assert sum(map(len, by_form(locale))) == 1000


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tr(name)", "must be literals"),
        ('tr(f"{name} voted")', "must be literals"),
        ('trn("{n} vote", words, 3)', "must be literals"),
        ('tr("")', "must be literals"),
        ('tr(" {a}", a=1)', "only a place"),
        ('trn("One", "{n}", 2)', "only a place"),
        ('tr("{a of", a=1)', "brace"),
        ('tr("By {a} {c}", b=1, c=1)', "nothing fills the place {a}"),
        ('tr("By {a}", a=1, b=1)', "no place {b}"),
    ],
)
def test_a_call_that_cannot_be_translated_is_refused(there: Path, line: str, said: str) -> None:
    (there / "words.py").write_text(IMPORT + line)
    (there / "templates" / "page.html").write_text("<p>{{ " + line.replace('(f"', '("x" ~ "') + " }}</p>")

    told = [fault for file in messages.sources() for call in calls(file, file.name) for fault in faults.of_call(call)]

    assert [fault.partition(":")[0] for fault in told if said in fault] == ["words.py", "page.html"]


@pytest.mark.parametrize(
    "line",
    [
        'tr("{a} {b}", a=1, b=2)', 'tr("“{a}”", a=1)', 'trn("One person", "{n} people", 3)',
        'trn("{n} of {all}", "{n} of {all}", 3, all=4)',
        'tr("By {a}", **places)', 'tr("For a script: {left}")',
        'counted("One of {all}", "{n} of {all}")', 'trc("state", "Open")',
    ],
)  # fmt: skip
def test_a_call_that_can_be_translated_is_not(there: Path, line: str) -> None:
    (there / "words.py").write_text(IMPORT + line)

    assert [fault for call in calls(there / "words.py", "") for fault in faults.of_call(call)] == []


def polish(**forms: str | list[str]) -> Catalog:
    """A catalogue with one sentence, one counted noun and one button."""
    made = Catalog(locale="pl")
    made.add("{who} said {what}.", forms.get("sentence", "{who}: {what}."))
    made.add(("One of {all}", "{n} of {all}"), forms.get("counted", ["Jedna z {all}", "{n} z {all}", "{n} z {all}"]))
    made.add("Send", forms.get("button", "Wyślij"), auto_comments=["button"])
    return made


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ({"sentence": "{who}."}, "{what} is missing"),
        ({"sentence": "{who} {what} {Who}"}, "{Who} in"),
        ({"sentence": "{who} {what} {"}, "brace"),
        ({"counted": ["Jedna z {all}", "{n} z {all}", "Wiele z {all}"]}, "{n} is missing"),
        ({"counted": ["Jedna", "{n} z {all}", "{n} z {all}"]}, "{all} is missing"),
        ({"counted": ["Jedna z {all}", "{n} z {all}"]}, "2 plural forms, and the language 3"),
        ({"counted": ["Jedna z {all}", "", "{n} z {all}"]}, "a plural form is empty"),
        ({"button": "Wyślij teraz, proszę"}, "too long for a button (20 letters, at most 14)"),
    ],
)
def test_a_translation_that_cannot_be_said_is_refused(forms: dict[str, str | list[str]], said: str) -> None:
    told = list(faults.of_catalogue(polish(**forms), Locale("pl")))

    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize("forms", [{}, {"sentence": ""}, {"counted": ["", "", ""]}])
def test_a_translation_that_is_right_or_not_there_yet_is_not(forms: dict[str, str | list[str]]) -> None:
    assert list(faults.of_catalogue(polish(**forms), Locale("pl"))) == []


def test_plural_forms_of_another_language_are_refused_with_those_that_are_right() -> None:
    assert list(faults.of_catalogue(polish(), Locale("cy"))) != []
    assert plural_forms(Locale("cy")) in next(faults.of_catalogue(polish(), Locale("cy")))


def test_what_passes_these_checks_is_chosen_by_number() -> None:
    said = speaking(polish(counted=["Jedna z {all}", "{n} osoby z {all}", "{n} osób z {all}"]))
    counted = [said.text(trn("One of {all}", "{n} of {all}", n, all=30)) for n in (0, 1, 2, 5, 21)]

    assert counted == ["0 osób z 30", "Jedna z 30", "2 osoby z 30", "5 osób z 30", "21 osób z 30"]
