"""A real browser over a live server. Without Debian's chromium the journeys are skipped and say so, except where
GONGKAI_REQUIRE_BROWSER=1 makes that a failure."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests import factories

from gongkai.accounts import roles
from gongkai.accounts.models import Post, User
from gongkai.agencies.models import Agency

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic", "--no-first-run",
]
PASSWORD = "correct-horse-1949"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("GONGKAI_REQUIRE_BROWSER") == "1":
            pytest.fail(f"no browser at {CHROMIUM}, and GONGKAI_REQUIRE_BROWSER=1 forbids skipping")
        pytest.skip(f"no browser at {CHROMIUM}")
    # Playwright's loop lives in this thread, where Django would refuse every query.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield launched
        launched.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Visitor:
    """A person at a browser. `go` opens a path and insists on a page without accessibility faults."""

    page: Page
    base: str
    complaints: list[str]

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path)
        self.look()
        return self.page

    def look(self) -> None:
        """No axe violation, nothing wider than the screen, nothing refused by our own security policy."""
        faults = [f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(self.page).response["violations"]]
        assert faults == [], f"{self.page.url}: {faults}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"
        assert self.complaints == [], f"{self.page.url}: {self.complaints}"

    def sign_in(self, username: str) -> Page:
        self.go("/accounts/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.locator("main").get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/desk/")
        self.look()
        return self.page


@pytest.fixture
def visit(browser: Browser, live_server: object) -> Iterator[Callable[..., Visitor]]:
    opened: list[BrowserContext] = []

    def open_(width: int = 1280, *, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        page, complaints = context.new_page(), []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
        return Visitor(page, live_server.url, complaints)  # type: ignore[attr-defined]

    yield open_
    for context in opened:
        context.close()


@dataclass
class County:
    """A county with two bureaus and a township, its clerk and its supervisor."""

    government: Agency
    civil: Agency
    water: Agency
    town: Agency


@pytest.fixture
def county(transactional_db: None) -> County:
    government = factories.agency("青澜县人民政府")
    civil, water = (factories.agency(name, government) for name in ("青澜县民政局", "青澜县水利局"))
    town = factories.agency("青澜县云麓镇人民政府", government, kind="township", level="township")
    person("clerk", "李文", civil, roles.HeadOfOffice)
    person("supervisor", "周敏", government, roles.Supervisor)
    person("manager", "王管", government, roles.SystemAdministrator)
    return County(government, civil, water, town)


def person(username: str, name: str, where: Agency, role: type[roles.Role]) -> User:
    user = User.objects.create_user(username, PASSWORD, name=name)
    Post.objects.create(user=user, agency=where, role=role.key, valid_from=date(2020, 1, 1))
    return user
