"""Settings of the Python documentation: `make docs-python`, docs/python/build.py."""

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

import splinternet

project = "splinternet"
author = "the authors of splinternet"
release = version = splinternet.__version__
extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
exclude_patterns = ["python/templates"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "python/index"
templates_path = [str(Path(__file__).parent / "templates")]
html_theme = "pydata_sphinx_theme"
html_title = "splinternet"
html_theme_options = {
    "header_links_before_dropdown": 7,
    "navbar_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": False,
}
html_sidebars = {"**": ["sidebar-nav-bs"], "python/index": []}
html_show_sourcelink = False

nitpicky = True
nitpick_ignore = [("py:obj", "xarray.open_dataset")]  # in "See Also"; it is documented elsewhere
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the docstrings say more: shapes and units
autosummary_ignore_module_all = False
numpydoc_show_class_members = False  # the template of a class lists them
myst_heading_anchors = 3
html_math_renderer = "mathml"


def _pages_of_classes() -> dict[str, str]:
    """Name pages of classes that would differ from those of functions in case alone, which not all file systems see."""
    modules = [splinternet, *(getattr(splinternet, name) for name in splinternet._SUBMODULES)]
    names = [f"{module.__name__}.{name}" for module in modules for name in dir(module) if not name.startswith("_")]
    functions = {name for name in names if name.rpartition(".")[2].islower()}
    return {name: f"{name}-class" for name in names if name not in functions and name.lower() in functions}


autosummary_filename_map = _pages_of_classes()


def _inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def _block(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f"<p>{tex2mathml(node.astext(), as_block=True)}</p>")
    raise nodes.SkipNode


def setup(app: Any) -> None:
    """Write equations as MathML, which browsers show without a script from elsewhere."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
