"""The result of a run: what a file holds, with tables, pictures and explanations made of it."""

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from splinternet import _core, _dataset, _pictures, _result_text, _tables
from splinternet._labels import Step, chosen, reached
from splinternet._progress import Progress
from splinternet.explanation import Explanation, explain

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.figure import Figure

    from splinternet.analysis import Analysis
    from splinternet.custom import FirmRule, Payoff
    from splinternet.scenario import Scenario
    from splinternet.verification import Verification


class Result:
    """What a run recorded.

    Made by :func:`splinternet.run`, :meth:`splinternet.Simulation.result` and :func:`splinternet.open_result`; it
    never changes. Everything is in :attr:`dataset`, as ``xarray.open_dataset`` shows the file; the rest are tables,
    pictures and texts made of it.

    Examples
    --------
    >>> import splinternet as sn
    >>> result = sn.run("classroom-12", seed=1)
    >>> result
    <Result of classroom-12: 12 countries, 2 frameworks, 2020-08-01 to 2025-08-01 in 60 steps, seed 1>
    >>> result.members.loc["2020-08-01"].to_dict()
    {'clean_network': 0, 'gids': 0}
    >>> result["real_income"].sel(country="BRA").dims
    ('step',)
    """

    def __init__(
        self, labelled: _core.LabelledDataset, scenario: "Scenario | None" = None, name: str | None = None
    ) -> None:
        self._labelled = labelled
        self._scenario = scenario
        self._name = name
        #: Seconds that the run spent in each rule of your own, by name; empty for results that were read from a file.
        self.custom_seconds: dict[str, float] = {}

    @cached_property
    def dataset(self) -> "xr.Dataset":
        """All arrays with their labels, dates, units and meanings: what ``xarray.open_dataset`` gives for the file.

        Changing it does not change the result that :meth:`save` writes.
        """
        return _dataset.to_xarray(self._labelled)

    @cached_property
    def attributes(self) -> dict[str, str]:
        """What the file tells of the run as a whole: title, seed, versions, the scenario as text (docs/FORMAT.md)."""
        return dict(self._labelled.attributes)

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.attributes["scenario_name"]

    @property
    def scenario(self) -> "Scenario":
        """The scenario with every value that the run had, ready to be run again or changed."""
        if self._scenario is None:
            from splinternet.scenario import Scenario  # noqa: PLC0415 - it imports this module

            self._scenario = Scenario.from_toml(self.attributes["scenario"], name=self.name)
        return self._scenario

    def __getitem__(self, name: str) -> "xr.DataArray":
        """Return the array of this name.

        Raises
        ------
        ScenarioError
            There is no such array; the nearest name is told.
        """
        return self.dataset[chosen("array", name, self.dataset.variables)]

    @property
    def members(self) -> "pd.DataFrame":
        """Members of each framework: dates as index, ids of frameworks as columns; ``result.members.plot()``."""
        return _tables.members(self.dataset)

    def member(self, country: str) -> "pd.DataFrame":
        """Tell what a country belonged to over time.

        Parameters
        ----------
        country : str
            ISO 3166-1 alpha-3 code or English name, in any case; of an actor its name.

        Returns
        -------
        pandas.DataFrame
            Dates as index, ids of frameworks as columns; the words none, listed and signed.

        Raises
        ------
        ScenarioError
            The result knows no such country; the nearest name is told.

        Examples
        --------
        >>> import splinternet as sn
        >>> sn.run("classroom-12", seed=1).member("united states").iloc[[0, -1]]["clean_network"].to_list()
        ['none', 'signed']
        """
        return _tables.member(self.dataset, country)

    @property
    def metrics(self) -> "xr.Dataset":
        """The series that are one number at a time, over dates: ``result.metrics.splinternet_index.plot()``."""
        return _tables.metrics(self.dataset)

    @property
    def acts(self) -> "pd.DataFrame":
        """Changes of membership in order: step, date, country, framework, kind, organisation, offer (1e9 USD).

        The kinds are acceded, acceded_jointly, sponsored, withdrew and listing_lapsed.
        """
        return _tables.acts(self.dataset)

    @property
    def decisions(self) -> "pd.DataFrame":
        """Decisions in order, a row each: who, when, courted by whom, what was taken and what that was worth.

        `chosen_target` are the memberships taken, joined by "+" ("" for none), `chosen_total` what they were worth
        against staying (pp of real income a year, in worlds of actors the unit of the scenario), `chosen_offer` the
        sum offered (1e9 USD), `options` the number of options. The other columns are described in docs/FORMAT.md;
        units are in ``.attrs["units"]``.
        """
        return _tables.decisions(self.dataset)

    @property
    def options(self) -> "pd.DataFrame":
        """Options of all decisions, a row each, with a column for each payoff term; they sum to `total`."""
        return _tables.options(self.dataset)

    @property
    def answers(self) -> "pd.DataFrame":
        """Answers of organisations to visits, in order: rule, utility (pp), draw, and whether they acceded."""
        return _tables.answers(self.dataset)

    @property
    def digests(self) -> "pd.Series[int]":
        """Digest of the state after each step, by step: equal digests mean equal runs."""
        import pandas as pd  # noqa: PLC0415 - slow

        until = reached(self.dataset)
        return pd.Series(until.state_digest.values, index=pd.Index(until.step.values, name="step"), name="digest")

    def to_pandas(self, name: str | None = None, *, tidy: bool = False) -> "pd.DataFrame | pd.Series[Any]":
        """Return an array as a table.

        Parameters
        ----------
        name : str, optional
            Name of the array; without it all series that are one number at a time, a column each.
        tidy : bool
            One row for each value, with its labels in columns of their own, instead of dates as the index and the
            other labels as columns.

        Returns
        -------
        pandas.DataFrame or pandas.Series
            A Series for an array with one dimension. Categories are words.

        Raises
        ------
        ScenarioError
            There is no such array; the nearest name is told.

        Examples
        --------
        >>> import splinternet as sn
        >>> result = sn.run("classroom-12", seed=1)
        >>> result.to_pandas("membership", tidy=True).columns.to_list()
        ['date', 'country', 'framework', 'membership']
        >>> result.to_pandas("real_income").shape
        (61, 12)
        """
        return _tables.to_pandas(self.dataset, name, tidy)

    def plot(self, kind: str | None = None, *, only: Sequence[str] | None = None) -> "Figure":
        """Draw a picture of the run.

        Parameters
        ----------
        kind : str, optional
            "overview" (the default), "members", "index", "income", "transit" or "map"; or the name of an array over
            time, of which each label is a line. In worlds without a map the overview shows members and their tiles.
        only : sequence of str, optional
            Labels of the lines of an array, at most seven; without it the ones of the largest values. Countries by
            code or name.

        Returns
        -------
        matplotlib.figure.Figure
            ``.savefig("run.png")`` writes it; a notebook shows it; in a script ``matplotlib.pyplot.show()`` does.

        Raises
        ------
        ScenarioError
            There is no such picture, array or label; the nearest name is told.
        DataError
            The run did not record what is to be drawn.

        Examples
        --------
        >>> import splinternet as sn
        >>> result = sn.run("classroom-12", seed=1)
        >>> figure = result.plot("real_income", only=["Brazil", "IND"])
        >>> figure.axes[0].get_title("left")
        'change of real income since the baseline'
        """
        return _pictures.plot(self.dataset, kind, only)

    def map(self, step: Step = -1, variable: str | None = None) -> "Figure":
        """Draw the countries as equal tiles, laid out like a map of the world; actors stand in a square.

        Parameters
        ----------
        step : int, str or date
            Number of the step whose state is shown (negative: from the end), or a date such as "2021-06" or a
            datetime: the last state that is not later.
        variable : str, optional
            Array by country to colour the tiles by; without it the blocs, listed members hatched.

        Returns
        -------
        matplotlib.figure.Figure
            See :meth:`plot`.

        Raises
        ------
        ScenarioError
            There is no such step, date or array by country.
        DataError
            The run did not record memberships.

        Examples
        --------
        >>> import splinternet as sn
        >>> figure = sn.run("classroom-12", seed=1).map("2022-01", "real_income")
        >>> sorted(text.get_text() for text in figure.axes[0].texts)[:3]
        ['BRA', 'CHL', 'CHN']
        """
        return _pictures.draw_map(self.dataset, step, variable)

    def explain(
        self,
        country: str | None = None,
        step: Step | None = None,
        compare: "Result | str | os.PathLike[str] | None" = None,
    ) -> Explanation:
        """Tell why a country signed or stayed out, or where this run parts from another.

        Parameters
        ----------
        country : str, optional
            Code or English name. May be left out with `compare`: then the first difference of any country is told.
        step : int, str or date, optional
            Only what happened in this step, given by number or by a date that falls into it.
        compare : Result or path, optional
            Another run: told is the first decision over which the two part.

        Returns
        -------
        Explanation
            Prints as the text of ``splinternet explain``; its tables are the numbers behind it.

        Raises
        ------
        ScenarioError
            There is no such country or step.
        DataError
            The arrays of the result contradict each other, or two runs cannot be compared.

        Examples
        --------
        >>> import splinternet as sn
        >>> explanation = sn.run("classroom-12", seed=1).explain("BRA")
        >>> print(explanation.text.splitlines()[0])
        Brazil (BRA) in "Twelve countries, two frameworks: a classroom world", seed 1
        >>> explanation.decisions["country"].unique().tolist()
        ['BRA']
        """
        other = compare if isinstance(compare, Result) or compare is None else open_result(compare)
        return explain(self._labelled, self.dataset, country, step, None if other is None else other._labelled)

    def analyse(
        self,
        step: Step | None = None,
        pivotal: Sequence[str] | int | None = None,
        *,
        tables: str | os.PathLike[str] | None = None,
        threads: int = 0,
        progress: Progress = None,
        payoffs: "Iterable[Payoff] | None" = None,
        firm_rule: "FirmRule | None" = None,
    ) -> "Analysis":
        """Find whether the frameworks hold together, who could tip them, who has power over them, and who mattered.

        The run is replayed up to the step, and once more for each country that is held out.

        Parameters
        ----------
        step : int, str or date, optional
            State to be analysed, as of :meth:`map`; without it the last.
        pivotal : sequence of str or int, optional
            Countries to hold out, by code or English name, or how many of the members of largest GDP.
        tables : path, optional
            Folder of the run's tables, if they are not where the result says.
        threads : int
            Threads, 0 for all of the machine; the result does not depend on it.
        progress : bool or callable, optional
            As for :func:`run`.
        payoffs, firm_rule
            The rules of your own that the run had, as for :func:`run`.

        Returns
        -------
        Analysis
            Tables `stability`, `margin`, `power`, `traffic` and `pivotal`, and the text of ``splinternet analyse``.

        Raises
        ------
        DataError
            The run cannot be replayed, or nobody decides in it.

        Examples
        --------
        >>> import splinternet as sn
        >>> analysis = sn.run("classroom-12", seed=1).analyse()
        >>> analysis["stability"].loc["gids", "internal"] in (0, 1)
        True
        """
        from splinternet.analysis import analyse_result  # noqa: PLC0415 - it imports this module

        return analyse_result(
            self,
            step,
            pivotal,
            tables=tables,
            threads=threads,
            progress=progress,
            payoffs=payoffs,
            firm_rule=firm_rule,
        )

    def verify(
        self,
        tables: str | os.PathLike[str] | None = None,
        *,
        threads: int = 0,
        progress: Progress = None,
        payoffs: "Iterable[Payoff] | None" = None,
        firm_rule: "FirmRule | None" = None,
    ) -> "Verification":
        """Run the scenario again and compare every value bit for bit; arguments as of :func:`splinternet.verify`."""
        from splinternet.verification import verify  # noqa: PLC0415 - it imports this module

        return verify(self, tables, threads=threads, progress=progress, payoffs=payoffs, firm_rule=firm_rule)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the HDF5 file: the same bytes as ``splinternet run`` writes.

        Parameters
        ----------
        path : path
            Folders are made if they are missing. A file that is there is replaced when the new one is complete.

        Raises
        ------
        FileError
            The operating system refuses.

        Examples
        --------
        >>> import splinternet as sn, tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "run.h5"
        >>> sn.run("classroom-12", seed=1).save(path)
        >>> sn.open_result(path).name
        'classroom-12'
        """
        self._labelled.write(os.fspath(path))

    def __repr__(self) -> str:
        """Tell in a line what was run."""
        return f"<Result of {self.name}: {_result_text.facts(self.dataset)}>"

    def _repr_html_(self) -> str:
        return _result_text.html(self.dataset, self.name)


def open_result(path: str | os.PathLike[str]) -> Result:
    """Read a result file.

    Parameters
    ----------
    path : path
        A file that ``splinternet run`` or :meth:`Result.save` wrote.

    Returns
    -------
    Result
        With all values to the bit.

    Raises
    ------
    DataError
        The file is missing, damaged, none of this program, or of a format that it does not read.
    FileError
        The operating system refuses.

    See Also
    --------
    xarray.open_dataset : opens the same file, without this package, as what is :attr:`Result.dataset` here.

    Examples
    --------
    >>> import splinternet as sn, tempfile
    >>> path = tempfile.mkdtemp() + "/run.h5"
    >>> sn.run("classroom-12", seed=1).save(path)
    >>> sn.open_result(path).digests.equals(sn.run("classroom-12", seed=1).digests)
    True
    """
    return Result(_core.read_result(os.fspath(path)), name=os.fspath(path))
