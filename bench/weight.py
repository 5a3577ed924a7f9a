"""What a phone fetches: a real Chromium opens a family's pages, and the bytes on the wire are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.chromium import FLAGS, chromium_path

FIRST_LOAD, NEXT_LOAD = 90 * 1024, 15 * 1024
PHONE: ViewportSize = {"width": 375, "height": 667}


@dataclass(frozen=True)
class Weight:
    """Bytes with headers, compressed as sent: the page alone, and everything it made the browser fetch."""

    path: str
    total: int
    requests: int


def weigh(port: int, cookies: str, paths: list[str]) -> list[Weight]:
    """Open the pages one after the other in one browser: the first with an empty cache."""
    address = f"http://localhost:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS])
        try:
            context = browser.new_context(viewport=PHONE, locale="en-US")
            context.add_cookies(
                [
                    {"name": name, "value": value, "url": address}
                    for name, value in (pair.split("=", 1) for pair in cookies.split("; "))
                ]
            )
            page = context.new_page()
            return [_open(page, address, path) for path in paths]
        finally:
            browser.close()


def _open(page: Page, address: str, path: str) -> Weight:
    link = page.context.new_cdp_session(page)
    fetched: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        if size := int(event["encodedDataLength"]):
            fetched.append(size)

    link.on("Network.loadingFinished", finished)
    link.send("Network.enable")
    answer = page.goto(address + path, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{path} does not open.")
    link.detach()
    return Weight(path, sum(fetched), len(fetched))
