"""Pictures of entries that are analysed, not run: power of voters, trading blocs, competing networks."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from _figures.plotted import Numbers
from _figures.style import FAINT_INK, FRAMEWORK_COLOURS, INK, SMALL_SIZE, panel_title, plain_frame, shortened
from results import Tables, number

LEFT, RIGHT = (0.085, 0.12, 0.39, 0.66), (0.57, 0.12, 0.4, 0.66)


def draw_power(figure: Figure, numbers: Numbers, tables: Tables) -> None:
    """Shares of power and of weight of each kind of voter, a panel for each analysis."""
    width = 0.98 / len(tables)
    for n, (name, rows) in enumerate(tables.items()):
        axes = figure.add_axes((0.1 + n * width, 0.12, width - 0.13, 0.66), label=name)
        places = np.arange(len(rows))
        weights = np.array([number(row, "weight") for row in rows])
        total = float((weights * [int(row["seats"]) for row in rows]).sum())
        bars = [("Shapley\u2013Shubik", "shapley_shubik", FRAMEWORK_COLOURS[0], 1.0),
                ("Banzhaf", "banzhaf", FRAMEWORK_COLOURS[1], 1.0)]
        if np.isfinite(total):
            bars.append(("share of weights", "weight", FAINT_INK, total))
        for m, (label, column, colour, unit) in enumerate(bars):
            x = [100 * number(row, column) / unit for row in rows]
            axes.barh(places + 0.27 * (m - 1), x, height=0.25, color=colour, label=label)
            numbers.add(name, column, [row["voter"] for row in rows], x)
        voters = [f"{shortened(row['voter'], 14)}" + (f" \u00d7{row['seats']}" if row["seats"] != "1" else "")
                  for row in rows]
        axes.set_yticks(places, voters, fontsize=SMALL_SIZE)
        axes.set(ylim=(len(rows) - 0.4, -0.6), xlabel="% of all power, each")
        axes.tick_params(axis="y", length=0)
        plain_frame(axes, "x")
        panel_title(axes, name.replace("_", " "))
    figure.axes[0].legend(loc="lower right", frameon=False, fontsize=SMALL_SIZE)


def draw_blocs(figure: Figure, numbers: Numbers, tables: Tables) -> None:
    """Real income, and the share of trade within blocs, by the number of blocs."""
    panels = (("real_income", LEFT, "Loss of real income", "% of real income without blocs"),
              ("within_share", RIGHT, "Division as trade measures it", "% of trade within blocs"))
    for column, place, title, label in panels:
        axes = figure.add_axes(place, label=column)
        for colour, (name, rows) in zip(FRAMEWORK_COLOURS, tables.items()):
            x = [int(row["blocs"]) for row in rows]
            y = np.array([100 * number(row, column) for row in rows]) - (100 if column == "real_income" else 0)
            axes.plot(x, y, color=colour, linewidth=2, marker="o", markersize=4, label=name.replace("_", " "))
            numbers.add(column, name, x, y)
            if column == "real_income":
                axes.plot(x[int(y.argmin())], y.min(), "o", markersize=11, markerfacecolor="none", markeredgecolor=INK)
        axes.set(xscale="log", xlabel="number of blocs", ylabel=label)
        ticks = [1, 2, 3, 5, 10, 20, 60]
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.set_xticks([], minor=True)
        axes.legend(loc="lower right" if column == "real_income" else "upper right", frameon=False, fontsize=SMALL_SIZE)
        plain_frame(axes, "y")
        panel_title(axes, title)


def draw_competition(figure: Figure, numbers: Numbers, tables: Tables) -> None:
    """Surplus of buyers and of firms by who is compatible with whom, a panel for each analysis."""
    width = 0.98 / len(tables)
    for n, (name, rows) in enumerate(tables.items()):
        axes = figure.add_axes((0.07 + n * width, 0.12, width - 0.08, 0.66), label=name)
        outcomes = {(row["structure"], row["equilibrium"]): row for row in rows}
        labels = [structure if equilibrium == "1" else f"{structure} ({equilibrium})"
                  for structure, equilibrium in outcomes]
        buyers = np.array([number(row, "consumer_surplus") for row in outcomes.values()])
        both = np.array([number(row, "total_surplus") for row in outcomes.values()])
        axes.bar(labels, buyers, color=FRAMEWORK_COLOURS[0], width=0.6, label="buyers")
        axes.bar(labels, both - buyers, bottom=buyers, color=FRAMEWORK_COLOURS[1], width=0.6, label="firms")
        numbers.add(name, "consumer_surplus", labels, buyers)
        numbers.add(name, "total_surplus", labels, both)
        for place, value in enumerate(both):
            axes.annotate(f"{value:.3g}", (place, value), xytext=(0, 2), textcoords="offset points", ha="center",
                          fontsize=SMALL_SIZE)
        axes.set(xlabel="compatible firms", ylabel="surplus, in squares of demand less cost",
                 ylim=(0, 1.12 * both.max()))
        axes.tick_params(axis="x", length=0)
        plain_frame(axes, "y")
        panel_title(axes, name.replace("_", " "))
    figure.axes[0].legend(loc="upper right", frameon=False, fontsize=SMALL_SIZE)
