"""Bounds that keep one sender from taking the room, as plain numbers with their reasons."""

from __future__ import annotations

from typing import Final

PEOPLE: Final = 4_000
"""Most phones in one session; joining beyond it is refused with words. What a room lets in it can also take, all at one
moment: the next three bounds follow from this one."""

INBOX: Final = 2 * PEOPLE
"""Commands of phones that may wait for the room: one of everybody, and one that is sent again. Beyond it phones are
told to try again; desks never are."""

STREAMS: Final = PEOPLE
"""Phones that are told of news as it comes; any beyond it ask every few seconds."""

CONNECTIONS: Final = 2 * PEOPLE
"""Connections to the phones' listener: a stream and a form of everybody."""

KEPT_FILES: Final = 128
"""Files that a room needs open beside its connections: the session, its log, both listeners, copies."""

STORY_LETTERS: Final = 10_000
"""Longest story, in code points after cleaning; longer is refused with the words kept."""

REPLACEMENT_LETTERS: Final = 100
"""Most letters of what is read instead of a piece that may tell who somebody is: as long as an address."""

IDEA_LETTERS: Final = 280
"""Default length of a short text, in code points."""

SHORT_TEXT_LETTERS: Final = 1_000
"""The most an agenda may allow for a short text."""

TEXT_LINES: Final = STORY_LETTERS
"""Most lines one text keeps: no story has more lines than letters, so each is kept as it was written."""

AGENDA_BYTES: Final = 1_000_000
"""Largest agenda file; a real one is below 20 kB."""

AGENDA_ITEMS: Final = 100
"""Most items in one agenda."""

ITEM_MINUTES: Final = 480
"""Longest item, in minutes."""

OPTIONS: Final = 26
"""Most options of one poll: they are lettered A to Z on the screen."""

BATCH: Final = 256
"""Most commands that share one commit."""

FORM_BYTES: Final = 131_072
"""Largest form body: a whole story of `STORY_LETTERS` fits in any script, with 4 bytes a letter and 3 signs a byte."""

BODY_BYTES: Final = 8_000_000
"""Largest declared length that is read to its end, so that what is too long can be told; beyond it nothing is read."""

CONTROL_BYTES: Final = 65_536
"""Largest body of a control command."""

WAITING_CONTRIBUTIONS: Final = 2_000
"""Unread contributions kept at once without a question (a flood from 300 phones). Beyond it a phone that has more than
its share of them waiting is told to wait, and every other is not."""

WAITING_EACH: Final = 40
"""Most unread contributions of one phone at once, in all items together."""

WAITING_SHARE: Final = 3
"""Unread contributions that every phone may have, whatever others sent. Phones that join only to send can so bring it
to the sum of `PEOPLE` times this and about three times `WAITING_CONTRIBUTIONS`: 18,000."""

CONTRIBUTIONS_EACH: Final = 20
"""Most contributions one phone may send to one item."""

SHOWN_IDEAS: Final = 200
"""Ideas offered for a vote, approved ones first, then newest first; any other can be typed."""

UPVOTES_EACH: Final = 100
"""Most questions of one item that one phone may want to know too; nobody reads more."""

ANSWER_LETTERS: Final = 280
"""Longest note on what answered a question, in code points."""

FIELD_LETTERS: Final = 500
"""Longest text in one field of a line in its register, in code points."""

SLIP_MS: Final = 5 * 60_000
"""So long a desk can take back that it kept what is contested: long enough for a slip of the keys, too short to have
second thoughts about what somebody said."""

TIES_AT_ONCE: Final = 400
"""Most ties that one act makes or undoes; a desk has at most a few marked lines and a page of texts before it."""

TIES_EACH: Final = 2_000
"""Most things that one line rests on."""

SENDINGS: Final = 8
"""Keyed names of sendings kept with one ballot, newest first: one of them that comes late changes nothing."""

UNDO_STEPS: Final = 20
"""Facilitator actions that can be taken back, newest first."""

UNDO_MOST: Final = 200
"""The most steps that these actions are kept as: one that does the same with many has a step for each."""

REOPEN_S: Final = 30
"""How long after closing a vote the closing can be taken back where the agenda does not say, in seconds."""

REOPEN_MOST_S: Final = 600
"""The longest that an agenda may say."""

SNAPSHOT_EVERY_S: Final = 0.1
"""Shortest time between two snapshots for one console, in seconds."""

BALLOT_FILE_BYTES: Final = 20_000_000
"""Largest file of ballots to count; the largest city votes that are published are about 5 MB."""

BALLOT_FILE_LINES: Final = 500_000
"""Most lines of a file of ballots."""

BALLOT_LINE_LETTERS: Final = 100_000
"""Longest line of a file of ballots; 1,000 candidates with long names fit."""

CANDIDATES: Final = 1_000
"""Most candidates of a file of ballots: the table of pairs has their square, a million numbers."""

BALLOTS: Final = 1_000_000_000
"""Most ballots of a file, as its lines add up."""

COUNTING_STEPS: Final = 2_000_000_000
"""Most work for the orders of one vote, as distinct orders times the square of the candidates: about a minute."""

CYCLE_FILE_BYTES: Final = 50_000_000
"""Largest record, baton, receipt or follow-up file that is read: a day of 200 people leaves a record of about 1 MB."""

RETURNED_LETTERS: Final = 4_000
"""Longest answer to a point that a returned workbook may hold."""

WORKBOOK_BYTES: Final = 5_000_000
WORKBOOK_BYTES_UNPACKED: Final = 30_000_000
"""Largest returned workbook that is read, and what it may unpack to: one for 1,000 points has 100 kB, and 1 MB."""

WORKBOOK_ROWS: Final = 5_000
WORKBOOK_COLUMNS: Final = 60
"""Most rows and columns of a sheet of a returned workbook that something stands in."""

RECEIVED_POINTS: Final = 200
"""Most points that an agenda can open with; a room that is shown more of them does nothing else all day."""

HEAR_BACK_DAYS: Final = 730
"""Most days after which people are to hear back; whoever means years names a day."""

PROMISE_CHANGES: Final = 50
"""Most times that what the room is promised changes: each version is kept for ever."""

PROMISE_LINES: Final = 40
"""Most things that can, or cannot, change: more nobody reads on a phone."""
