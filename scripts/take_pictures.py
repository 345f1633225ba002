"""Take the pictures of the README from a running demonstration: `python scripts/take_pictures.py http://127.0.0.1:8000`.

Needs Debian's chromium and fonts-noto-cjk. Every picture is a real page of the demo, nothing is drawn by hand; the
terminal is the program's own output for a synthetic report with a planted mistake, set in a plain page.
"""

from __future__ import annotations

import html
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from gongkai.core.report.samples import plant, sample
from gongkai.core.report.writers import write

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
TERMINAL = (
    "<meta charset=utf-8><body style='margin:0;background:#20242a'><pre style='margin:0;padding:24px;"
    "white-space:pre-wrap;color:#e8e6e1;font:15px/1.5 \"Noto Sans Mono CJK SC\",monospace'>{}</pre>"
)


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", "gongkai-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/**")


def terminal() -> str:
    """What `gongkai check` prints for a report in which one total is wrong."""
    report = sample(7, form_id="2021", agency="青澜县教育局", year=2025)
    broken, _ = plant(report, "C2", random.Random(5))  # noqa: S311 - a picture, not a secret
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "年报.docx"
        file.write_bytes(write(broken, "docx"))
        done = subprocess.run(
            [sys.executable, "-m", "gongkai", "check", file.name], cwd=folder, capture_output=True, text=True,
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "110"},
        )
    return "$ ./run check 年报.docx\n" + done.stdout


def report_to_show(desk: Page, base: str) -> None:
    """Open, of the reports with errors, the one with the plainest mend."""
    desk.goto(f"{base}/desk/annual-reports/?found=error")
    plain = {}
    for path in [link.get_attribute("href") for link in desk.locator("tbody th a").all()]:
        desk.goto(f"{base}{path}")
        if desk.locator(".finding .mend").count() and desk.locator("td.marked-wrong.main").count():
            plain[path] = len(desk.locator(".finding .mend").first.inner_text())
    desk.goto(base + str(min(plain, key=lambda path: plain[path])))
    box = desk.locator("td.marked-wrong.main").first.bounding_box()
    assert box is not None
    desk.evaluate("y => scrollTo(0, Math.max(0, y))", box["y"] - 900)


def office_to_show(desk: Page, base: str) -> None:
    """The clerk's first page, and an application whose clock was stopped by a consultation, its reasons open."""
    sign_in(desk, base, "clerk")
    keep(desk, "today")
    desk.goto(f"{base}/desk/applications/?q=饮用水")
    desk.locator("tbody th a").first.click()
    desk.locator("summary", has_text="为什么").first.click()
    keep(desk, "application")


def document_to_show(public: Page, desk: Page, base: str) -> None:
    """A normative document as the public reads it, and how it came through its gates."""
    public.goto(f"{base}/policies/?q=宅基地审批管理")
    public.get_by_role("link", name="青澜县农村宅基地审批管理办法", exact=True).first.click()
    keep(public, "document")
    desk.goto(f"{base}/desk/publications/?q=宅基地审批管理")
    desk.locator("tbody th a").last.click()
    keep(desk, "publication")


def year_to_show(desk: Page, office: Page, base: str) -> None:
    """The bureau's report as it is compiled, with the records behind a number, and the supervisor's board."""
    office.goto(f"{base}/desk/annual/")
    office.locator("a.button-primary", has_text="2025").first.click()
    office.locator("#cell-t3-refused_process-total a, td a[href*='t3.refused_process.total']").first.click()
    office.wait_for_selector("dialog[open]")
    office.wait_for_timeout(1000)
    keep(office, "compiling")
    desk.goto(f"{base}/desk/campaigns/")
    if desk.locator("tbody th a").count():
        desk.locator("tbody th a").first.click()
    keep(desk, "board")


def keep(page: Page, name: str) -> None:
    """The window as it is. A page of paper and ink needs few colours: ImageMagick, where there is one, halves it."""
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    if tool := shutil.which("convert"):
        subprocess.run([tool, path, "+dither", "-colors", "128", f"png8:{path}"], check=True)


def main(base: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        desk = browser.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN").new_page()
        sign_in(desk, base, "supervisor")
        desk.set_viewport_size({"width": 1280, "height": 980})
        report_to_show(desk, base)
        keep(desk, "report")
        desk.set_viewport_size({"width": 1280, "height": 860})
        desk.goto(f"{base}/desk/annual-reports/rollup/1/2025/")
        keep(desk, "rollup")
        phone = browser.new_context(viewport={"width": 390, "height": 780}, locale="zh-CN").new_page()
        office = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
        office_to_show(office, base)
        public = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN").new_page()
        document_to_show(public, office, base)
        year_to_show(desk, office, base)
        phone.goto(f"{base}/apply/?q=自然资源局")
        phone.get_by_role("link", name="青澜县自然资源局").first.click()
        keep(phone, "phone")
        desk.goto(f"{base}/desk/annual-reports/batches/3/")
        keep(desk, "batch")
        shell = browser.new_context(viewport={"width": 1040, "height": 400}).new_page()
        shell.set_content(TERMINAL.format(html.escape(terminal())))
        box = shell.locator("pre").bounding_box()
        assert box is not None
        shell.set_viewport_size({"width": 1040, "height": round(box["height"])})
        keep(shell, "terminal")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
