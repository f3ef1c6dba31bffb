"""The picture of a world whose states are all gone through: what they are worth, and where moves end."""

from __future__ import annotations

import textwrap
from collections import Counter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from _figures.plotted import Numbers
from _figures.style import FAINT_INK, FRAMEWORK_COLOURS, INK, SMALL_SIZE, panel_title, plain_frame
from results import Tables, has, members_of, number

LEFT, RIGHT = (0.085, 0.12, 0.39, 0.66), (0.57, 0.12, 0.4, 0.66)
#: Rest states that have a letter and a line of text; more would not be legible.
LETTERS = "ABCDEFGH"
#: More coalitions of one size than so many are drawn on a logarithmic axis, lest single ones vanish.
MANY = 60


def draw_states(figure: Figure, numbers: Numbers, tables: Tables, unit: str) -> None:
    """What is known of all states, states of rest marked; beside it stability by size, or basins.

    Parameters
    ----------
    unit
        Unit of payoffs. Where the states are too many for a table, what tips each actor is drawn in their place.
    """
    rest, states = tables.get("rest_states", []), tables.get("states")
    left, right = figure.add_axes(LEFT, label="worth"), figure.add_axes(RIGHT, label="stability")
    if states is not None:
        _draw_worth(left, numbers, states, rest, unit)
    else:
        _draw_tipping(left, numbers, tables["tipping"], rest, unit)
    if "coalition_sizes" in tables:
        _draw_stability(right, numbers, tables["coalition_sizes"])
        return
    if states is not None:
        _draw_letters(left, states, rest)
    _draw_basins(right, numbers, rest, tables)


def _draw_worth(axes: Axes, numbers: Numbers, states: list[dict[str, str]], rest: list[dict[str, str]],
                unit: str) -> None:
    """Worth of all states by the size of the first framework."""
    first, column, scale, power = _axes_of(states)
    for label, chosen, style in (("all states", states, {"color": FAINT_INK, "s": 14, "alpha": 0.4, "linewidth": 0}),
                                 ("states of rest", rest, {"color": FRAMEWORK_COLOURS[1], "s": 60, "edgecolor": INK})):
        x = [_size(state, first) for state in chosen]
        y = [number(state, column) / scale for state in chosen]
        axes.scatter(x, y, label=label, zorder=2 if chosen is states else 4, **style)
        numbers.add("worth", label, x, y)
    axes.margins(y=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set(xlabel=f"members of {first.replace('_', ' ')}", ylabel=f"{column.replace('_', ' ')} ({power}{unit})")
    axes.legend(loc="best", frameon=False, fontsize=SMALL_SIZE)
    plain_frame(axes, "y")
    panel_title(axes, f"What the {len(states)} states are worth")


def _draw_tipping(axes: Axes, numbers: Numbers, tipping: list[dict[str, str]], rest: list[dict[str, str]],
                  unit: str) -> None:
    """The payment that tips each actor at the first state of rest, the least first."""
    rows = sorted((row for row in tipping if row["state"] == rest[0]["state"]),
                  key=lambda row: number(row, "payment_to_tip"))
    places = np.arange(len(rows))
    payments = [number(row, "payment_to_tip") for row in rows]
    homes = sorted({row["now"] for row in rows})
    axes.barh(places, payments, height=0.7, color=[FRAMEWORK_COLOURS[homes.index(row["now"])] for row in rows])
    numbers.add("tipping", rest[0]["members"], [row["actor"] for row in rows], payments)
    axes.set_yticks(places, [f"{row['actor']} ({row['now']})" for row in rows], fontsize=SMALL_SIZE)
    axes.set(xlabel=f"payment that tips it ({unit})", ylim=(len(rows) - 0.4, -0.6))
    plain_frame(axes, "x")
    sizes = ", ".join(f"{framework} {len(members)}" for framework, members in members_of(rest[0]["members"]).items())
    panel_title(axes, f"What would tip each ({sizes})")


def _draw_letters(axes: Axes, states: list[dict[str, str]], rest: list[dict[str, str]]) -> None:
    """Letters of the first states of rest; those on the same place stand one to the right of the other."""
    first, column, scale, _ = _axes_of(states)
    seen: Counter[tuple[int, float]] = Counter()
    for letter, state in zip(LETTERS, rest):
        x, y = _size(state, first), number(state, column) / scale
        place = (x, round(y, 6))
        axes.annotate(letter, (x, y), xytext=(8 + 11 * seen[place], 4), textcoords="offset points", fontweight="bold",
                      zorder=5)
        seen[place] += 1


def _axes_of(states: list[dict[str, str]]) -> tuple[str, str, float, str]:
    """The framework whose size is drawn, the column of worth, its scale and the scale's name."""
    first = min((framework for state in states for framework in members_of(state["members"])), default="")
    column = "energy" if has(states[0], "energy") else "sum_of_payoffs"
    largest = max(abs(number(state, column)) for state in states)
    power = 3 * int(np.log10(max(1.0, largest)) // 3)
    return (first, column, 10.0**power, f"$10^{{{power}}}$ ") if power > 3 else (first, column, 1.0, "")


def _size(state: dict[str, str], framework: str) -> int:
    return len(members_of(state["members"]).get(framework, []))


def _draw_stability(axes: Axes, numbers: Numbers, sizes: list[dict[str, str]]) -> None:
    """Stable coalitions of each size, and those that transfers among members could hold together."""
    x = np.array([int(row["size"]) for row in sizes])
    bars = (("stable", "stable", FRAMEWORK_COLOURS[0], -0.21),
            ("potentially_internal", "internally stable with transfers", FRAMEWORK_COLOURS[1], 0.21))
    highest = 1.0
    for column, label, colour, shift in bars:
        y = np.array([number(row, column) for row in sizes])
        numbers.add("stability", column, x, y)
        axes.bar(x + shift, y, width=0.4, color=colour, edgecolor=INK, linewidth=0.5, label=label)
        highest = max(highest, float(np.nanmax(y)))
        for place, value in zip(x + shift, y):
            if value > 0:
                axes.annotate(f"{value:.0f}", (place, value), xytext=(0, 2), textcoords="offset points", ha="center",
                              fontsize=SMALL_SIZE - 2)
    axes.set(xlabel="members", ylabel="coalitions of this size", xticks=x, ylim=(0, 1.15 * highest))
    if highest > MANY:
        axes.set_yscale("symlog", linthresh=1)
        axes.set_ylim(0, 4 * highest)
        ticks = [0, *(10**power for power in range(int(np.log10(highest)) + 1))]
        axes.set_yticks(ticks, [str(tick) for tick in ticks])
    axes.legend(loc="upper left", frameon=False, fontsize=SMALL_SIZE)
    plain_frame(axes, "y")
    panel_title(axes, "Which coalitions hold together")


def _draw_basins(axes: Axes, numbers: Numbers, rest: list[dict[str, str]], tables: Tables) -> None:
    """From how many starts each state of rest is reached."""
    shown = rest[: len(LETTERS)]
    share = [100 * number(state, "share_of_starts") for state in shown]
    lot = [100 * number(state, "random_order_probability") for state in shown]
    rows = np.arange(len(shown))
    for values, label, colour, shift in ((share, "largest gains first", FRAMEWORK_COLOURS[0], -0.15),
                                         (lot, "in random order", FRAMEWORK_COLOURS[1], 0.15)):
        axes.barh(rows + shift, values, height=0.26, color=colour, edgecolor=INK, linewidth=0.5, label=label)
        numbers.add("basins", label, [state["members"] for state in shown], values)
    for row, state in zip(rows, shown):
        text = "\n".join(textwrap.wrap(f"{LETTERS[row]}  {state['members'].replace('_', ' ')}", 62, max_lines=2,
                                       placeholder=" \u2026"))
        axes.annotate(text, (0, row - 0.33), xytext=(2, 2), textcoords="offset points", fontsize=SMALL_SIZE)
    axes.set(xlabel="% of all starts that end there, moving one at a time", yticks=[], xlim=(0, 100),
             ylim=(len(shown) - 0.4, -0.75))
    turning = sum(int(row["starts"]) for row in tables["at_once"] if int(row["period"]) > 1)
    total = sum(int(row["starts"]) for row in tables["at_once"])
    numbers.add("at_once", "share that goes round", ["starts"], [100 * turning / total])
    axes.legend(loc="upper right", frameon=False, fontsize=SMALL_SIZE)
    axes.text(1.0, -0.16, f"All at once, {100 * turning / total:.0f} % of starts never come to rest.", ha="right",
              transform=axes.transAxes, fontsize=SMALL_SIZE, color=FAINT_INK)
    plain_frame(axes, "x")
    more = f" (the first {len(shown)} of {len(rest)})" if len(shown) < len(rest) else ""
    panel_title(axes, f"Where moves end{more}")

