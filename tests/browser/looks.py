"""What is looked for on every page: each finding is a sentence with the element it is about."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

LONGEST_WORD = 24
"""Letters; a longer word may break on a small phone, because it must not push the page wide."""

_COMMON = """
const shown = each => each.getClientRects().length > 0 && each.checkVisibility() && !each.closest('.sr, [hidden]');
const html = each => each.outerHTML.replace(/\\s+/g, ' ').slice(0, 110);
const words = text => text.replace(/\\s+/g, ' ').trim();
const controls = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(each => each.type !== 'hidden' && !each.matches('[aria-hidden=true][tabindex="-1"], .skip') && shown(each));
const contents = (node, keep) => node.nodeType === 3 ? node.data : !keep(node) ? '' :
    [...node.childNodes].map(each => contents(each, keep)).join('');
const found = [];
"""

_MARKUP = (
    "() => {"
    + _COMMON
    + """
for (const what of ['h1', 'main'])
    if (document.querySelectorAll(what).length !== 1) found.push(`not once on the page: ${what}`);
const { lang, dir } = document.documentElement, box = document.getElementById('problem');
if (!lang || !['ltr', 'rtl'].includes(dir)) found.push('the page does not say its language and direction');
if (!document.title.trim()) found.push('the page has no title');
if (document.title.startsWith('Error: ') !== Boolean(box && !box.hidden))
    found.push(`the title does not fit the error box: ${document.title}`);
if (/user-scalable|maximum-scale/.test(document.querySelector('meta[name=viewport]').content))
    found.push('zoom is blocked');
document.querySelectorAll('[accesskey], [placeholder]').forEach(each => found.push(`not allowed: ${html(each)}`));
for (const each of document.querySelectorAll('[tabindex], [autofocus]'))
    if (each.tabIndex > 0 || each.autofocus && !each.matches('#problem, .done, h1'))
        found.push(`takes the focus: ${html(each)}`);
const names = new Map();
for (const each of controls()) {
    const label = each.labels && each.labels.length ? [...each.labels] : [each];
    const name = words(label.map(one => contents(one, node => node.ariaHidden !== 'true')).join(' '));
    const seen = words(label.map(one => contents(one, node =>
        node.ariaHidden !== 'true' && !node.matches('.sr, option'))).join(' '));
    if (!name) found.push(`no name: ${html(each)}`);
    if (!name.includes(seen)) found.push(`named “${name}”, but seen as “${seen}”`);
    const key = `${each.tagName} ${name}`;
    if (names.has(key) && names.get(key) !== (each.href || each)) found.push(`the same name twice: ${name}`);
    names.set(key, each.href || each);
}
return found; }"""
)

_GEOMETRY = (
    "longest => {"
    + _COMMON
    + """
const wide = document.documentElement.scrollWidth - innerWidth;
if (wide > 0) found.push(`the page scrolls sideways by ${wide}`);
for (const each of document.querySelectorAll('body *')) {
    const box = each.getBoundingClientRect();
    if (shown(each) && box.width && (box.right > innerWidth + 1 || box.left < -1) && !each.closest('.skip'))
        found.push(`sticks out: ${html(each)}`);
}
const boxes = [...new Set(controls().map(each => each.closest('label.card') || each))]
    .filter(each => !each.closest('#problem')).map(each => [each, each.getBoundingClientRect()]);
for (const [each, box] of boxes)
    if (box.width < 43.9 || box.height < 43.9)
        found.push(`smaller than 44 by 44 (${Math.round(box.width)} by ${Math.round(box.height)}): ${html(each)}`);
boxes.forEach(([one, a], at) => boxes.slice(at + 1).forEach(([other, b]) => {
    const apart = Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
    if (apart < 7.9 && !one.contains(other)) found.push(`only ${apart.toFixed(1)} apart: ${html(one)} ${html(other)}`);
}));
for (const [each] of boxes)
    if (getComputedStyle(each).display === 'inline' && parseFloat(getComputedStyle(each).borderTopWidth)
        && each.getClientRects().length > 1) found.push(`wraps onto itself: ${html(each)}`);
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!shown(node.parentElement) || node.parentElement.closest('.skip, title, option, script')) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top)));
        if (lines.size > 1 && word[0].length <= longest) found.push(`broken in two: ${word[0]}`);
    }
}
return found; }"""
)

_SIDEWAYS = (
    "() => {"
    + _COMMON
    + """
const wide = document.documentElement.scrollWidth - innerWidth;
if (wide > 0) found.push(`scrolls sideways by ${wide}`);
for (const each of document.querySelectorAll('body *')) {
    const box = each.getBoundingClientRect();
    if (wide > 0 && shown(each) && box.right > innerWidth + 1) found.push(`sticks out: ${html(each)}`);
}
return found; }"""
)

_HIDDEN_FOCUS = (
    "() => {"
    + _COMMON
    + """
// From above and from below: what stays at the top of the window hides what comes up to it.
for (const from of [0, 1e6]) for (const each of controls()) {
    document.activeElement.blur();
    scrollTo(0, from);
    each.focus();
    const card = each.closest('label.card') || each, box = card.getBoundingClientRect();
    // What is taller than the window, such as a large text box, has to show a part of itself only.
    const low = Math.max(box.top, 0), high = Math.min(box.bottom, innerHeight);
    const hits = [.2, .5, .8].filter(part => {
        const at = document.elementFromPoint(box.left + box.width / 2, low + (high - low) * part);
        return at && (card.contains(at) || at.contains(card));
    }).length;
    if (high <= low || hits < (box.height < innerHeight - 80 ? 3 : 1))
        found.push(`hidden with the focus: ${html(each)}`);
}
scrollTo(0, 0);
return found; }"""
)

_BIG_TEXT = "() => { document.documentElement.style.fontSize = '225%'; }"
_WIDE_TEXT = """() => {
    document.documentElement.style.fontSize = '';
    for (const each of document.querySelectorAll('body *'))
        Object.assign(each.style, {lineHeight: 1.5, letterSpacing: '.12em', wordSpacing: '.16em'});
    for (const each of document.querySelectorAll('p')) each.style.marginBottom = '2em';
}"""


def markup_findings(page: Page) -> list[str]:
    """One heading, names, language, title: A03 to A05."""
    return list(page.evaluate(_MARKUP))


def geometry_findings(page: Page) -> list[str]:
    """Nothing sticks out, targets are large and apart, no word is split: B01, B02, B04."""
    return list(page.evaluate(_GEOMETRY, LONGEST_WORD))


def focus_findings(page: Page) -> list[str]:
    """What has the focus is not behind something else: B03."""
    return list(page.evaluate(_HIDDEN_FOCUS))


def large_text_findings(page: Page) -> list[str]:
    """Text of twice the size, and text set wide, need no scrolling sideways: B01. Changes the page."""
    page.evaluate(_BIG_TEXT)
    large = [f"at 200 % text: {each}" for each in page.evaluate(_SIDEWAYS)]
    page.evaluate(_WIDE_TEXT)
    return [*large, *(f"with wide text: {each}" for each in page.evaluate(_SIDEWAYS))]


def axe_findings(page: Page, *only: str) -> list[str]:
    """What axe finds, by all its rules for WCAG and good practice, or only by some: A01."""
    run = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": RULES}
    found = Axe().run(page, options={"runOnly": run, "resultTypes": ["violations"]}).response["violations"]
    return [f"axe {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]
