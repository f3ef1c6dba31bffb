"""The record of 2020-22: who signed which framework, when, and in which joint act."""

from __future__ import annotations

import calendar
import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

RECORD = Path(__file__).resolve().parent / "record"

#: Column prefix of a framework in signatories_by_country.csv.
COLUMN = {"clean_network": "cn", "gids": "gids"}

#: A membership of the Clean Network whose date is unknown (NRU) counts from the end of 2020.
UNDATED = "2020-12-31"

#: As many states that take the same step on the same day act jointly.
JOINT_ACT = 3


@dataclass(frozen=True)
class Outcomes:
    """What one framework's record says.

    Attributes
    ----------
    date : dict
        ISO-3 code -> first date (YYYY-MM-DD, the last day where only a month is known) of every member: any level from
        1 (counted, welcomed, listed) to 4 (founder).
    act : dict
        ISO-3 code -> name of the joint act by which it joined; countries that joined alone are absent.
    """

    date: dict[str, str]
    act: dict[str, str] = field(default_factory=dict)

    def members(self, day: str) -> set[str]:
        """Members on `day` (YYYY-MM-DD), that day included."""
        return {code for code, date in self.date.items() if date <= day}


def complete_date(text: str) -> str:
    """Fill a date of which only the month is known with the month's last day; an empty one with `UNDATED`."""
    if not text:
        return UNDATED
    if len(text) == 10:
        return text
    year, month = (int(part) for part in text.split("-"))
    return f"{text}-{calendar.monthrange(year, month)[1]:02d}"


def read_outcomes(framework: str, folder: Path = RECORD) -> Outcomes:
    """Read the record of one framework ("clean_network" or "gids").

    Joint acts follow from signatories.csv by rule, not by name: at least `JOINT_ACT` states with the same status on the
    same day. A country in several acts belongs to the first. Only GIDS was joined by joint acts; the Clean Network's
    batches are days on which the State Department updated its list.
    """
    column = COLUMN[framework]
    with open(folder / "signatories_by_country.csv", newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if int(row[f"{column}_level"]) >= 1]
    date = {row["iso3"]: complete_date(row[f"{column}_first_date"]) for row in rows}
    return Outcomes(date, joint_acts(folder) if framework == "gids" else {})


def joint_acts(folder: Path) -> dict[str, str]:
    """Country -> "status date" of the earliest joint act for GIDS that it took part in."""
    with open(folder / "signatories.csv", newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["framework"] == "gids" and len(row["date"]) == 10]
    size = Counter((row["date"], row["status"]) for row in rows)
    acts: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["date"]):
        if size[row["date"], row["status"]] >= JOINT_ACT:
            acts.setdefault(row["iso3"], f"{row['status']} {row['date']}")
    return acts
