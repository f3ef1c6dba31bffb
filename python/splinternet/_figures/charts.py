"""The panels of the overview beside the map."""

from collections.abc import Sequence
from typing import Any

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from .plotted import Numbers
from .run_file import INDEX_PARTS, RunFile
from .style import (
    FAINT_INK,
    INK,
    PART_COLOURS,
    SMALL_SIZE,
    TEXT_SIZE,
    bloc_colour,
    panel_title,
    plain_frame,
    readable,
    shortened,
    signed,
    spread,
)

_DATES: Any = mdates  # its functions bear no types
TRANSIT_COUNTRIES = 10
#: Diameters in points that the dots of a strip may have: the first with which they all find a place.
DOT_SIZES = (5.5, 5.0, 4.5, 4.0, 3.5, 3.0)


def event_groups(run: RunFile) -> list[tuple[str, int, list[str]]]:
    """(letter, step, ids) of the events that fell into one step, in order of time; after z the letters double."""
    steps = sorted({step for step, _ in run.events})
    letters = [chr(97 + i % 26) * (1 + i // 26) for i in range(len(steps))]
    return [
        (letter, step, [name for s, name in run.events if s == step])
        for letter, step in zip(letters, steps, strict=True)
    ]


def draw_membership(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Members (solid) and signatories (dashed) of each framework over time, with the events."""
    members, signed = run.data.member_count.values, run.data.signatory_count.values
    for k, framework in enumerate(run.frameworks):
        for counts, series, dash in ((members, "members", "-"), (signed, "signatories", (0, (3, 2)))):
            numbers.add("membership", f"{series} {framework}", run.dates, counts[:, k])
            axes.plot(
                run.dates,
                counts[:, k],
                color=bloc_colour(1 + k),
                linestyle=dash,
                linewidth=2.6 if series == "members" else 1.6,
                marker="o" if len(run.dates) == 1 else None,
            )
    top = max(1.0, 1.18 * float(members.max(initial=0)))
    axes.set(ylim=(0, top), ylabel="countries" if run.has_map else "actors")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.ticklabel_format(axis="y", style="plain")
    if not run.frameworks:
        axes.text(0.5, 0.5, "no frameworks", transform=axes.transAxes, ha="center", color=FAINT_INK)
    set_date_axis(axes, run.dates)
    _mark_events(axes, run, numbers)
    finals = [float(members[-1, k]) for k in range(len(run.frameworks))]
    labels = [f"{shortened(name, 14)} {value:.0f}" for name, value in zip(run.framework_names, finals, strict=True)]
    end_labels(axes, finals, labels, [bloc_colour(1 + k) for k in range(len(finals))])
    panel_title(axes, "Members over time (dashed: signed)", pad=20)


def draw_index(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Draw the splinternet index and what each part contributes to it (weight times part), stacked."""
    index = run.data.splinternet_index.values
    contributions = {part: run.index_weights[part] * run.data[part].values.astype(float) for part in INDEX_PARTS}
    numbers.add("index", "splinternet_index", run.dates, index)
    for part, values in contributions.items():
        numbers.add("index", f"contribution of {part}", run.dates, values)
    axes.stackplot(
        run.dates,
        *contributions.values(),
        colors=PART_COLOURS,
        linewidth=0,
        labels=[f"{INDEX_PARTS[part]} ({values[-1]:.3f})" for part, values in contributions.items()],
    )
    axes.plot(run.dates, index, color=INK, linewidth=2.4, marker="o" if len(run.dates) == 1 else None)
    axes.set(ylim=(0, max(0.02, 1.75 * float(index.max()))), ylabel="index, 0 to 1")
    set_date_axis(axes, run.dates)
    end_labels(axes, [float(index[-1])], [f"index {index[-1]:.3f}"], [INK])
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles[::-1],
        labels[::-1],
        loc="upper left",
        fontsize=SMALL_SIZE,
        frameon=False,
        labelspacing=0.25,
        handlelength=1.2,
        handletextpad=0.5,
        borderaxespad=0.1,
    )
    panel_title(axes, "Splinternet index and its parts")


def draw_welfare(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Change of real income of each country at the last step: one strip of dots per bloc, with the bloc's median."""
    income, blocs = run.final("real_income").astype(float), run.final("bloc")
    groups = [*range(1, 1 + len(run.frameworks)), 0]
    names = {0: "unaligned", **{1 + k: name for k, name in enumerate(run.framework_names)}}
    ids = {0: "unaligned", **{1 + k: name for k, name in enumerate(run.frameworks)}}
    _income_axis(axes, income)
    axes.set(ylim=(len(groups) - 0.5, -0.5))
    members = [np.flatnonzero(blocs == bloc) for bloc in groups]
    dot, offsets = _pile(axes, [income[chosen] for chosen in members])
    for row, (bloc, chosen) in enumerate(zip(groups, members, strict=True)):
        codes = [run.countries[i] for i in chosen]
        numbers.add("welfare", ids[bloc], codes, income[chosen])
        if len(chosen):
            axes.scatter(
                income[chosen],
                row + offsets[row],
                s=dot**2,
                c=bloc_colour(bloc),
                edgecolor=INK,
                linewidth=0.4,
                zorder=3,
            )
            axes.vlines(np.median(income[chosen]), row - 0.42, row + 0.42, color=INK, linewidth=1.8, zorder=4)
            _label_dots(axes, row + offsets[row], income[chosen], codes)
    world = float(run.final("world_real_income"))
    numbers.add("welfare", "world", ["world"], [world])
    axes.axvline(world, color=INK, linewidth=1.2, linestyle=(0, (1, 1.5)), zorder=1)
    axes.set_yticks(range(len(groups)), [shortened(names[bloc], 16) for bloc in groups])
    axes.tick_params(axis="y", length=0)
    panel_title(axes, f"Real income by country (bar: median; dotted: world {signed(world, 2)} %)")


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
    axes.scatter(
        last[order], rows, s=44, c=[bloc_colour(int(blocs[i])) for i in order], edgecolor=INK, linewidth=0.7, zorder=4
    )
    highest = float(max(first.max(), last.max(), 1e-6))
    for row, i in enumerate(order):
        axes.text(
            max(first[i], last[i]) + 0.03 * highest,
            row,
            signed(last[i] - first[i], 1),
            va="center",
            fontsize=SMALL_SIZE,
            color=FAINT_INK,
        )
    axes.set(xlim=(0, 1.14 * highest), ylim=(len(order) - 0.4, -0.6), xlabel="% of world data demand; change in points")
    axes.set_yticks(rows, [shortened(str(run.data.country_name.values[i]), 16) for i in order])
    axes.tick_params(axis="y", length=0)
    plain_frame(axes, "x")
    panel_title(axes, "Transit traffic: start \u25cb, end \u25cf")


def set_date_axis(axes: Axes, dates: NDArray[Any]) -> None:
    """Set the horizontal axis of a panel to the dates, without a margin."""
    locator = _DATES.AutoDateLocator(minticks=4, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(_DATES.ConciseDateFormatter(locator, show_offset=False))
    if len(dates) > 1:
        axes.set_xlim(dates[0], dates[-1])
    plain_frame(axes, "y")


def _mark_events(axes: Axes, run: RunFile, numbers: Numbers) -> None:
    """Draw a thin line at each step that has events, and above it the letter that the foot of the picture explains."""
    groups = event_groups(run)
    if not groups:
        return
    for _, step, names in groups:
        for name in names:
            numbers.add("events", name, [run.event_date(step)], [step])
        axes.axvline(run.event_date(step), color=FAINT_INK, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
    low, high = axes.get_xlim()
    wanted = [float(_DATES.date2num(run.event_date(step))) for _, step, _ in groups]
    for (letter, _, _), place in zip(groups, spread(wanted, 0.032 * (high - low), high), strict=True):
        axes.annotate(
            letter,
            (place, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=SMALL_SIZE,
            fontweight="bold",
            annotation_clip=False,
        )


def end_labels(axes: Axes, values: Sequence[float], texts: Sequence[str], colours: Sequence[str]) -> None:
    """Label lines at their right end, moved apart where they would cover each other."""
    low, high = axes.get_ylim()
    line = 1.4 * TEXT_SIZE / 72 * axes.figure.dpi / axes.get_window_extent().height
    places = spread(list(values), line * (high - low), low + 0.97 * (high - low))
    for place, text, colour in zip(places, texts, colours, strict=True):
        axes.annotate(
            text,
            (1.0, place),
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=TEXT_SIZE,
            fontweight="bold",
            color=readable(colour),
            annotation_clip=False,
        )


def _income_axis(axes: Axes, income: NDArray[Any]) -> None:
    """Set a linear axis, or a compressed one (inverse hyperbolic sine) where few countries lie far beyond the rest."""
    typical, largest = float(np.median(np.abs(income))), float(np.abs(income).max(initial=0))
    compressed = typical > 0 and largest > 8 * typical
    width = typical if compressed else 1e6 * max(largest, 1e-6)
    low, high = np.arcsinh(np.array([min(0.0, income.min()), max(0.0, income.max())]) / width)
    margin = 0.05 * (high - low) if high > low else np.arcsinh(1.0 / width)
    axes.set_xlim(width * np.sinh(low - margin), width * np.sinh(high + margin))
    if compressed:
        axes.set_xscale("asinh", linear_width=width)
        axes.set_xlim(width * np.sinh(low - margin), width * np.sinh(high + margin))
        ticks = _compressed_ticks(width, low - margin, high + margin)
        axes.set_xticks(ticks, [f"{tick:g}".replace("-", "\u2212") for tick in ticks])
        axes.set_xticks([], minor=True)
    axes.set_xlabel("% change since the start" + (" (compressed towards the ends)" if compressed else ""))
    axes.axvline(0, color=FAINT_INK, linewidth=0.9, zorder=1)
    plain_frame(axes, "x")


def _compressed_ticks(width: float, low: float, high: float) -> list[float]:
    """Round numbers (1, 2, 5 times a power of ten, either sign, and 0) at least a fifteenth of the axis apart.

    Parameters
    ----------
    width
        Linear width of the inverse hyperbolic sine.
    low, high
        Ends of the axis after the transformation.
    """
    powers = range(int(np.floor(np.log10(width))) - 1, int(np.ceil(np.log10(width * np.sinh(max(high, -low))))) + 1)
    sizes = sorted((digit * 10.0**power for power in powers for digit in (1, 2, 5)), reverse=True)
    ticks = [0.0]
    for value in (sign * size for size in sizes for sign in (-1.0, 1.0)):
        place = np.arcsinh(value / width)
        distances = [abs(place - np.arcsinh(tick / width)) for tick in ticks]
        if low <= place <= high and min(distances) >= (high - low) / 15:
            ticks.append(value)
    return sorted(ticks)


def _label_dots(axes: Axes, heights: NDArray[Any], values: NDArray[Any], codes: list[str]) -> None:
    """Write the code above each dot that stands alone, else beside the first and the last dot of the strip."""
    places = axes.transData.transform(np.column_stack([values, heights]))[:, 0]
    halo = withStroke(linewidth=2.0, foreground="white")
    room = 2.4 * SMALL_SIZE * axes.figure.dpi / 72
    order = np.argsort(places, kind="stable")
    for rank, i in enumerate(order):
        alone = all(abs(places[i] - places[j]) > room for j in order[max(0, rank - 1) : rank + 2] if j != i)
        if alone:
            shift, alignment = (0.0, DOT_SIZES[0]), ("center", "bottom")
        elif rank == 0:
            shift, alignment = (-DOT_SIZES[0], 0.0), ("right", "center_baseline")
        elif rank == len(order) - 1:
            shift, alignment = (DOT_SIZES[0], 0.0), ("left", "center_baseline")
        else:
            continue
        axes.annotate(
            codes[i],
            (values[i], heights[i]),
            xytext=shift,
            textcoords="offset points",
            ha=alignment[0],
            va=alignment[1],
            fontsize=SMALL_SIZE,
            zorder=5,
            path_effects=[halo],
        )


def _pile(axes: Axes, strips: list[NDArray[Any]]) -> tuple[float, list[NDArray[Any]]]:
    """Diameter of the dots in points, and offsets in rows that keep the dots of each strip apart.

    Each dot takes the free place nearest to the middle; where the smallest dots do not fit either, the last ones found
    no place and lie on the middle.
    """
    places = [axes.transData.transform(np.column_stack([strip, np.zeros(len(strip))]))[:, 0] for strip in strips]
    per_row = axes.get_window_extent().height / abs(np.subtract(*axes.get_ylim()))
    for size in DOT_SIZES:
        offsets = [_offsets(strip, size * axes.figure.dpi / 72, 0.46 * per_row) for strip in places]
        if not any(np.isnan(strip).any() for strip in offsets):
            break
    return size, [np.nan_to_num(strip) / per_row for strip in offsets]


def _offsets(places: NDArray[Any], dot: float, most: float) -> NDArray[Any]:
    """Heights of dots of a given diameter at given places, all in pixels; NaN for those without a place."""
    steps = dot * np.arange(1, int(most / dot) + 1)
    tries = [0.0, *(sign * step for step in steps for sign in (1.0, -1.0))]
    heights = np.full(len(places), np.nan)
    done: list[int] = []
    for i in np.argsort(places, kind="stable"):
        near = [j for j in done if places[i] - places[j] < dot and not np.isnan(heights[j])]
        free = (t for t in tries if all(np.hypot(places[i] - places[j], t - heights[j]) >= dot - 1e-9 for j in near))
        heights[i] = next(free, np.nan)
        done.append(i)
    return heights
