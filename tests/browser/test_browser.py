"""A planner at a real browser: the sliders in JupyterLab, and in the dashboard."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

import kc_analysis as kc
from kc_analysis.explorer import knobs
from kc_analysis.explorer.words import WORDS
from kc_analysis.model import same
from kc_analysis.reading.cycle import home
from kc_analysis.scenarios.scenario import Scenario

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
NOTEBOOK = "04_scenarios.ipynb"
SECONDS = 120  # for a busy machine; waiting ends as soon as there is something to see


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM:
        if os.environ.get("CI_BROWSER"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    from playwright.sync_api import sync_playwright

    quiet = ("background-networking", "component-update", "sync", "quic", "gpu")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)],
        )
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path):
    """A home in which a planner may save."""
    for name in ("data/raw", "data/scenarios"):
        shutil.copytree(home() / name, tmp_path / name)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(home() / "notebooks" / NOTEBOOK, tmp_path / "notebooks")
    return tmp_path


def a_free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def running(command, port, folder):
    """A server with a home of its own, stopped in the end with all that it has started."""
    own = {
        "KC_HOME": str(folder),
        "HOME": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
    }
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **own}, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            until(lambda: answers(port) or server.poll() is not None)
            assert server.poll() is None, (folder / "server.log").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def until(so):
    end = time.monotonic() + SECONDS
    while not so() and time.monotonic() < end:
        time.sleep(0.1)


def answers(port):
    with socket.socket() as trial:
        return not trial.connect_ex(("127.0.0.1", port))


class Planner:
    """A browser page with the sliders, and what it asked for and complained of meanwhile."""

    def __init__(self, page, lang):
        self.page, self.lang = page, lang
        self.hosts, self.complaints = set(), []
        page.set_default_timeout(1000 * SECONDS)
        page.on("request", lambda request: self.note(urlsplit(request.url)))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def note(self, address):
        if address.scheme not in ("data", "blob"):  # what the page itself holds
            self.hosts.add(address.hostname)

    def words(self, name):
        return WORDS[name][self.lang]

    def press(self, name):
        self.page.get_by_role("button", name=self.words(name), exact=True).click()

    def sees_total(self, plan):
        total = kc.format_number(plan.budget["amount_million_vnd"].sum(), self.lang)
        self.page.locator(".kc-total", has_text=re.compile(f"^{re.escape(total)}$")).wait_for()

    def is_told(self, text):
        self.page.get_by_role("status").filter(has_text=text).wait_for()

    def sees_a_whole_picture(self):
        picture = self.page.locator(".kc-picture")
        assert picture.evaluate("image => image.complete && image.naturalWidth > 800")
        edges = self.page.locator(".kc-explorer").evaluate(
            "page => [page.scrollWidth - page.clientWidth, page.getBoundingClientRect().width]"
        )
        assert edges[0] <= 4 and edges[1] > 800  # a margin may stand out, no content


def open_lab(planner, address):
    page = planner.page
    page.goto(f"{address}/lab/tree/{NOTEBOOK}?reset")
    # The indicator says idle even before there is a kernel that could run anything.
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".kc-explorer .kc-main").wait_for()
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.locator(".kc-bar").evaluate("bar => bar.scrollIntoView()")


def open_dashboard(planner, address):
    planner.page.goto(address)
    planner.page.locator(".kc-explorer .kc-main").wait_for()


@pytest.fixture(params=["lab", "dashboard-vi", "dashboard-en"])
def at_work(request, folder, chromium, tmp_path):
    """A planner, and how the page is opened."""
    port, (surface, _, lang) = a_free_port(), request.param.partition("-")
    lab = ["jupyterlab", str(folder / "notebooks"), "--no-browser", "--allow-root"]
    command, opened = {
        "lab": (
            [*lab, f"--port={port}", "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"],
            open_lab,
        ),
        "dashboard": (
            ["kc_analysis.cli", "dashboard", "--no-browser", f"--port={port}", f"--lang={lang}"],
            open_dashboard,
        ),
    }[surface]
    with running(command, port, folder) as address:
        page = chromium.new_page(viewport={"width": 1400, "height": 900})
        planner = Planner(page, lang or "vi")
        yield planner, lambda: opened(planner, address)
        page.screenshot(path=tmp_path / f"{request.param}.png")
        page.close()


def test_a_planner_moves_a_slider_saves_and_opens_again(at_work, plan, folder):
    planner, open_page = at_work
    page = planner.page
    open_page()
    planner.sees_total(plan)
    planner.sees_a_whole_picture()

    page.locator(".kc-controls .noUi-handle").nth(3).focus()  # the first source in 2024
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    change = knobs.money("local", 2024, -5, "quantity")
    variant = kc.apply_scenario(plan, Scenario("x", same("x"), plan.cycle, (change,)))
    page.locator(".kc-changes", has_text="2024 −5%").wait_for()
    planner.sees_total(variant)

    page.get_by_label(planner.words("name"), exact=True).fill("trình duyệt")
    planner.press("save")
    planner.is_told("trình-duyệt.toml")
    assert kc.load_scenario(folder / "data/scenarios/trình-duyệt.toml").changes == (change,)
    planner.press("save")
    page.get_by_role("button", name=planner.words("overwrite")).wait_for()
    planner.press("keep")

    planner.press("excel")
    with page.expect_download() as download:
        page.locator(".kc-explorer a[download]").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    assert download.value.suggested_filename == "trình-duyệt.xlsx"

    open_page()
    planner.sees_total(plan)
    page.get_by_label(planner.words("scenario"), exact=True).select_option("trình duyệt")
    planner.press("load")
    planner.sees_total(variant)
    planner.press("undo")
    planner.sees_total(plan)
    planner.sees_a_whole_picture()

    assert planner.hosts == {"127.0.0.1"}
    assert planner.complaints == []


def test_the_dashboard_shows_no_code(folder, chromium):
    port = a_free_port()
    command = ["kc_analysis.cli", "dashboard", "--no-browser", f"--port={port}"]
    with running(command, port, folder) as address:
        page = urlopen(address).read().decode("utf-8")
    assert '<html lang="vi"' in page
    assert "load_plan" not in page
    assert re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)[^"]*"', page) == []
