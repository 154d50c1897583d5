"""A session file that this process alone has open: whether it can be trusted, and why it cannot any more."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from workshop_tui.errors import FileLost, StoreUnavailable
from workshop_tui.messages import Verbatim, tr
from workshop_tui.storage import db, words
from workshop_tui.storage.db import Connection, DBError
from workshop_tui.storage.watch import Watch

log = logging.getLogger(__name__)


class Held:
    """The connection to a file, which is let go of at the first error that it gives."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._failed: Exception | None = None
        """Why the connection was let go of last; None when it never was."""
        self.trouble: StoreUnavailable | None = None
        """Why nothing may be written although the file is open."""
        self.take(connection)

    def take(self, connection: Connection) -> None:
        """Hold the file, as it is now, by this connection."""
        self.connection: Connection | None = connection
        self.watch = Watch(self._path)

    def opened(self) -> Connection:
        """The connection.

        Raises:
            StoreUnavailable: there is none; the message says why.
        """
        if self.connection is not None:
            return self.connection
        if self.trouble is not None:
            raise self.trouble.with_traceback(None)
        if self._failed is not None:
            # A fault while tidying up comes to light here: the reason is the one of that moment.
            raise words.unavailable(self._path, self._failed)
        raise StoreUnavailable(
            tr(
                "“{name}” cannot be written at the moment. Everything confirmed so far is safe.",
                name=Verbatim(self._path.name),
            ),
            advice=tr("It is tried again every few seconds."),
        )

    @contextlib.contextmanager
    def used(self) -> Iterator[Connection]:
        """The connection for a block; it is let go of at an error.

        Raises:
            StoreUnavailable: there is none, or it failed.
        """
        connection = self.opened()
        try:
            yield connection
        except (DBError, OSError) as problem:
            raise self.fail(problem) from problem

    def for_writing(self) -> Connection:
        """The connection to a file that is as it was left.

        Raises:
            StoreUnavailable: nothing may be written; the message says why.
        """
        connection = self.opened()
        if self.trouble is not None:
            raise self.trouble.with_traceback(None)
        if self.watch.standing() != "same":
            raise self.lose()
        return connection

    def check_in_place(self) -> None:
        """Make sure that file and log are as they were left, and that the file was not let go of at an error.

        Raises:
            FileLost: somebody deleted, moved, replaced or changed one of them.
            StoreUnavailable: an error came from it after the last batch was written.
        """
        self.for_writing()

    def why_not(self) -> StoreUnavailable:
        """Why nothing is written to a file that is not as it was left."""
        return (self.trouble or self.lose()).with_traceback(None)

    def lose(self) -> FileLost:
        """From now on nothing is written: the file is not as it was left."""
        log.error("the session file was lost")
        lost = words.lost(self._path, self.watch.standing())
        self.trouble = lost
        return lost

    def fail(self, problem: Exception, *, folding: bool = False) -> StoreUnavailable:
        """Let go of a connection that an error came from: after a failed fsync its later successes prove nothing.

        Args:
            problem: The error.
            folding: Whether the log was being folded into the file, which changes it.

        Returns:
            Why nothing is taken now.
        """
        log.error("the session file failed", exc_info=problem, extra={"code": db.primary_code(problem)})
        standing, untouched = self.watch.names(), self.watch.file_is_same()
        self.let_go(fold=untouched)
        # The frames that it came through hold what was to be written.
        self._failed = problem.with_traceback(None)
        if standing == "same" and not untouched and not folding:
            standing = "changed"
        if standing != "same":
            self.trouble = words.lost(self._path, standing)
            return self.trouble
        return words.unavailable(self._path, problem)

    def let_go(self, *, fold: bool) -> None:
        """Close the connection, if there is one; `fold` as in `db.let_go`."""
        connection, self.connection = self.connection, None
        if connection is not None:
            db.let_go(connection, fold=fold)
