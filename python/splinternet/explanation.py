"""Why a country signed or stayed out, or where two runs part: in words, and as tables."""

from html import escape
from typing import TYPE_CHECKING

from splinternet import _core, _tables
from splinternet._core import ScenarioError
from splinternet._labels import Step, country_code, last_step, step_during

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


class Explanation:
    """What the record of a run tells about the decisions of one country.

    Printed it is the text that ``splinternet explain`` prints; :attr:`decisions` and :attr:`options` are the numbers
    behind it.

    Attributes
    ----------
    text : str
        The explanation in words.
    country : str or None
        Code of the country; None if two runs are compared over all countries.
    """

    def __init__(self, text: str, country: str | None, dataset: "xr.Dataset", step: int | None) -> None:
        self.text = text
        self.country = country
        self._dataset = dataset
        self._step = step

    @property
    def decisions(self) -> "pd.DataFrame":
        """Decisions that are explained, a row each, in order of time; columns as of :attr:`Result.decisions`."""
        return self._part(_tables.decisions(self._dataset))

    @property
    def options(self) -> "pd.DataFrame":
        """Options of these decisions with the worth of each by payoff term; columns as of :attr:`Result.options`."""
        return self._part(_tables.options(self._dataset))

    def _part(self, table: "pd.DataFrame") -> "pd.DataFrame":
        if self.country is not None:
            table = table[table["country"] == self.country]
        return table if self._step is None else table[table["step"] == self._step]

    def __str__(self) -> str:
        """Return the text."""
        return self.text

    def __repr__(self) -> str:
        """Return the text, so that a prompt shows it as it is."""
        return self.text.rstrip("\n")

    def _repr_html_(self) -> str:
        style = "max-height: 32em; overflow: auto; line-height: 1.35"
        return f'<pre style="{style}">{escape(self.text)}</pre>'


def explain(
    labelled: _core.LabelledDataset,
    dataset: "xr.Dataset",
    country: str | None,
    step: Step | None,
    compare: _core.LabelledDataset | None,
) -> Explanation:
    """Explain the decisions of a country, or where two runs part; see Result.explain."""
    code = None if country is None else country_code(dataset, country)
    if compare is not None:
        if step is not None:
            raise ScenarioError("step: where two runs part is found over all steps; leave step or compare out")
        return Explanation(_core.explain_parting(labelled, compare, code), code, dataset, None)
    if code is None:
        raise ScenarioError("country: name one, by code or English name, or compare= with another result")
    number = None if step is None else step_during(dataset, step)
    if number == 0:
        raise ScenarioError(f"step: nothing is decided in step 0, the start; there are steps 1 to {last_step(dataset)}")
    return Explanation(_core.explain(labelled, code, number), code, dataset, number)
