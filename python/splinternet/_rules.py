"""Rules of the user's own as arguments of runs and replays."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from splinternet.custom import FirmRule, Payoff, Rules


def rules_of(payoffs: "Iterable[Payoff] | None", firm_rule: "FirmRule | None") -> "Rules | None":
    """Return the rules of a call as one; None without any."""
    if payoffs is None and firm_rule is None:
        return None
    from splinternet.custom import Rules  # noqa: PLC0415 - not needed without rules of one's own

    return Rules(payoffs, firm_rule)
