"""A text to paste into a message: lines, and nothing that any program would take for a sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop_tui.exports import document as doc
from workshop_tui.exports.output import PageFormat
from workshop_tui.messages import Translator


def _plain(document: doc.Document, translator: Translator) -> bytes:
    """The sentences of a page, one to a line, with an empty line between its parts."""
    blocks = _Writing(translator).blocks((*document.opening, *document.sections))
    return ("\n\n".join("\n".join(lines) for lines in blocks) + "\n").encode()


FORMAT = PageFormat(ending="txt", write=_plain)


class _Writing:
    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def blocks(self, parts: Iterable[doc.Part]) -> Iterator[list[str]]:
        for part in parts:
            match part:
                case doc.Section():
                    heading, *rest = [self._translator.text(part.heading)], *self.blocks(part.parts)
                    # What stands under a heading follows it without an empty line.
                    yield heading + (rest[0] if rest else [])
                    yield from rest[1:]
                case doc.Paragraph():
                    yield [self._said(part.said)]
                case doc.Bullets():
                    yield [f"- {self._said(line)}" for line in part.lines]
                case _:
                    raise NotImplementedError(f"a message has no {type(part).__name__}")

    def _said(self, said: doc.Said) -> str:
        return " ".join(" ".join(self._translator.text(each).split()) for each in said)
