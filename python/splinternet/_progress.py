"""Telling how far a run is: a bar in terminals and notebooks, or a function of the user."""

import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from splinternet._core import ScenarioError

#: What the core calls now and then: steps done, steps in all.
Tell = Callable[[int, int], object]
#: True or False: a bar or none; None: a bar where it can be seen, if it takes a while; or a function of the user.
Progress = bool | Tell | None

_SECONDS_WITHOUT_BAR = 1.0


def _is_seen() -> bool:
    if "ipykernel" in sys.modules:
        return True
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):  # no stream, or a closed one
        return False


def _tqdm() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # in a notebook without ipywidgets its bar is text, which is as good
        from tqdm.auto import tqdm  # noqa: PLC0415 - slow, and not needed by short runs
    return tqdm


class _Bar:
    """A bar of tqdm that appears once the work has taken a while."""

    def __init__(self, what: str, seconds_without: float) -> None:
        self._what = what
        self._appears = time.monotonic() + seconds_without
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            if time.monotonic() < self._appears:
                return
            self._bar = _tqdm()(total=total, unit=self._what, leave=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


@contextmanager
def progress_bar(progress: Progress, what: str) -> Iterator[Tell | None]:
    """Yield what the core is to call, `what` being counted: a bar, the user's function, or None.

    Raises
    ------
    ScenarioError
        If `progress` is neither True, False, None nor a function.
    """
    if progress is not None and not isinstance(progress, bool) and not callable(progress):
        raise ScenarioError(f"progress: {progress!r} is neither True, False, None nor a function of (done, total)")
    if callable(progress):
        yield progress
    elif progress is False or (progress is None and not _is_seen()):
        yield None
    else:
        bar = _Bar(what, 0.0 if progress else _SECONDS_WITHOUT_BAR)
        try:
            yield bar
        finally:
            bar.close()
