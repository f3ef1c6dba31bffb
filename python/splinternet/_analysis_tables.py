"""From the CSV tables of analyses, as the program writes them, to pandas."""

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: Columns whose entries are names even where they look like numbers.
NAMES = frozenset(
    {"analysis", "actor", "best_move", "country", "framework", "group", "members", "now", "structure", "voter"}
)


def tables_of_scenario(text: str) -> "dict[str, pd.DataFrame]":
    """Make a table of each analysis of a scenario, with the columns that it has."""
    import pandas as pd  # noqa: PLC0415 - slow

    rows: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        rows.setdefault(row.pop("analysis"), []).append(row)
    tables = {}
    for name, list_of_rows in rows.items():
        columns = [column for column in list_of_rows[0] if any(row[column] for row in list_of_rows)]
        tables[name] = pd.DataFrame(
            {column: _typed(column, [row[column] for row in list_of_rows]) for column in columns}
        )
    return tables


def tables_of_result(text: str) -> "dict[str, pd.DataFrame]":
    """Make a table of each part of the analysis of a result: what it is of as index, quantities as columns.

    Parts: `stability` by framework; `margin` by framework and country; `entry`, what a framework's entry into force
    takes, by framework; `power` and `traffic` by framework and country; `pivotal` by the country that was held out and
    framework, with those that joined or stayed out for its lack in `lost` and `gained`.
    """
    cells: dict[str, dict[tuple[str, ...], dict[str, Any]]] = {}
    units: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(io.StringIO(text, newline="")):
        part = "entry" if row["part"] == "power" and not row["country"] else row["part"]
        key = {
            "stability": (row["framework"],),
            "entry": (row["framework"],),
            "pivotal": (row["country"], row["framework"]),
        }.get(part, (row["framework"], row["country"]))
        columns = cells.setdefault(part, {}).setdefault(key, {})
        quantity = row["quantity"]
        if part == "pivotal" and quantity.startswith(("lost_", "gained_")):
            change, _, code = quantity.partition("_")
            columns[change] = f"{columns.get(change, '')} {code}".strip()
            continue
        columns[quantity] = float(row["value"]) if row["value"] else float("nan")
        units.setdefault(part, {})[quantity] = row["unit"]
        if row["standard_error"]:
            columns[f"{quantity}_standard_error"] = float(row["standard_error"])
    return {part: _indexed(part, rows, units.get(part, {})) for part, rows in cells.items()}


def _indexed(part: str, rows: dict[tuple[str, ...], dict[str, Any]], units: dict[str, str]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - slow

    labels = ["country", "framework"] if part == "pivotal" else ["framework", "country"]
    keys = list(rows)
    if len(keys[0]) == 1:
        index: pd.Index[Any] = pd.Index([key[0] for key in keys], name="framework")
    else:
        index = pd.MultiIndex.from_tuples(keys, names=labels)
    table = pd.DataFrame(list(rows.values()), index=index)
    for change in ("lost", "gained") if part == "pivotal" else ():
        table[change] = table[change].fillna("") if change in table else ""
    table.attrs["units"] = units
    return table


def _typed(column: str, texts: list[str]) -> list[Any]:
    """Make whole numbers or real ones of a column if it holds nothing else; an empty cell is NaN."""
    if column in NAMES:
        return texts
    try:
        return [int(text) for text in texts]
    except ValueError:
        pass
    try:
        return [float(text) if text else float("nan") for text in texts]
    except ValueError:
        return texts
