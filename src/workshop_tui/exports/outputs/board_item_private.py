"""The board's item for a session without the public: with the words that may go to staff and to those who decide.

It is made only when somebody asks for it by name, and says at its head that it is not to be published.
"""

from __future__ import annotations

from workshop_tui.exports.document import Document
from workshop_tui.exports.output import Output
from workshop_tui.exports.outputs.board_item import IN_PRIVATE, item
from workshop_tui.exports.report import Report


def build(report: Report) -> Document:
    """The item for a session in private."""
    return item(report, IN_PRIVATE, named=True)


OUTPUT = Output(name="board-item-private", audience="board", build=build, for_whom=IN_PRIVATE, on_request=True)
