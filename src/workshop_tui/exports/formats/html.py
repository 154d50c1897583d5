"""A page that opens anywhere: no scripts, nothing fetched, readable aloud, fit to print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Final, assert_never

from markupsafe import Markup

from workshop_tui.domain.blocks import Distribution, Matrix, Quote, Quotes, Ranking, ViewBlock
from workshop_tui.drawing.html import draw_view
from workshop_tui.exports import document as doc
from workshop_tui.exports.output import PageFormat, Pieces
from workshop_tui.messages import Place, Quoted, Translator

_STYLE: Final = resources.files(__package__).joinpath("page.css").read_text("utf-8")

WIDE: Final = 3
"""Columns from which a table scrolls by itself on a small screen."""

_PAGE: Final = Markup("""\
<!DOCTYPE html>
<html lang="{language}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body{look}>
<main>
<header>
<p class="kicker">{kicker}</p>
<h1>{heading}</h1>
{opening}</header>

""")

_END: Final = Markup("""\
</main>
</body>
</html>
""")


def _html(document: doc.Document, translator: Translator) -> Pieces:
    """The page as one file; every word from outside is escaped and set apart in its own direction."""
    return Pieces(lambda: (piece.encode() for piece in _Drawing(translator).page(document)))


FORMAT = PageFormat(ending="html", write=_html)


class _Drawing:
    """Draws the parts of a page for one reader."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self._over: Place = ""

    def page(self, document: doc.Document) -> Iterator[Markup]:
        """The whole page, in pieces none of which is longer than one part of a section."""
        yield _PAGE.format(
            language=self._translator.language,
            direction=Markup(' dir="rtl"') if self._translator.direction == "rtl" else "",
            title=self._translator.text(document.page),
            style=Markup(_STYLE),  # noqa: S704 - a file of our own
            look=_attribute("class", "one-page" if document.one_page else "large" if document.large else ""),
            kicker=self._translator.html(document.kicker),
            heading=self._translator.html(document.title),
            opening=Markup("").join(self._parts(document.opening, 2)),
        )
        yield from self._contents(document)
        for each in document.sections:
            yield from self._section(each, 2)
            yield Markup("\n")
        yield _END

    def _contents(self, document: doc.Document) -> Iterator[Markup]:
        """The list of sections that have a name, for a page that wants one."""
        if document.contents is None:
            return
        yield Markup('<nav aria-labelledby="contents">\n<h2 id="contents">{}</h2>\n').format(
            self._translator.html(document.contents)
        )
        yield from self._listed(document.sections)
        yield Markup("</nav>\n\n")

    def _listed(self, sections: Iterable[doc.Section]) -> Iterator[Markup]:
        named = [each for each in sections if each.anchor]
        if not named:
            return
        yield Markup("<ul>\n")
        for each in named:
            yield Markup('<li><a href="#{}">{}{}</a>').format(
                each.anchor, self._number(each.number), self._translator.html(each.heading)
            )
            yield from self._listed(part for part in each.parts if isinstance(part, doc.Section))
            yield Markup("</li>\n")
        yield Markup("</ul>\n")

    def _section(self, section: doc.Section, level: int) -> Iterator[Markup]:
        tag = "footer" if section.look == "footer" else "section"
        look = _attribute("class", section.look if tag == "section" else "")
        self._over = section.heading
        yield Markup("<{tag}{look}>\n<h{level}{anchor}>{number}{heading}</h{level}>\n").format(
            tag=tag,
            look=look,
            level=level,
            anchor=_attribute("id", section.anchor),
            number=self._number(section.number),
            heading=self._translator.html(section.heading),
        )
        yield from self._parts(section.parts, level + 1)
        yield Markup("</{}>\n").format(tag)

    def _parts(self, parts: Iterable[doc.Part], level: int) -> Iterator[Markup]:
        """Parts one after the other; headings among them begin at a level."""
        for part in parts:
            yield from self._part(part, level)

    def _part(self, part: doc.Part, level: int) -> Iterator[Markup]:
        match part:
            case doc.Section():
                yield from self._section(part, level)
            case doc.Paragraph():
                said = self._said(part.said)
                said = Markup("<strong>{}</strong>").format(said) if part.look == "remark" else said
                yield Markup("<p{}>{}</p>\n").format(_attribute("class", part.look), said)
            case doc.Prose():
                yield self._prose(Quoted(part.text, part.language))
            case doc.Bullets():
                bullets = (Markup("<li>{}</li>\n").format(self._said(line)) for line in part.lines)
                yield from self._list(part.look, bullets)
            case doc.Entries():
                entries = (self._entry(entry, quoted=part.quoted) for entry in part.entries)
                yield from self._list("quoted" if part.quoted else "notes", entries)
            case doc.Quotation():
                yield self._quotation(part.parts)
            case doc.Facts():
                lines = [
                    Markup("<div><dt>{}</dt><dd>{}</dd></div>\n").format(self._translator.html(what), self._said(said))
                    for what, said in part.lines
                ]
                yield Markup("<dl>\n{}</dl>\n").format(Markup("").join(lines))
            case doc.Table():
                yield from self._table(part)
            case doc.Result():
                yield self._result(part)
            case _:
                assert_never(part)

    def _list(self, look: str, lines: Iterable[Markup]) -> Iterator[Markup]:
        yield Markup("<ul{}>\n").format(_attribute("class", look))
        yield from lines
        yield Markup("</ul>\n")

    def _result(self, result: doc.Result) -> Markup:
        drawn = draw_view(result.blocks, translator=self._translator, of=result.of)
        if not any(_is_wide(block) for block in result.blocks):
            return drawn
        name = self._translator.text(result.of)
        return Markup('<div class="wide" role="region" aria-label="{}" tabindex="0">\n{}</div>\n').format(name, drawn)

    def _said(self, said: doc.Said, joined: str = " ") -> Markup:
        return said_html(said, self._translator, joined)

    def _prose(self, words: Quoted) -> Markup:
        """Somebody's words with their own paragraphs and line breaks."""
        paragraphs = [each.strip("\n").split("\n") for each in words.text.split("\n\n") if each.strip()]
        return Markup("").join(
            Markup("<p>{}</p>\n").format(
                Markup("<br>").join(self._translator.html(Quoted(line, words.language)) for line in lines)
            )
            for lines in paragraphs
        )

    def _entry(self, entry: doc.Entry, *, quoted: bool) -> Markup:
        words = (
            self._quotation(entry.parts)
            if quoted
            else Markup("").join(self._prose(Quoted(text)) for _, text in entry.parts)
        )
        details = Markup('<p class="details">{}</p>\n').format(self._said(entry.details, entry.joined))
        more = Markup("").join(Markup("<li>{}</li>\n").format(self._said(line)) for line in entry.more)
        return Markup("<li{}>{}{}{}{}</li>\n").format(
            _attribute("id", entry.anchor),
            words,
            details if entry.details else "",
            Markup('<ul class="since">\n{}</ul>\n').format(more) if more else "",
            Markup('<p class="links">{}</p>\n').format(self._links(entry.links)) if entry.links else "",
        )

    def _links(self, links: Iterable[doc.Link]) -> Markup:
        return Markup(" · ").join(
            Markup('<a href="{}">{}</a>').format(each.target, self._translator.html(each.words)) for each in links
        )

    def _quotation(self, parts: tuple[tuple[Place, str], ...]) -> Markup:
        return draw_view((Quotes(quotes=(Quote(parts=parts),)),), translator=self._translator)

    def _table(self, table: doc.Table) -> Iterator[Markup]:
        heads = [Markup('<th scope="col">{}</th>').format(self._translator.html(head)) for head in table.heads]
        if table.anchor:
            yield Markup('<div class="wide" role="region" aria-labelledby="{}" tabindex="0">\n').format(table.anchor)
        caption = self._translator.html(table.caption)
        if table.caption == self._over:
            # It is said to whoever jumps from table to table, and seen once.
            caption = Markup('<span class="of">{}</span>').format(caption)
        yield Markup("<table>\n<caption{}>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n").format(
            _attribute("id", table.anchor), caption, Markup("").join(heads)
        )
        for row in table.rows:
            cells = (self._cell(cell, at == 0) for at, cell in enumerate(row))
            yield Markup("<tr>{}</tr>\n").format(Markup("").join(cells))
        yield Markup("</tbody>\n</table>\n")
        if table.anchor:
            yield Markup("</div>\n")

    def _cell(self, cell: doc.Cell, is_head: bool) -> Markup:
        pattern = Markup('<th scope="row">{}{}</th>') if is_head else Markup("<td>{}{}</td>")
        said = self._said(cell.said, cell.joined) if cell.said else Markup("")
        links = self._links(cell.links)
        return pattern.format(self._number(cell.number), said + (Markup(" ") if said and links else Markup("")) + links)

    def _number(self, number: int) -> str:
        return f"{self._translator.number(number)}. " if number else ""


def said_html(said: doc.Said, translator: Translator, joined: str = " ") -> Markup:
    """Sentences, each in an element of its own where there are several."""
    if len(said) == 1 or joined == " ":
        return translator.html(said)
    spans = Markup(joined).join(Markup("<span>{}</span>").format(translator.html(each)) for each in said)  # noqa: S704
    whole = translator.whole(said)
    return Markup("<span{}>{}</span>").format(whole, spans) if whole else spans


def _is_wide(block: ViewBlock) -> bool:
    """Whether a block has more columns than a small screen."""
    match block:
        case Matrix() | Ranking():
            return len(block.columns) >= WIDE
        case Distribution():
            return len(block.scale) >= WIDE
        case _:
            return False


def _attribute(name: str, value: str) -> Markup:
    return Markup(' {}="{}"').format(Markup(name), value) if value else Markup("")  # noqa: S704 - a name of our own
