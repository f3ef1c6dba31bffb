"""Days of steps, and the days that users name."""

import datetime
from typing import Any

from splinternet._core import ScenarioError

_LAST_YEAR = 9999


def months_after(start: datetime.date, months: int) -> datetime.date:
    """Return the first day of the month so many months later."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > _LAST_YEAR:
        raise ScenarioError(
            f"{months} months after {start} there is no date any more: the calendar ends with {_LAST_YEAR}"
        )
    return datetime.date(year, month + 1, 1)


def day_of(when: Any) -> datetime.date:
    """Return the day that a user means: a date or time, "2022-06-01", or "2022-06" for the first of the month."""
    if isinstance(when, datetime.datetime):
        return when.date()
    if isinstance(when, datetime.date):
        return when
    text = f"{when}-01" if str(when).count("-") == 1 else str(when)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ScenarioError(
            f"{when!r} is neither the number of a step nor a date such as 2022-06 or 2022-06-01"
        ) from None
