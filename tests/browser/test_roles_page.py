"""The page that asks who somebody is here as, on the smallest phone: with and without our script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from workshop_tui.domain import commands as cmd

from .conftest import browsing
from .house import House, a_house
from .looks import axe_findings, focus_findings, geometry_findings, large_text_findings, markup_findings

pytestmark = pytest.mark.browser

AGENDA = """
title = "Tell it once"
stage = "needs"
roles = ["patient", "carer", "public", "staff", "observer"]
[[item]]
title = "Welcome"
minutes = 10
question = "How did you come here?"
[item.phone]
kind = "single"
options = ["By bus", "On foot"]
"""


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A room that asks who people are here as, with its first vote open."""
    with a_house(tmp_path_factory.mktemp("roles"), AGENDA) as house:
        house.give(cmd.OpenItem(item="i01"), cmd.OpenVote(key=b"k" * 32))
        yield house


@pytest.mark.parametrize("script", [True, False])
def test_a_role_is_asked_once_before_the_first_vote(browser: Browser, asking: House, script: bool) -> None:
    with browsing(browser, asking.address, java_script_enabled=script) as (page, _):
        page.goto(asking.join_path)
        expect(page.get_by_role("heading", name="Who are you here as today?")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("Please choose one.").first).to_be_visible()
        page.get_by_label("I look after someone").check()
        page.get_by_role("button", name="Go on").click()

        expect(page).to_have_url(re.compile("/now$"))
        page.get_by_label("By bus").check()
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_text("We have your answer.")).to_be_visible()
        page.goto("/role")
        page.get_by_label("I only look on").check()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("So you cannot change this now.").first).to_be_visible()


def test_who_looks_on_reads_the_question_and_has_nothing_to_press_but_links(browser: Browser, asking: House) -> None:
    with browsing(browser, asking.address) as (page, _):
        page.goto(asking.join_path)
        page.get_by_label("I only look on").check()
        page.get_by_role("button", name="Go on").click()

        expect(page.get_by_text("You are here to look on.")).to_be_visible()
        expect(page.get_by_text("By bus")).to_be_visible()
        assert page.locator("main form").count() == 0
        assert geometry_findings(page) == []


def test_the_page_is_large_plain_and_accessible(browser: Browser, asking: House) -> None:
    with browsing(browser, asking.address) as (page, _):
        page.goto(asking.join_path)
        expect(page.get_by_role("radio")).to_have_count(5)

        assert markup_findings(page) == []
        assert geometry_findings(page) == []
        assert focus_findings(page) == []
        assert axe_findings(page) == []
        assert large_text_findings(page) == []
