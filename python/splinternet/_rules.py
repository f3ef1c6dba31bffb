"""Rules of the user's own as arguments of runs and replays."""

from typing import Any


def rules_of(arguments: dict[str, Any]) -> Any:
    """Return the rules that these keyword arguments name, a splinternet.custom.Rules; None if there are none."""
    if not arguments:
        return None
    from splinternet.custom import Rules  # noqa: PLC0415 - not needed without rules of one's own

    return Rules(**arguments)
