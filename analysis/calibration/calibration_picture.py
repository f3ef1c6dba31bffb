"""The picture of the calibration: published changes, the model's, and who loses."""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

# The package's drawing code needs no compiled core.
sys.path.append(str(Path(__file__).resolve().parents[2] / "python" / "splinternet"))
from _figures.style import FAINT_INK, FRAMEWORK_COLOURS, INK, RC, SMALL_SIZE, panel_title, plain_frame  # noqa: E402

from counterfactuals import Outcome  # noqa: E402

SIZE = (15.0, 5.6)
DPI = 110
PUBLISHED, MODEL, WITHOUT = FRAMEWORK_COLOURS[1], FRAMEWORK_COLOURS[0], FAINT_INK

#: Lines of the first panel: scenario, quantity, label.
DATA_LINES = [
    ("data-autarky", "real exports, world", "Autarky: exports"),
    ("data-autarky", "real income, world", "Autarky: income"),
    ("data-regimes", "real exports, world", "Two regimes: exports"),
    ("data-regimes", "real income, world", "Two regimes: income"),
    ("data-regimes-neutrals-east", "real income, world", "… neutrals with the East"),
    ("data-regimes-three", "real income, world", "… neutrals a third regime"),
]
#: Lines of the second panel.
TRADE_LINES = [
    ("russia-west", "real income, Russia", "Russia – West: Russia"),
    ("russia-west", "real income, West", "West"),
    ("east-west", "real income, East", "BRIC – West: East"),
    ("east-west", "real income, West", "West"),
    ("eu-china", "real income, China", "EU – China: China"),
    ("eu-china", "real income, EU", "EU"),
    ("eu-china", "real income, Germany", "Germany"),
    ("three-blocs", "real income, median of the East", "Three blocs: East"),
    ("three-blocs", "real income, median of the neutrals", "neutrals"),
    ("three-blocs", "real income, median of the West", "West"),
]
LABELLED = ["USA", "CHN", "JPN", "DEU", "IND", "BRA", "RUS", "SGP", "EST", "KAZ", "PLW", "LUX"]


def draw(rows: list, autarky: Outcome) -> Figure:
    """The picture.

    Parameters
    ----------
    rows
        Lines of `study.comparison`.
    autarky
        The world under data autarky.
    """
    with plt.rc_context(RC):
        figure = plt.figure(figsize=SIZE, dpi=DPI)
        draw_lines(figure.add_axes((0.135, 0.15, 0.175, 0.66), label="data"), rows, DATA_LINES)
        figure.axes[0].set_xlabel("change, %")
        panel_title(figure.axes[0], "Rules on data: the world")
        draw_lines(figure.add_axes((0.44, 0.15, 0.205, 0.66), label="trade"), rows, TRADE_LINES)
        make_logarithmic(figure.axes[1])
        panel_title(figure.axes[1], "Costs on trade: loss of real income")
        draw_countries(figure.add_axes((0.72, 0.15, 0.265, 0.66), label="countries"), autarky)
        figure.text(0.012, 0.945, "What data rules and trade costs do, beside what others found", fontsize=16,
                    fontweight="bold")
        draw_key(figure)
    return figure


def draw_lines(axes: Axes, rows: list, lines: list[tuple[str, str, str]]) -> None:
    """One line per quantity: published, model, and the model without idea diffusion."""
    for place, (scenario, quantity, _) in enumerate(lines):
        found = [row for row in rows if (row.scenario, row.quantity) == (scenario, quantity)]
        axes.plot(found[0].without_diffusion, place, "|", color=WITHOUT, markersize=11, markeredgewidth=2)
        axes.plot([row.published for row in found if row.published is not None],
                  [place] * sum(row.published is not None for row in found), "D", color=PUBLISHED, markersize=8,
                  markerfacecolor="white", markeredgewidth=2, zorder=2)
        axes.plot(found[0].model, place, "o", color=MODEL, markersize=6.5, zorder=3)
    axes.set_yticks(range(len(lines)), [label for _, _, label in lines])
    axes.set_ylim(len(lines) - 0.5, -0.5)
    plain_frame(axes, "both")


def make_logarithmic(axes: Axes) -> None:
    """Losses from 0.03 to 15 % on a logarithmic axis, larger to the left as in the other panels."""
    axes.set_xscale("symlog", linthresh=0.03, linscale=0.01)
    axes.set_xlim(-15, -0.03)
    ticks = [-10, -3, -1, -0.3, -0.1]
    axes.set_xticks(ticks, [f"\u2212{-tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.set_xlabel("change, % (logarithmic)")


def draw_countries(axes: Axes, autarky: Outcome) -> None:
    """What each country loses under data autarky, by its size."""
    axes.semilogx(autarky.gdp, autarky.real_income, "o", color=MODEL, markersize=3.5, alpha=0.45)
    for code in LABELLED:
        row = autarky.country.index(code)
        axes.plot(autarky.gdp[row], autarky.real_income[row], "o", color=MODEL, markersize=4.5)
        axes.annotate(code, (autarky.gdp[row], autarky.real_income[row]), (4, 3), textcoords="offset points",
                      fontsize=SMALL_SIZE)
    axes.axhline(np.average(autarky.real_income, weights=autarky.gdp), color=INK, linewidth=0.9, linestyle="--")
    axes.set_xlim(right=8e4)
    axes.set_xlabel("GDP, USD bn (logarithmic)")
    plain_frame(axes, "both")
    panel_title(axes, "Data autarky: real income by country, %")


def draw_key(figure: Figure) -> None:
    """What the marks mean, in one line below the head."""
    entries = [(0.014, "D", PUBLISHED, "white", "published"), (0.094, "o", MODEL, MODEL, "model"),
               (0.155, "|", WITHOUT, WITHOUT, "model without idea diffusion (\u03c6 = 0)")]
    for left, marker, colour, fill, text in entries:
        figure.add_artist(plt.Line2D([left + 0.004], [0.905], marker=marker, color=colour, markerfacecolor=fill,
                                     markersize=8, markeredgewidth=2, linestyle="none"))
        figure.text(left + 0.013, 0.905, text, va="center")
    figure.text(0.36, 0.905, "dashed: the world, weighted by GDP", va="center", color=FAINT_INK)
