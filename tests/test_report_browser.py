"""Pages of reports in a real browser: nothing runs, nothing is asked for, everybody can read them, from either side."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from erc_cli.commands.report import make_report
from erc_cli.core.reports.report import Report
from erc_cli.render.documents import render_report
from erc_cli.render.look import Look
from erc_cli.store.catalogue import words_in
from erc_cli.store.worktree import WorkTree
from reports_made import PAYLOADS, SMALL, hostile

ROOT = Path(__file__).parent.parent
AXE = "4.11.1"
BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    BROWSER is None or DRIVER is None, reason="no Chromium with its driver: reports in a browser"
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=str(DRIVER)))
    driver.set_page_load_timeout(60)
    driver.get("about:blank")
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, kept in `.venv` once it was fetched."""
    folder = Path(sys.prefix) / "share" / f"axe-core-{AXE}"
    source = folder / "node_modules/axe-core/axe.min.js"
    if not source.is_file():
        if shutil.which("npm") is None:
            pytest.skip("no npm to fetch axe-core with: accessibility of reports")
        words = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", f"axe-core@{AXE}"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip("axe-core could not be fetched: accessibility of reports")
    return source.read_text("utf-8")


def page_of(report: Report, language: str) -> bytes:
    return render_report(report, "html", Look(words_in(language)))


def show(browser: Any, content: bytes, folder: Path, width: int = 1000, height: int = 900) -> Path:
    path = folder / "report.html"
    path.write_bytes(content)
    browser.get_log("browser")
    browser.get_log("performance")
    browser.set_window_size(width, height)
    browser.get(path.as_uri())
    return path


def requests(browser: Any, page: str) -> list[str]:
    """What was asked for from the page on; before it comes what the browser's own first page asks for."""
    messages = [json.loads(one["message"])["message"] for one in browser.get_log("performance")]
    urls = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
    return urls[urls.index(page) :]


REPORTS = ["status", "plan", "budget", "register", "results", "brief"]


def league_report(name: str, language: str) -> Report:
    source = WorkTree(str(ROOT / "examples/lantern-league"))
    subject = "harbour-states-union" if name == "brief" else ""
    return make_report(source, name, subject, date(2024, 6, 30), words_in(language), internal=False)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize("name", REPORTS)
def test_a_page_asks_for_nothing_and_complains_of_nothing(
    browser: Any, axe: str, tmp_path: Path, name: str, language: str
) -> None:
    path = show(browser, page_of(league_report(name, language), language), tmp_path)
    assert requests(browser, path.as_uri()) == [path.as_uri()]
    assert browser.get_log("browser") == []
    for scheme in ("light", "dark"):
        emulated = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", emulated)
        assert _violations(browser, axe) == [], scheme
    background = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert background == "rgb(20, 25, 31)", "dark where the reader has it dark"


def _violations(browser: Any, axe: str) -> list[str]:
    browser.execute_script(axe)
    found = browser.execute_async_script("const done = arguments[0]; axe.run(document).then(done)")
    return [
        f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("moderate", "serious", "critical")
    ]


_PLACES = """
const sides = (one) => [one.getBoundingClientRect().left, one.getBoundingClientRect().right];
const place = (name) => sides(document.querySelector(name));
const heads = [...document.querySelectorAll('thead th')].map((one) => one.getBoundingClientRect().left);
const range = document.createRange(); range.selectNodeContents(document.querySelector('h1'));
return {heads, title: sides(range), main: place('main'), bar: place('.bar'), filled: place('.bar > span'),
  direction: getComputedStyle(document.body).direction, item: place('main ul:not(.bars) li'), day: place('time'),
  wide: document.documentElement.scrollWidth, seen: document.documentElement.clientWidth};
"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_run_from_the_side_of_their_language(browser: Any, tmp_path: Path, language: str) -> None:
    show(browser, page_of(SMALL, language), tmp_path)
    found = browser.execute_script(_PLACES)
    from_right = language == "ar"
    assert found["direction"] == ("rtl" if from_right else "ltr")
    assert found["heads"] == sorted(found["heads"], reverse=from_right), "the first column stands where reading begins"
    assert len(set(found["heads"])) == 7
    near, far = (1, 0) if from_right else (0, 1)
    assert abs(found["title"][near] - found["main"][near]) < 40
    assert abs(found["title"][far] - found["main"][far]) > 300
    assert found["filled"][near] == found["bar"][near]
    assert found["filled"][1] - found["filled"][0] == pytest.approx((found["bar"][1] - found["bar"][0]) / 3, rel=0.01)
    assert abs(found["day"][near] - found["main"][near]) < 80


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("name", ["plan", "register"])
def test_only_tables_scroll_sideways(browser: Any, tmp_path: Path, name: str, width: int) -> None:
    show(browser, page_of(league_report(name, "fr"), "fr"), tmp_path)
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wide, seen = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert seen == width
    assert wide <= seen


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_register_is_printed_whole(browser: Any, tmp_path: Path, language: str) -> None:
    show(browser, page_of(league_report("register", language), language), tmp_path)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    pages = pypdf.PdfReader(io.BytesIO(base64.b64decode(printed))).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages), "across, since its table is wide"
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    for agreement in ("brightglass-mou", "tidewater-cooperation-next", "terfane-archives-letters"):
        assert agreement in text


def test_no_text_of_the_data_runs(browser: Any, tmp_path: Path) -> None:
    for number, payload in enumerate(PAYLOADS):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = show(browser, page_of(hostile(payload), "ar"), folder)
        assert requests(browser, path.as_uri()) == [path.as_uri()], payload
        assert browser.get_log("browser") == [], payload
        assert browser.execute_script("return document.querySelectorAll('script, img, svg, iframe, b').length") == 0
