"""Trade engines on your own data: exact hat algebra, structural gravity, linear responses, inputs and tariffs.

Flows are matrices of money, exporter × importer, with home sales on the diagonal: row *i*, column *j* is what *i* sells
to *j*. A stack (sector, exporter, importer) holds several sectors. Of a DataArray whose dims are called ``exporter``
and ``importer`` the order does not matter; of importer × exporter data in other form pass the transpose, ``flows.T``.
Labels of DataFrames and DataArrays are kept: results come back as DataArrays with the same labels, and changes given
with labels may come in any order of countries.

A *change* is always a ratio of new to old: 1 is no change, 1.1 is 10 % more.
"""

from splinternet.trade._caliendo_parro import InputOutputEquilibrium, caliendo_parro
from splinternet.trade._gravity import Gravity, GravityEquilibrium, GravityFlows, gravity
from splinternet.trade._hat_algebra import Equilibrium, solve
from splinternet.trade._linear_response import LinearResponse, linear_response

__all__ = [
    "Equilibrium",
    "Gravity",
    "GravityEquilibrium",
    "GravityFlows",
    "InputOutputEquilibrium",
    "LinearResponse",
    "caliendo_parro",
    "gravity",
    "linear_response",
    "solve",
]
