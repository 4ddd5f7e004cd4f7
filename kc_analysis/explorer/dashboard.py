"""The scenarios' notebook as a page of its own, served to this machine only."""

import logging
import os
import socket
import threading
import webbrowser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_server.utils import url_path_join
from nbformat import NotebookNode
from tornado.web import HTTPError
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from kc_analysis.model import Text
from kc_analysis.reading.cycle import home, load_plan

NOTEBOOK = "04_scenarios.ipynb"
ADDRESS = "127.0.0.1"


class _Farewell(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """What a page says when it is left, so that its kernel can end.

    Voilà's page sends no token with it, and its server would refuse it for that.
    """

    def check_xsrf_cookie(self) -> None:
        """See that it comes from a page of this server."""
        if not self.check_origin():
            raise HTTPError(403)


class _Server(Voila):  # type: ignore[misc]
    """Voilà that lets kernels end, and opens no page of its own that asks for outside styles."""

    def init_handlers(self) -> list[Any]:
        farewell = url_path_join(self.server_url, "/voila/api/shutdown/(.*)")
        return [(farewell, _Farewell), *super().init_handlers()]

    def launch_browser(self) -> None:
        threading.Thread(target=webbrowser.open, args=[self.connection_url], daemon=True).start()


def serve(cycle: str, lang: str = "vi", port: int = 8866, *, browser: bool = True) -> None:
    """Serve the sliders of a cycle's plan, until stopped.

    Parameters
    ----------
    cycle : str
    lang : {"vi", "en"}
    port : int
        The next that is free, if another program has it.
    browser : bool
        Whether to open the page.

    Raises
    ------
    DataError
        If there is no such cycle, or its decision cannot be read.
    """
    load_plan(cycle)
    port = free_port(port)
    with TemporaryDirectory() as folder:
        page = Path(folder, NOTEBOOK)
        notebook = nbformat.read(home() / "notebooks" / NOTEBOOK, as_version=4)
        nbformat.write(for_dashboard(notebook, cycle, lang), page)
        templates = str(Path(__file__).parent / "jupyter")
        known = os.environ.get("JUPYTER_PATH")
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [templates, known]))
        address = f"http://{ADDRESS}:{port}/"
        stop = Text("dừng bằng Ctrl+C", "stop with Ctrl+C")
        print(f"{address} ({stop[lang]})", flush=True)
        settings = {
            "VoilaConfiguration": {
                "template": "kc",
                "resources": {"lang": lang},
                "file_allowlist": [],
            },
            "VoilaExporter": {"language_code": lang},
        }
        server = _Server(
            ip=ADDRESS,
            port=port,
            open_browser=browser,
            log_level=logging.ERROR,
            config=Config(settings),
        )
        server.initialize([str(page)])
        server.start()


def for_dashboard(notebook: NotebookNode, cycle: str, lang: str) -> NotebookNode:
    """A copy of the notebook for a cycle: its title, its first section's code, and the sliders.

    The rest tells of one scenario; here a planner opens any.
    """
    other = Text("en", "vi")[lang]
    cells = [cell for cell in notebook.cells if cell.metadata.get("tags") != [other]]
    sections = [i for i, cell in enumerate(cells) if cell.source.startswith("## ")]
    title = nbformat.v4.new_markdown_cell(cells[0].source.partition("\n")[0])
    parameters = nbformat.v4.new_code_cell(f"CYCLE = {cycle!r}\nLANG = {lang!r}")
    loading = [cell for cell in cells[: sections[0]] if cell.cell_type == "code"][1:]
    # The sliders, tagged with both languages, are of no use on a page without a kernel.
    sliders = next(cell for cell in cells if len(cell.metadata.get("tags", [])) > 1)
    chosen = [title, parameters, *loading, sliders]
    metadata = {"kernelspec": notebook.metadata.kernelspec}
    return NotebookNode(nbformat.v4.new_notebook(cells=chosen, metadata=metadata))


def free_port(port: int) -> int:
    """The port, or the next that no other program listens on."""
    while True:
        with socket.socket() as trial:
            if trial.connect_ex((ADDRESS, port)):
                return port
        port += 1
