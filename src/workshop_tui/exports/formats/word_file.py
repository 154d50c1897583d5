"""The file around the words of a Word document: its styles, its page, what it says of itself.

What the template of python-docx brings and nobody here said is taken out: another language, a picture of another page,
the program that made it, the days on which it was made.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

from docx import Document as NewDocument
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from workshop_tui.exports import document as doc
from workshop_tui.exports.formats.office import for_xml, is_latin, with_region, without_times
from workshop_tui.messages import Translator

FONT: Final = "Arial"
"""Plain, large and on every computer that has Word; scripts that it lacks get the computer's own font for them."""

_INK: Final = RGBColor(0x1A, 0x1A, 0x1A)

_SIZES: Final = {"Normal": 12, "Heading 1": 22, "Heading 2": 17, "Heading 3": 14, "Heading 4": 12.5, "Caption": 12}
_ONE_PAGE: Final = {
    "Normal": 10.5,
    "Heading 1": 17,
    "Heading 2": 13,
    "Heading 3": 11,
    "Heading 4": 10.5,
    "Caption": 10.5,
}
_LARGE: Final = {"Normal": 18, "Heading 1": 26, "Heading 2": 22, "Heading 3": 19, "Heading 4": 18, "Caption": 18}
_STYLES: Final = (
    "Normal", *(f"Heading {level}" for level in range(1, 7)), "List Bullet", "List Continue", "Quote", "Caption",
)  # fmt: skip

CELL: Final = "Cell"
AFTER_TABLE: Final = "AfterTable"
"""Styles of our own, by their names without spaces."""

_LONGEST_PROPERTY: Final = 255

_NOT_OURS: Final = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml")
"""Parts of the template that say something of another document, by the ends of their relationships."""

_PAGE_NUMBER: Final = (
    '<w:p {ns}><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
)


class WordFile:
    """An empty document with the styles, the page and the properties of one that is to be written."""

    def __init__(self, document: doc.Document, translator: Translator) -> None:
        self._word: WordDocument = NewDocument()
        self._translator = translator
        self._drop_what_is_not_ours()
        self._set_styles(_LARGE if document.large else _ONE_PAGE if document.one_page else _SIZES)
        self._set_page(one_page=document.one_page)
        self._say_what_it_is(translator.text(document.page))

    @property
    def body(self) -> Any:
        """Where its paragraphs and tables go."""
        return self._word.element.body

    def save(self) -> bytes:
        """The document as a file."""
        made = io.BytesIO()
        self._word.save(made)
        return without_times(made.getvalue())

    def _drop_what_is_not_ours(self) -> None:
        for part in (self._word.part.package, self._word.part):
            for name, relation in list(part.rels.items()):
                if relation.reltype.rpartition("/")[2] in _NOT_OURS:
                    del part.rels[name]
        styles = self._word.styles.element
        for style in list(styles.iterchildren(qn("w:style"))):
            if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in ("TableNormal", "TableGrid"):
                styles.remove(style)
        settings = self._word.settings.element
        for tag in ("w:savePreviewPicture", "w:rsids", "w:proofState"):
            for each in list(settings.iterchildren(qn(tag))):
                settings.remove(each)
        # Word says "Compatibility Mode" over whatever is older.
        for setting in settings.iter(qn("w:compatSetting")):
            if setting.get(qn("w:name")) == "compatibilityMode":
                setting.set(qn("w:val"), "15")

    def _set_styles(self, sizes: Mapping[str, float]) -> None:
        one_page = sizes is _ONE_PAGE
        for name in _STYLES:
            style = self._word.styles[name]
            assert style.type == WD_STYLE_TYPE.PARAGRAPH  # noqa: S101 - of the template
            self._set_font(style)
            style.font.size = Pt(sizes.get(name, sizes["Normal"]))
            style.font.color.rgb = _INK
            style.font.italic = False
            style.font.bold = name.startswith(("Heading", "Caption"))
            _both(style.element.get_or_add_rPr())
            paragraph = style.paragraph_format
            paragraph.line_spacing = 1.0 if one_page else 1.15
            paragraph.space_after = Pt(3 if one_page else 8)
            if name.startswith("Heading"):
                paragraph.space_before = Pt(7 if one_page else 16)
                paragraph.space_after = Pt(3 if one_page else 6)
        quote = self._word.styles["Quote"].element.get_or_add_pPr()
        side = "right" if self._translator.direction == "rtl" else "left"
        quote.append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="24" w:space="8" w:color="767676"/></w:pBdr>'
            )
        )
        self._add_style(CELL, 2 if one_page else 3)
        self._add_style(AFTER_TABLE, 0)
        self._word.styles["Caption"].paragraph_format.keep_with_next = True
        self._set_language()

    def _add_style(self, name: str, space: float) -> None:
        """A style for paragraphs that stand closer together."""
        style = self._word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self._word.styles["Normal"]
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(space)
        style.paragraph_format.line_spacing = 1.0

    def _set_font(self, style: Any) -> None:
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{name}"), FONT)

    def _set_language(self) -> None:
        language = with_region(self._translator.language)
        for each in self._word.styles.element.iter(qn("w:lang")):
            each.set(qn("w:val"), language)
            each.set(qn("w:eastAsia"), language)
            if not is_latin(self._translator.language):
                each.set(qn("w:bidi"), language)
        for each in self._word.settings.element.iter(qn("w:themeFontLang")):
            each.set(qn("w:val"), language)

    def _set_page(self, *, one_page: bool) -> None:
        section = self._word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        margin = Cm(1.6 if one_page else 2.2)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
        section.header_distance = section.footer_distance = Emu(margin // 2)
        if not one_page:
            footer = section.footer
            footer.is_linked_to_previous = False
            element = footer._element
            for each in list(element):
                element.remove(each)
            element.append(parse_xml(_PAGE_NUMBER.format(ns=nsdecls("w"))))
        if self._translator.direction == "rtl":
            section._sectPr.insert_element_before(
                OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"
            )

    def _say_what_it_is(self, title: str) -> None:
        said = self._word.core_properties
        said.title = for_xml(title).replace("\n", " ")[:_LONGEST_PROPERTY]
        said.language = with_region(self._translator.language)
        said.author = said.comments = said.last_modified_by = said.keywords = ""
        core: Any = said._element
        for each in list(core):
            if each.tag.rpartition("}")[2] in ("created", "modified", "revision"):
                core.remove(each)


def _both(properties: Any) -> None:
    """Size and weight for letters that run leftwards too, which have settings of their own."""
    for tag, twin in (("w:b", "w:bCs"), ("w:i", "w:iCs"), ("w:sz", "w:szCs")):
        ours = properties.find(qn(tag))
        for old in properties.findall(qn(twin)):
            properties.remove(old)
        if ours is not None:
            made = OxmlElement(twin)
            made.attrib.update(ours.attrib)
            ours.addnext(made)
