"""The panels of the overview beside the map."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes

from plotted import Numbers
from run_file import INDEX_PARTS, RunFile
from style import (FAINT_INK, INK, PART_COLOURS, SMALL_SIZE, TEXT_SIZE, bloc_colour, panel_title, plain_frame, shortened,
                   spread)

TRANSIT_COUNTRIES = 10
#: Labelled countries at either end of each bloc's strip of real income.
LABELLED = 3
DOT_POINTS = 5.0


def event_groups(run: RunFile) -> list[tuple[str, int, list[str]]]:
    """(letter, step, ids) of the events that fell into one step, in order of time; after z the letters double."""
    steps = sorted({step for step, _ in run.events})
    letters = [chr(97 + i % 26) * (1 + i // 26) for i in range(len(steps))]
    return [(letter, step, [name for s, name in run.events if s == step]) for letter, step in zip(letters, steps)]


def draw_membership(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Members (solid) and signatories (dashed) of each framework over time, with the events."""
    members, signed = run.data.member_count.values, run.data.signatory_count.values
    for k, framework in enumerate(run.frameworks):
        for counts, series, dash in ((members, "members", "-"), (signed, "signatories", (0, (3, 2)))):
            numbers.add("membership", f"{series} {framework}", run.dates, counts[:, k])
            axes.plot(run.dates, counts[:, k], color=bloc_colour(1 + k), linestyle=dash,
                      linewidth=2.6 if series == "members" else 1.6, marker="o" if len(run.dates) == 1 else None)
    top = max(1.0, 1.18 * float(members.max(initial=0)))
    axes.set(ylim=(0, top), ylabel="countries")
    _date_axis(axes, run)
    _mark_events(axes, run, numbers)
    finals = [float(members[-1, k]) for k in range(len(run.frameworks))]
    labels = [f"{shortened(name, 14)} {value:.0f}" for name, value in zip(run.framework_names, finals)]
    _end_labels(axes, finals, labels, [bloc_colour(1 + k) for k in range(len(finals))])
    panel_title(axes, "Members over time (dashed: signed)")


def draw_index(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """The splinternet index and what each part contributes to it (weight times part), stacked."""
    index = run.data.splinternet_index.values
    contributions = {part: run.index_weights[part] * run.data[part].values.astype(float) for part in INDEX_PARTS}
    numbers.add("index", "splinternet_index", run.dates, index)
    for part, values in contributions.items():
        numbers.add("index", f"contribution of {part}", run.dates, values)
    axes.stackplot(run.dates, *contributions.values(), colors=PART_COLOURS, linewidth=0,
                   labels=[f"{INDEX_PARTS[part]} ({values[-1]:.3f})" for part, values in contributions.items()])
    axes.plot(run.dates, index, color=INK, linewidth=2.4, marker="o" if len(run.dates) == 1 else None)
    axes.set(ylim=(0, max(0.02, 1.75 * float(index.max()))), ylabel="index, 0 to 1")
    _date_axis(axes, run)
    _end_labels(axes, [float(index[-1])], [f"index {index[-1]:.3f}"], [INK])
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(handles[::-1], labels[::-1], loc="upper left", fontsize=SMALL_SIZE, frameon=False, labelspacing=0.25,
                handlelength=1.2, handletextpad=0.5, borderaxespad=0.1)
    panel_title(axes, "Splinternet index and its parts")


def draw_welfare(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Change of real income of each country at the last step: one strip of dots per bloc, with the bloc's median."""
    income, blocs = run.final("real_income").astype(float), run.final("bloc")
    groups = [*range(1, 1 + len(run.frameworks)), 0]
    names = {0: "unaligned", **{1 + k: name for k, name in enumerate(run.framework_names)}}
    ids = {0: "unaligned", **{1 + k: name for k, name in enumerate(run.frameworks)}}
    _income_axis(axes, income)
    axes.set(ylim=(len(groups) - 0.5, -0.5))
    for row, bloc in enumerate(groups):
        chosen = np.flatnonzero(blocs == bloc)
        codes = [run.countries[i] for i in chosen]
        numbers.add("welfare", ids[bloc], codes, income[chosen])
        _strip(axes, row, income[chosen], codes, bloc)
    world = float(run.final("world_real_income"))
    numbers.add("welfare", "world", ["world"], [world])
    axes.axvline(world, color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=1)
    axes.text(world, -0.52, f"world {world:+.2f} %", ha="center", va="bottom", fontsize=SMALL_SIZE)
    axes.set_yticks(range(len(groups)), [shortened(names[bloc], 16) for bloc in groups])
    axes.tick_params(axis="y", length=0)
    panel_title(axes, "Real income by country")


def draw_transit(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Share of world data demand that crosses the largest transit countries: first step (ring), last step (dot)."""
    first = 100 * run.data.transit_share.isel(step=0).values.astype(float)
    last = 100 * run.final("transit_share").astype(float)
    blocs = run.final("bloc")
    order = np.argsort(-np.maximum(first, last), kind="stable")[:TRANSIT_COUNTRIES]
    codes = [run.countries[i] for i in order]
    numbers.add("transit", "start", codes, first[order])
    numbers.add("transit", "end", codes, last[order])
    rows = np.arange(len(order))
    axes.hlines(rows, first[order], last[order], color=FAINT_INK, linewidth=2.2, zorder=2)
    axes.scatter(first[order], rows, s=44, facecolor="white", edgecolor=INK, linewidth=1.3, zorder=3)
    axes.scatter(last[order], rows, s=44, c=[bloc_colour(int(blocs[i])) for i in order], edgecolor=INK, linewidth=0.7,
                 zorder=4)
    highest = float(max(first.max(), last.max(), 1e-6))
    for row, i in enumerate(order):
        axes.text(max(first[i], last[i]) + 0.03 * highest, row, f"{last[i] - first[i]:+.1f}", va="center",
                  fontsize=SMALL_SIZE, color=FAINT_INK)
    axes.set(xlim=(0, 1.14 * highest), ylim=(len(order) - 0.4, -0.6), xlabel="% of world data demand; change in points")
    axes.set_yticks(rows, [shortened(str(run.data.country_name.values[i]), 16) for i in order])
    axes.tick_params(axis="y", length=0)
    plain_frame(axes, "x")
    panel_title(axes, "Transit traffic: start \u25cb, end \u25cf")


def _date_axis(axes: Axes, run: RunFile) -> None:
    locator = mdates.AutoDateLocator(minticks=4, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(mdates.ConciseDateFormatter(locator, show_offset=False))
    if len(run.dates) > 1:
        axes.set_xlim(run.dates[0], run.dates[-1])
    plain_frame(axes, "y")


def _mark_events(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """A thin line with a letter at each step that has events; neighbours too close to tell apart share the text row."""
    top = axes.get_ylim()[1]
    span = max(1, len(run.dates) - 1)
    previous, level = -span, 0
    for letter, step, names in event_groups(run):
        for name in names:
            numbers.add("events", name, [run.dates[step]], [step])
        level = (level + 1) % 2 if step - previous < 0.035 * span else 0
        previous = step
        axes.axvline(run.dates[step], color=FAINT_INK, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
        axes.text(run.dates[step], top * (1.0 - 0.085 * level), letter, ha="center", va="bottom", fontsize=SMALL_SIZE,
                  color=INK, fontweight="bold", bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})


def _end_labels(axes: Axes, values: Sequence[float], texts: Sequence[str], colours: Sequence[str]) -> None:
    """Labels lines at their right end, moved apart where they would cover each other."""
    top = axes.get_ylim()[1]
    places = spread(list(values), 0.1 * top, 0.97 * top)
    for place, text, colour in zip(places, texts, colours):
        axes.annotate(text, (1.0, place), xycoords=("axes fraction", "data"), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=TEXT_SIZE, fontweight="bold", color=colour, annotation_clip=False)


def _income_axis(axes: Axes, income: np.ndarray) -> None:
    """A linear axis, or a compressed one where a few countries lie far beyond the rest."""
    size = np.abs(income)
    typical = float(np.median(size))
    compressed = typical > 0 and size.max() > 8 * typical
    if compressed:
        axes.set_xscale("asinh", linear_width=2 * typical)
    low, high = min(0.0, float(income.min())), max(0.0, float(income.max()))
    margin = 0.04 * (high - low) or 1.0
    axes.set(xlim=(low - margin * (2 if compressed else 1), high + margin * (0.3 if compressed else 1)))
    axes.set_xlabel("% change since the start" + (" (axis compressed towards both ends)" if compressed else ""))
    axes.axvline(0, color=FAINT_INK, linewidth=0.9, zorder=1)
    plain_frame(axes, "x")


def _strip(axes: Axes, row: int, values: np.ndarray, codes: list[str], bloc: int) -> None:
    """One row of dots, piled up where they are dense, with the median and the codes of the extremes."""
    if len(values) == 0:
        return
    offsets = _pile(axes, values)
    axes.scatter(values, row + offsets, s=DOT_POINTS**2, c=bloc_colour(bloc), edgecolor=INK, linewidth=0.4, zorder=3)
    median = float(np.median(values))
    axes.plot([median, median], [row - 0.42, row + 0.42], color=INK, linewidth=1.8, zorder=4)
    order = np.argsort(values, kind="stable")
    ends = set(order[:LABELLED]) | set(order[-LABELLED:])
    for i in sorted(ends):
        axes.annotate(codes[i], (values[i], row + offsets[i]), xytext=(0, 4.5), textcoords="offset points", ha="center",
                      va="bottom", fontsize=SMALL_SIZE - 1, zorder=5)


def _pile(axes: Axes, values: np.ndarray) -> np.ndarray:
    """Offsets in rows that keep dots of one strip apart: each takes the free place nearest to the middle."""
    places = axes.transData.transform(np.column_stack([values, np.zeros(len(values))]))[:, 0]
    box = axes.get_window_extent()
    dot = DOT_POINTS * axes.figure.dpi / 72 * 1.08
    per_row = box.height / abs(np.subtract(*axes.get_ylim()))
    most = int(0.42 * per_row / dot)
    tries = [0.0] + [sign * dot * n for n in range(1, most + 1) for sign in (1.0, -1.0)]
    offsets = np.zeros(len(values))
    done: list[int] = []
    for i in np.argsort(places, kind="stable"):
        near = [j for j in done if places[i] - places[j] < dot]
        offsets[i] = next((t for t in tries if all(np.hypot(places[i] - places[j], t - offsets[j]) >= dot for j in near)),
                          0.0)
        done.append(i)
    return offsets / per_row
