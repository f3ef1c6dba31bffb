"""Settings of the Python documentation: `make docs-python`, docs/python/build.py."""

from pathlib import Path

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
html_theme_options = {"navbar_end": [], "show_prev_next": False, "secondary_sidebar_items": ["page-toc"]}
html_sidebars = {"**": ["sidebar-nav-bs"], "python/index": []}
html_show_sourcelink = False

nitpicky = True
nitpick_ignore = [("py:obj", "xarray.open_dataset")]  # in "See Also"; it is documented elsewhere
default_role = "code"
autodoc_typehints = "none"  # the docstrings say more: shapes and units
autosummary_ignore_module_all = False
numpydoc_show_class_members = False  # the template of a class lists them
myst_heading_anchors = 3
