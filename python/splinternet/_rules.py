"""Rules of the user's own as arguments of runs and replays."""

from collections.abc import Callable
from typing import Any


def rules_of(arguments: dict[str, Any], call: Callable[..., Any]) -> Any:
    """Return the rules that these keyword arguments of a call name, a splinternet.custom.Rules; None without any.

    Raises
    ------
    TypeError
        As Python does for an argument that the call does not have, with the nearest one.
    """
    if not arguments:
        return None
    for name in arguments:
        if name not in ("payoffs", "firm_rule"):
            raise TypeError(f"{call.__name__}() got an unexpected keyword argument {name!r}{_hint(name, call)}")
    from splinternet.custom import Rules  # noqa: PLC0415 - not needed without rules of one's own

    return Rules(**arguments)


def _hint(name: str, call: Callable[..., Any]) -> str:
    import difflib  # noqa: PLC0415 - both are for messages only
    import inspect  # noqa: PLC0415

    near = difflib.get_close_matches(name, [*inspect.signature(call).parameters, "payoffs", "firm_rule"], 1)
    return f". Did you mean {near[0]!r}?" if near else ""
