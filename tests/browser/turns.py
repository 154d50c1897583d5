"""What is looked for on every part of the big screen: all of its words, large enough, and none over others."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

QUESTION_VH: Final = 5.9
"""Smallest letters of what must be read, in hundredths of the image's height: 20 minutes of arc at 8 metres."""

ABOUT_VH: Final = 4.4
"""Smallest letters of the rest: 15 minutes of arc."""

_LOOK: Final = """([question, about, isTwice]) => {
    const main = document.querySelector('main'), found = [], said = node => node.data.trim().slice(0, 60);
    const unseen = '.sr, title, caption, .bars thead, .spread thead, .wide .ranking thead, .most, .turn, [hidden], svg';
    const rest = '.statement, .base, .key, .note, .answer, thead, h1.above, .spread td, .joint, .quotes-title';
    // What was to be known of an earlier count stands beside that count.
    const first = '.base, .count, .address, .code, .caution' + (isTwice ? ':not(table ~ .statement ~ .caution)' : '');
    const texts = [], walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walker.nextNode()) {
        const node = walker.currentNode, at = node.parentElement;
        const size = 100 * parseFloat(getComputedStyle(at).fontSize) / innerHeight;
        if (!node.data.trim() || at.closest(unseen) && !at.closest('.matrix caption')) continue;
        texts.push({ node, seen: [] });
        if (size < (at.closest(rest) ? about : question) - .01)
            found.push(`smaller than it may be (${size.toFixed(2)}): ${said(node)}`);
    }
    dispatchEvent(new Event('resize'));
    const turns = +main.dataset.turns || 1;
    for (let turn = 0; turn < turns; turn++) {
        main.dataset.turn = turn;
        dispatchEvent(new Event('resize'));
        const boxes = [], told = document.querySelector('.turn');
        if (turns > 1 && !told.textContent.includes(turn + 1)) found.push(`does not say that it is part ${turn + 1}`);
        for (const { node, seen } of texts) {
            const window = node.parentElement.closest('.window');
            const image = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
            const room = window ? window.getBoundingClientRect() : image;
            range.selectNodeContents(node);
            [...range.getClientRects()].forEach((box, at) => {
                // The box of a line is higher than its letters.
                const inside = box.left > room.left - 2 && box.right < room.right + 2
                    && box.top > room.top - .35 * box.height && box.bottom < room.bottom + .35 * box.height;
                seen[at] = seen[at] || inside || box.width < 1;
                if (inside && box.width > 1) boxes.push([box, node]);
            });
        }
        boxes.forEach(([a, one], at) => boxes.slice(at + 1).forEach(([b, other]) => {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (one !== other && wide > 3 && high > .4 * Math.min(a.height, b.height))
                found.push(`over each other on part ${turn + 1}: ${said(one)} | ${said(other)}`);
        }));
        if (!turn) for (const { node, seen } of texts)
            if (node.parentElement.closest(first) && !seen.every(Boolean))
                found.push(`not on the first part: ${said(node)}`);
    }
    for (const { node, seen } of texts)
        if (!seen.length || !seen.every(Boolean)) found.push(`on no part: ${said(node)}`);
    main.dataset.turn = 0;
    dispatchEvent(new Event('resize'));
    return found;
}"""


def screen_findings(page: Page, *, is_twice: bool = False) -> list[str]:
    """What is wrong with what the big screen shows, each as a sentence with the words it is about.

    Args:
        page: The big screen's.
        is_twice: Whether it shows the result of a question that was asked two times.
    """
    return list(page.evaluate(_LOOK, [QUESTION_VH, ABOUT_VH, is_twice]))
