"""Pictures of runs: members over time, and a long run against the law of its states."""

from __future__ import annotations

from collections import Counter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from _figures.plotted import Numbers
from _figures.style import (FAINT_INK, FRAMEWORK_COLOURS, INK, SMALL_SIZE, TEXT_SIZE, panel_title, plain_frame,
                            readable, shortened, spread)
from results import Course, Tables, has, members_of, number

PLACE = (0.075, 0.12, 0.69, 0.66)
LEFT, RIGHT = (0.075, 0.12, 0.4, 0.66), (0.57, 0.12, 0.4, 0.66)
Y_LABELS = {"count": "members", "share": "members, % of all actors", "among": "% of those who have joined any"}


def draw_course(figure: Figure, numbers: Numbers, row: dict, courses: list[Course]) -> None:
    """Members of one framework over time, a line for each run and its end at the right.

    Parameters
    ----------
    row
        The entry's row of pictures.toml.
    courses
        The runs; several that differ by their seed alone have the colour of the framework that is ahead in the end.
    """
    axes = figure.add_axes(PLACE, label="course")
    framework = _framework(row, courses[0])
    by_seed = "seeds" in row
    lines = [_y_of(course, framework, row["y"]) for course in courses]
    for n, (course, y) in enumerate(zip(courses, lines)):
        x = np.arange(len(y)) / row.get("months", 1)
        colour = FRAMEWORK_COLOURS[int(course.member_count[-1].argmax()) if by_seed else n % len(FRAMEWORK_COLOURS)]
        axes.plot(x, y, color=colour, linewidth=1.1 if by_seed else 2.4)
        numbers.add("course", course.label, x, y)
    for x, y in row.get("reference", []):
        axes.plot(x, y, marker="D", markersize=7, markerfacecolor="white", markeredgecolor=INK, linestyle="none",
                  clip_on=False, zorder=5)
        numbers.add("reference", "theory", [x], [y])
    top = max(float(np.nanmax(y)) for y in lines)
    axes.set(xlim=(0, (len(lines[0]) - 1) / row.get("months", 1)), ylim=(0, 1.08 * top), ylabel=Y_LABELS[row["y"]],
             xlabel=row.get("unit", "steps"))
    plain_frame(axes, "y")
    name = courses[0].framework_names[framework]
    theory = "  (\u25c7: theory)" if "reference" in row else ""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    panel_title(axes, f"Members: {name}" + (f", {len(courses)} runs with other seeds" if by_seed else "") + theory)
    if by_seed:
        _label_winners(figure, courses, numbers)
    else:
        _label_ends(axes, [(course.label, float(y[-1])) for course, y in zip(courses, lines)])


def draw_law(figure: Figure, numbers: Numbers, row: dict, course: Course, tables: Tables) -> None:
    """A run of logit over time, and the time spent in each place against Gibbs' law."""
    framework = _framework(row, course)
    states = {_key(members_of(state["members"])): state for state in tables["states"]}
    visited = [states[_key(_members_at(course, step))] for step in range(1, len(course.membership))]
    energy = row["by"] == "energy"
    place = _energy if energy else (lambda state: float(_size(state, course.frameworks[framework])))
    name = "energy" if energy else f"members of {course.framework_names[framework]}"
    path = np.array([place(state) for state in visited])
    axes = figure.add_axes(LEFT, label="path")
    shown = path[:500]
    axes.plot(np.arange(1, len(shown) + 1), shown, color=FRAMEWORK_COLOURS[0], linewidth=0.9, drawstyle="steps-mid")
    axes.set(xlim=(0, len(shown)), xlabel="steps", ylabel=f"{name} ({row['unit']})" if "unit" in row else name)
    numbers.add("path", name, np.arange(1, len(path) + 1), path)
    plain_frame(axes, "y")
    panel_title(axes, f"The first {len(shown)} of {len(path)} steps")
    law: dict[float, float] = {}
    for state in states.values():
        law[place(state)] = law.get(place(state), 0.0) + number(state, "gibbs_probability")
    x = np.array(sorted(law))
    seen = Counter(path.tolist())
    found = np.array([seen[value] / len(path) for value in x])
    expected = np.array([law[value] for value in x])
    numbers.add("law", "found", x, found)
    numbers.add("law", "expected", x, expected)
    _draw_found(figure, (x, found, expected), name, energy)


def _draw_found(figure: Figure, points: tuple[np.ndarray, np.ndarray, np.ndarray], name: str, cumulated: bool) -> None:
    """Shares of time (bars, or cumulated where places are many) and the law (dots, or a line)."""
    x, found, expected = points
    axes = figure.add_axes(RIGHT, label="law")
    if cumulated:
        axes.step(x, 100 * found.cumsum(), where="post", color=FRAMEWORK_COLOURS[0], linewidth=3.4, label="this run")
        axes.step(x, 100 * expected.cumsum(), where="post", color=FRAMEWORK_COLOURS[1], linewidth=1.6,
                  label="Gibbs' law")
        axes.set(ylabel=f"% of time at or below this {name}", ylim=(0, 102))
    else:
        axes.bar(x, 100 * found, color=FRAMEWORK_COLOURS[0], width=0.7, label="this run")
        axes.plot(x, 100 * expected, "D", color=FRAMEWORK_COLOURS[1], markeredgecolor=INK, label="Gibbs' law")
        axes.set(ylabel="% of time", xticks=x)
    mean = [float((x * share).sum()) for share in (found, expected)]
    axes.set_xlabel(f"{name} (mean {mean[0]:.5g}; by the law {mean[1]:.5g})".replace("-", "\u2212"))
    axes.legend(loc="upper left", frameon=False)
    plain_frame(axes, "y")
    panel_title(axes, "Where it spends its time")


def _framework(row: dict, course: Course) -> int:
    return course.frameworks.index(row["framework"]) if "framework" in row else 0


def _y_of(course: Course, framework: int, what: str) -> np.ndarray:
    """Members of a framework in the unit of the picture; NaN while there are none to share in."""
    if what == "count":
        return course.member_count[:, framework]
    if what == "share":
        return 100 * course.member_share[:, framework]
    total = course.member_count.sum(axis=1)
    return 100 * np.divide(course.member_count[:, framework], total, out=np.full(len(total), np.nan), where=total > 0)


def _label_ends(axes: Axes, ends: list[tuple[str, float]]) -> None:
    top = axes.get_ylim()[1]
    places = spread([value for _, value in ends], 0.09 * top, 0.97 * top)
    for n, ((label, value), place) in enumerate(zip(ends, places)):
        axes.annotate(f"{shortened(label, 26)}: {value:.4g}", (1.0, place), xycoords=("axes fraction", "data"),
                      xytext=(8, 0), textcoords="offset points", va="center", fontsize=TEXT_SIZE, fontweight="bold",
                      color=readable(FRAMEWORK_COLOURS[n % len(FRAMEWORK_COLOURS)]), annotation_clip=False)


def _label_winners(figure: Figure, courses: list[Course], numbers: Numbers) -> None:
    """How often each of several frameworks is ahead in the end."""
    names = courses[0].framework_names
    if len(names) == 1:
        return
    wins = Counter(int(course.member_count[-1].argmax()) for course in courses)
    numbers.add("ahead", "runs", courses[0].frameworks, [wins[k] for k in range(len(names))])
    for k, name in enumerate(names):
        figure.text(0.785, 0.6 - 0.06 * k, f"{shortened(name, 20)} ahead: {wins[k]}", fontsize=TEXT_SIZE,
                    fontweight="bold", color=readable(FRAMEWORK_COLOURS[k]))
    figure.text(0.785, 0.66, "in the end", fontsize=SMALL_SIZE, color=FAINT_INK)


def _members_at(course: Course, step: int) -> dict[str, list[str]]:
    return {framework: [course.actors[i] for i in np.flatnonzero(course.membership[step, :, k])]
            for k, framework in enumerate(course.frameworks)}


def _key(members: dict[str, list[str]]) -> frozenset[tuple[str, frozenset[str]]]:
    """A state by its members, in whatever order they are told."""
    return frozenset((framework, frozenset(codes)) for framework, codes in members.items() if codes)


def _energy(state: dict[str, str]) -> float:
    return round(number(state, "energy") if has(state, "energy") else -number(state, "potential"), 9)


def _size(state: dict[str, str], framework: str) -> int:
    return len(members_of(state["members"]).get(framework, []))
