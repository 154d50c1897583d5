"""A page as a Word document: real headings, tables with a header row, and the language of every word."""

from __future__ import annotations

from workshop_tui.exports import document as doc
from workshop_tui.exports.output import PageFormat
from workshop_tui.messages import Translator


def _word(document: doc.Document, translator: Translator) -> bytes:
    # It takes a tenth of a second to load: only where a document is written.
    from workshop_tui.exports.formats.word_file import WordFile
    from workshop_tui.exports.formats.word_parts import Writing

    file = WordFile(document, translator)
    Writing(file.body, translator).write(document)
    return file.save()


FORMAT = PageFormat(ending="docx", write=_word)
