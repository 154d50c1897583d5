"""Extracts the messages of the product, brings every catalogue up to date, compiles and checks it: `make messages`.

Nothing in the files says when or on which line, so that they change only where a sentence does.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools import faults
from tools.calls import calls
from tools.plural_forms import plural_forms
from workshop_tui.locales import language_name
from workshop_tui.locales.translators import DOMAIN

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "workshop_tui"
LOCALES: Final = SOURCE / "locales"
TEMPLATE: Final = LOCALES / f"{DOMAIN}.pot"

_LONG_AGO: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands where a file would say when it was read or made."""

PROJECT: Final = "workshop-tui"
_EXAMPLE: Final = re.compile(r"EMAIL@ADDRESS|LL@li\.org")
_LEFT_OUT: Final = ('"POT-Creation-Date:', '"Generated-By:', '"PO-Revision-Date: YEAR-')

_KEYWORDS: Final = {"tr": None, "trn": (1, 2), "trc": ((1, "c"), 2), "counted": (1, 2)}
_ON_A_BUTTON: Final = re.compile(r'<button\b[^>]*>\s*\{\{\s*trn?\(\s*"((?:[^"\\]|\\.)+)"')


def sources() -> Iterator[Path]:
    """The files that can hold messages."""
    for file in sorted(SOURCE.rglob("*.py")):
        if file.parent.name != "messages" and "workshop_tui.messages" in file.read_text(encoding="utf-8"):
            yield file
    yield from sorted(SOURCE.rglob("templates/**/*.html"))


def extracted(files: Sequence[Path]) -> Catalog:
    """The messages of some files."""
    made = Catalog(domain=DOMAIN, project=PROJECT, fuzzy=False, header_comment="# The messages of workshop-tui.")
    for file in files:
        method = "python" if file.suffix == ".py" else "jinja2.ext:babel_extract"
        on_buttons = set(_ON_A_BUTTON.findall(file.read_text(encoding="utf-8")))
        shown = file.relative_to(ROOT).as_posix()
        with file.open("rb") as opened:
            for line, said, comments, context in extract(method, opened, _KEYWORDS, [faults.BUTTON, "Translators:"]):
                text = said if isinstance(said, str) else said[0]
                comments = ["button"] if text in on_buttons else comments
                made.add(said, None, [(shown, line)], auto_comments=comments, context=context)
        # Babel does not look inside of f-strings.
        for call in calls(file, shown):
            if None not in call.texts:
                one, *many = call.said
                made.add((one, *many) if many else one, None, [(shown, 0)], context=call.context)
    return made


def written(catalogue: Catalog) -> bytes:
    """A catalogue or template as a file."""
    _name_nobody(catalogue)
    file = io.BytesIO()
    write_po(file, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = file.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_LEFT_OUT)).encode()


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    _name_nobody(catalogue)
    catalogue.creation_date = _LONG_AGO
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _name_nobody(catalogue: Catalog) -> None:
    """Leave empty what Babel fills with examples where nobody has filled it: a name, an address, a version."""
    catalogue.project, catalogue.version = PROJECT, ""
    for header in ("last_translator", "msgid_bugs_address", "language_team"):
        if _EXAMPLE.search(getattr(catalogue, header) or ""):
            setattr(catalogue, header, "")


def read(po: bytes, locale: str) -> Catalog:
    """The catalogue of a language, from its .po file."""
    return read_po(io.BytesIO(po), locale=locale, domain=DOMAIN)


def po_files() -> list[Path]:
    """The catalogues."""
    return sorted(LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def all_files() -> tuple[dict[Path, bytes], list[str]]:
    """Everything that `make messages` writes, and what is wrong with it."""
    files = list(sources())
    wrong = [
        fault
        for file in files
        for call in calls(file, file.relative_to(SOURCE).as_posix())
        for fault in faults.of_call(call)
    ]
    template = extracted(files)
    made = {TEMPLATE: written(template)}
    for file in po_files():
        locale = file.parents[1].name
        catalogue = read(file.read_bytes(), locale)
        catalogue.update(template)
        made[file] = written(catalogue)
        # From what is written, so that the next reading compiles the same.
        catalogue = read(made[file], locale)
        made[file.with_suffix(".mo")] = compiled(catalogue)
        wrong += faults.of_catalogue(catalogue, Locale.parse(locale))
    return made, wrong


def stale(made: dict[Path, bytes]) -> list[str]:
    """Which of the files are not what they should be."""
    return [
        f"{file.relative_to(ROOT).as_posix()} is not up to date: run `make messages`."
        for file, content in made.items()
        if not file.is_file() or file.read_bytes() != content
    ]


def start(tag: str) -> Path:
    """An empty catalogue for a language, with the header that it needs."""
    locale = Locale.parse(tag, sep="-")
    file = LOCALES / str(locale) / "LC_MESSAGES" / f"{DOMAIN}.po"
    if file.exists():
        raise click.ClickException(f"{file.relative_to(ROOT)} is there already.")
    file.parent.mkdir(parents=True)
    file.write_text(
        f"# {language_name(tag)}.\n"
        'msgid ""\nmsgstr ""\n'
        f'"Project-Id-Version: {PROJECT} \\n"\n"Language: {locale}\\n"\n'
        f'"PO-Revision-Date: {_LONG_AGO:%Y-%m-%d %H:%M%z}\\n"\n'
        '"Language-Team: draft, no speaker has read it\\n"\n'
        f'"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural_forms(locale)}\\n"\n',
        encoding="utf-8",
    )
    return file


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; say what is not up to date.")
@click.option("--start", "tag", metavar="TAG", default="", help="Start the catalogue of a language, such as pl.")
def main(check: bool, tag: str) -> None:
    """Extract, update, compile and check the messages."""
    if tag:
        start(tag)
    made, wrong = all_files()
    if check:
        wrong += stale(made)
    else:
        for file, content in made.items():
            file.write_bytes(content)
    for fault in wrong:
        click.echo(fault, err=True)
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
