"""What people do on their phones, in words."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import Final

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Error, Page, expect

from tests.patience import PATIENCE_MS

SMALLEST: Final = {"width": 320, "height": 568}
"""The smallest phone we promise to work on."""

PROJECTOR: Final = {"width": 1280, "height": 720}


class Phone:
    """One person with a small phone.

    Args:
        browser: The browser of the machine the tests run on.
        script: Whether the phone runs our script.
        language: What its browser asks for.
    """

    def __init__(self, browser: Browser, *, script: bool = True, language: str = "en-GB") -> None:
        context = browser.new_context(
            viewport=SMALLEST,  # type: ignore[arg-type]  # playwright's own type of dict
            java_script_enabled=script,
            locale=language,
            has_touch=True,
            is_mobile=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self._script = script

    # Coming in. ----------------------------------------------------------------------------------

    def scans(self, square: str) -> None:
        """Open what the square says."""
        self.page.goto(square)
        self.sees("You have joined.")

    def types_the_code(self, address: str, code: str) -> None:
        """Type the address into the browser and the code into the page."""
        self.page.goto(address)
        self.page.get_by_label("Join code").fill(f" {code.lower()} ")
        self.presses("Join")
        self.sees("You have joined.")

    # Looking. ------------------------------------------------------------------------------------

    def sees(self, *words: str) -> None:
        """Find these words on the page."""
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)

    def does_not_see(self, *words: str) -> None:
        """Find these words nowhere in the page, hidden or not."""
        html = self.page.content()
        for each in words:
            assert each not in html

    def goes_on(self) -> None:
        """With the script: follow the news at the top of the page. Without: open the page again."""
        if self._script:
            # A page that only waits goes on by itself, within three seconds.
            with suppress(Error):
                self.page.locator("#strip a").click(timeout=4_000)
        else:
            self.page.reload()

    def is_on_the_page_again_from_right_to_left(self) -> None:
        """The page is laid out from right to left, and nothing sticks out of it."""
        assert self.page.locator("html").get_attribute("dir") == "rtl"
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SMALLEST["width"]

    # Saying something. ---------------------------------------------------------------------------

    def chooses(self, option: str) -> None:
        """Tap an answer and send it."""
        self.page.get_by_role("radio", name=option).check()
        self.presses("Send my answer")
        self.sees("Thank you. We have your answer.")

    def changes_to(self, option: str) -> None:
        """Take another answer instead."""
        self.page.get_by_role("link", name="Change my answer").click()
        self.chooses(option)

    def writes_privately(self, words: str) -> None:
        """Write to the facilitator alone."""
        self.page.get_by_label("Your words").fill(words)
        self.presses("Send my answer")
        self.sees("Thank you. We have your words.")

    def reads_the_ground_rules(self) -> None:
        """Go on from the page that stands before the first question about stories."""
        self.sees("What we cannot promise")
        self.page.get_by_role("link", name="Go on to the question").click()

    def writes_a_story(self, words: str, *, may_read: str, part: str = "What happened?") -> None:
        """Fill in one of the four questions, choose who may read it, and come to the page that shows it once more."""
        self.page.get_by_label(part).fill(words)
        self.page.get_by_role("radio", name=may_read).check()
        self.presses("Continue")
        self.sees("Check your words", words)

    def sends_it(self) -> None:
        """Send what was shown once more."""
        self.presses("Send it")
        self.sees("Thank you. We have your words.")

    def keeps_the_code(self) -> str:
        """Take down the private code of what was just sent; gives it. It is not shown again."""
        code = self.page.locator("p.code").inner_text()
        self.presses("I have kept it")
        expect(self.page.locator("p.code")).to_have_count(0)
        return code

    def presses(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button, exact=True).click()


class BigScreen:
    """The page on the projector.

    Args:
        browser: The browser of the machine the tests run on.
        address: The address the console gives, with its key.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        context = browser.new_context(viewport=PROJECTOR)  # type: ignore[arg-type]  # as above
        context.set_default_timeout(PATIENCE_MS)
        self.page = context.new_page()
        self.page.goto(address)

    def square(self) -> str:
        """What a camera reads from the back of the room."""
        picture = self.page.locator(".qr-big svg, .qr-big").first.screenshot()
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        return found.text

    def shows(self, *words: str) -> None:
        """Find these words."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def holds_nothing_of(self, *words: str) -> None:
        """Find these words nowhere in the page, hidden or not."""
        html = self.page.content()
        for each in words:
            assert each not in html

    def shows_bars(self, **people: int) -> None:
        """The result: how many people chose what, by the words of each answer with _ for spaces."""
        for answer, number in people.items():
            row = self.page.get_by_role("row").filter(has_text=answer.replace("_", " "))
            expect(row).to_contain_text(re.compile(rf"\b{number}\b"))
