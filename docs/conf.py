"""The site: guides, reference and executed notebooks. `make docs` builds it; nothing is fetched."""

import inspect
import re
import shutil
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import nbformat
from sphinx.errors import ExtensionError

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

import kc_analysis  # noqa: E402

project = "kc_analysis"
author = copyright = "The kc_analysis developers"
version = release = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "version"
]

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
suppress_warnings = ["config.cache"]
nitpicky = True

html_theme = "furo"
html_title = "kc_analysis"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False

myst_heading_anchors = 3

# The notebooks' outputs are those that are committed. Sliders need a kernel, and their scripts the
# network: the cell that makes them is left out.
nb_execution_mode = "off"
nb_ipywidgets_js = {}

autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False

LANGUAGES = ("vi", "en")
NAMES = {"vi": "Sổ", "en": "Notebook"}
AS_COMMITTED = (
    "```{note}\nTables, charts and sentences stand here as they are committed: in Vietnamese. "
    '`LANG = "en"` in the first code cell makes them English.\n```'
)
WITH_CODE = "Các lệnh: xem [trang tiếng Anh](../en/{}), hoặc mở sổ trong JupyterLab."

PAGES = {
    "model": "Plan and errors",
    "reading": "Reading",
    "checks": "Checks",
    "analysis": "Analysis",
    "scenarios": "Scenarios and drafts",
    "midterm": "Mid-term review",
    "explorer": "Sliders",
    "publishing": "Tables",
    "wording": "Wording",
    "numerals": "Numbers",
    "charts": "Charts",
    "sentences": "Sentences",
}


def write_notebooks() -> None:
    """Each notebook once a language; cells tagged with the other language are left out."""
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        folder = fresh(HERE / "notebooks" / lang)
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            cells = [
                cell for cell in notebook.cells if other not in cell["metadata"].get("tags", [])
            ]
            title = f"# {NAMES[lang]} {path.name[:2]}: "
            cells[0]["source"] = cells[0]["source"].replace("# ", title, 1)
            if lang == "vi":  # as on the report's pages, no code
                for cell in cells:
                    if cell["cell_type"] == "code":
                        cell["metadata"]["tags"] = ["remove-input"]
                link = WITH_CODE.format(path.name)
                cells.append(nbformat.v4.new_markdown_cell(link, id="with-code"))
            else:
                cells.insert(1, nbformat.v4.new_markdown_cell(AS_COMMITTED, id="as-committed"))
            notebook.cells = cells
            nbformat.write(notebook, folder / path.name)


def write_reference() -> None:
    """A page a package, with all that ``kc_analysis`` offers, as its stub file lists it."""
    folder = fresh(HERE / "api")
    offered: dict[str, list[tuple[str, str]]] = {}
    stub = (ROOT / "kc_analysis" / "__init__.pyi").read_text("utf-8")
    for module, name in re.findall(r"^from (\S+) import (\w+) as \2$", stub, re.M):
        thing = getattr(kc_analysis, name)
        if not inspect.ismodule(thing):
            page = module.split(".")[1]
            offered.setdefault(page, []).append(("kc_analysis", name))
            continue
        own = [
            key
            for key, value in vars(thing).items()
            if inspect.isfunction(value)
            and not key.startswith("_")
            and value.__module__.startswith(thing.__name__)
        ]
        offered[name] = [(thing.__name__, key) for key in own]
    for page in sorted(offered, key=list(PAGES).index):
        text = f"{PAGES[page]}\n{'=' * len(PAGES[page])}\n"
        for module, name in offered[page]:
            thing = getattr(sys.modules[module], name)
            kind = "class" if inspect.isclass(thing) else "function"
            if inspect.isclass(thing) and issubclass(thing, BaseException):
                kind = "exception"
            text += f"\n.. currentmodule:: {module}\n.. auto{kind}:: {name}\n"
        (folder / f"{page}.rst").write_text(text, "utf-8")
    pages = "".join(f"   {page}\n" for page in PAGES if page in offered)
    head = (
        "Reference\n=========\n\n``import kc_analysis as kc`` offers what stands on these pages.\n"
    )
    (folder / "index.rst").write_text(f"{head}\n.. toctree::\n\n{pages}", "utf-8")


def write_pages() -> None:
    """The project's own pages, with links as they are from here; what the site has not is text."""
    folder = fresh(HERE / "pages")
    names = ["README.md", "README.vi.md", "CONTRIBUTING.md", "CHANGELOG.md"]

    def link(found: re.Match[str]) -> str:
        text, target = found.groups()
        if target.startswith(("http", "#")) or target in names:
            return found[0]
        return f"[{text}](../{target[5:]})" if target.startswith("docs/") else text

    for name in names:
        text = (ROOT / name).read_text("utf-8")
        (folder / name).write_text(re.sub(r"\[([^\]]*)\]\(([^)\s]+)\)", link, text), "utf-8")


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def tell_language(app, page, template, context, tree) -> None:
    """Browsers and readers of screens are told which pages are Vietnamese."""
    if "/vi/" in f"/{page}" or page in ("vi", "pages/README.vi"):
        context["language"] = "vi"


def check_links(app, exception) -> None:
    """Every link within the site leads somewhere, and no page fetches anything from outside."""
    if exception or app.builder.name != "html":
        return
    out, places, links = Path(app.outdir), {}, []
    for page in out.rglob("*.html"):
        tree = lxml.html.fromstring(page.read_bytes())
        places[page] = {*tree.xpath("//@id"), *tree.xpath("//a/@name"), ""}
        links += [(page, urlsplit(link), False) for link in tree.xpath("//a/@href")]
        fetched = tree.xpath("//@src | //link[not(@rel='canonical')]/@href")
        links += [(page, urlsplit(link), True) for link in fetched]
    broken = []
    for page, link, fetched in links:
        if link.scheme or link.netloc:
            wrong = fetched and link.scheme != "data"
        else:
            aim = (page.parent / unquote(link.path)).resolve() if link.path else page
            wrong = not aim.exists() or unquote(link.fragment) not in places.get(
                aim, {unquote(link.fragment)}
            )
        if wrong:
            broken.append(f"{page.relative_to(out)}: {link.geturl()}")
    if broken:
        raise ExtensionError("Links that lead nowhere, or outside:\n" + "\n".join(broken))


def setup(app) -> None:
    """Make the pages that are made of other files, then let Sphinx read them."""
    write_notebooks()
    write_reference()
    write_pages()
    app.connect("html-page-context", tell_language)
    app.connect("build-finished", check_links)
