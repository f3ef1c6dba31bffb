"""How pictures of runs are drawn: of xarray datasets alone, so that scripts without the compiled core draw the same.

Those put the folder above on their path and import ``_figures``.
"""
