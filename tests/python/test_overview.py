"""The overview picture shows the run's numbers, all of them, legibly placed, and refuses bad input."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import h5py
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from _figures import charts, overview, style, tile_map
from _figures.plotted import Numbers
from _figures.run_file import INDEX_PARTS, read_run
from conftest import FIGURES, ROOT, run_scenario

PANELS = ("map", "membership", "index", "welfare", "transit")
Rows = dict[tuple[str, str], list[tuple[str, str]]]


@pytest.fixture(scope="session", params=["classroom", "flagship"])
def result(request: pytest.FixtureRequest) -> Path:
    """Result file of the twelve-country scenario, then of the flagship."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def rows(result: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The plotted numbers that the program wrote for `result`: points by panel and series."""
    picture = tmp_path_factory.mktemp("overview") / "picture.png"
    done = call_overview(result, "-o", picture)
    assert done.returncode == 0, done.stderr
    assert plt.imread(picture).shape[:2] == (1500, 2400)
    return read_rows(picture.with_suffix(".csv"))


@pytest.fixture(scope="session")
def drawn(result: Path) -> Figure:
    """The picture of `result`, rendered."""
    figure, _ = overview.draw(read_run(result))
    figure.canvas.draw()
    return figure


def call_overview(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the script as a user would, with warnings as errors."""
    command = [sys.executable, "-W", "error", FIGURES / "overview.py", *arguments]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def read_rows(path: Path) -> Rows:
    """Reads the long table of plotted numbers."""
    table: Rows = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            table[line["panel"], line["series"]].append((line["x"], line["y"]))
    return dict(table)


def labels(file: h5py.File, name: str) -> list[str]:
    """Text labels of a dataset."""
    return [text.decode() for text in file[name][:]] if name in file else []


def dates(file: h5py.File) -> list[str]:
    """Dates of the steps as ISO 8601 text, from the file's day counts."""
    units = file["time"].attrs["units"]
    units = units.decode() if isinstance(units, bytes) else str(units)
    origin = date.fromisoformat(units.removeprefix("days since ")[:10])
    return [(origin + timedelta(days=int(days))).isoformat() for days in file["time"][:]]


def weights(file: h5py.File) -> dict[str, float]:
    """Weights of the parts of the index, from the resolved scenario."""
    text = file.attrs["scenario"]
    metrics = tomllib.loads(text.decode() if isinstance(text, bytes) else str(text))["metrics"]
    total = sum(metrics[f"weight_{part}"] for part in INDEX_PARTS)
    return {part: metrics[f"weight_{part}"] / total for part in INDEX_PARTS}


def expected(file: h5py.File) -> dict[tuple[str, str], tuple[list[str], np.ndarray]]:
    """Every series that the picture shows except the top of the transit list, straight from the HDF5 file."""
    countries, frameworks, days = labels(file, "country"), labels(file, "framework"), dates(file)
    series = {("map", "bloc"): (countries, file["bloc"][-1])}
    for k, name in enumerate(frameworks):
        series["map", f"membership {name}"] = (countries, file["membership"][-1, :, k])
        series["membership", f"members {name}"] = (days, file["member_count"][:, k])
        series["membership", f"signatories {name}"] = (days, file["signatory_count"][:, k])
    series["index", "splinternet_index"] = (days, file["splinternet_index"][:])
    for part, weight in weights(file).items():
        series["index", f"contribution of {part}"] = (days, weight * file[part][:].astype(float))
    for bloc, name in enumerate(["unaligned", *frameworks]):
        chosen = np.flatnonzero(file["bloc"][-1] == bloc)
        if len(chosen):
            series["welfare", name] = ([countries[i] for i in chosen], file["real_income"][-1][chosen])
    series["welfare", "world"] = (["world"], file["world_real_income"][-1:])
    ends = file["splinternet_index"][:][[0, -1]]
    series["results", "splinternet_index"] = (["start", "end"], ends)
    world = np.array([file["world_real_income"][-1], file["world_digital_exports"][-1]])
    series["results", "world"] = (["world_real_income", "world_digital_exports"], world)
    for event, step in zip(labels(file, "event"), file["event_step"][:]):
        if step >= 0:
            # The events of step t take effect when it begins; the state of t is dated at its end.
            series["events", event] = ([days[max(step - 1, 0)]], np.array([step]))
    return series


def test_every_plotted_number_equals_the_file(result: Path, rows: Rows) -> None:
    with h5py.File(result) as file:
        wanted = expected(file)
    assert set(rows) == set(wanted) | {("transit", "start"), ("transit", "end")}
    for key, (x, y) in wanted.items():
        assert [point[0] for point in rows[key]] == list(x), key
        np.testing.assert_allclose([float(point[1]) for point in rows[key]], y, rtol=1e-12, atol=0, err_msg=str(key))


def test_transit_shows_the_largest_countries_at_start_and_end_in_percent(result: Path, rows: Rows) -> None:
    with h5py.File(result) as file:
        countries, share = labels(file, "country"), file["transit_share"][:].astype(float)
    start, end = dict(zip(countries, share[0])), dict(zip(countries, share[-1]))
    for series, values in (("start", start), ("end", end)):
        points = rows["transit", series]
        assert len(points) == charts.TRANSIT_COUNTRIES
        for code, text in points:
            assert float(text) == pytest.approx(100 * values[code], rel=1e-12)
    shown = [max(start[code], end[code]) for code, _ in rows["transit", "end"]]
    hidden = [max(start[code], end[code]) for code in countries if code not in dict(rows["transit", "end"])]
    assert shown == sorted(shown, reverse=True)
    assert min(shown) >= max(hidden)


def test_contributions_add_up_to_the_index(rows: Rows) -> None:
    parts = [np.array([float(y) for _, y in rows["index", f"contribution of {part}"]]) for part in INDEX_PARTS]
    index = np.array([float(y) for _, y in rows["index", "splinternet_index"]])
    assert index.max() > 0
    np.testing.assert_allclose(sum(parts), index, rtol=1e-5)


def test_lines_and_dots_lie_where_the_numbers_say(result: Path, drawn: Figure) -> None:
    with h5py.File(result) as file:
        counts, index = file["member_count"][:], file["splinternet_index"][:]
        income, frameworks = file["real_income"][-1], labels(file, "framework")
    axes = panel(drawn, "membership")
    solid = [line.get_ydata() for line in axes.lines if line.get_linestyle() == "-"]
    assert len(solid) == len(frameworks)
    for k, heights in enumerate(solid):
        np.testing.assert_array_equal(heights, counts[:, k])
    np.testing.assert_array_equal(panel(drawn, "index").lines[0].get_ydata(), index)
    strips = [points for points in panel(drawn, "welfare").collections if isinstance(points, PathCollection)]
    dots = np.concatenate([strip.get_offsets()[:, 0] for strip in strips])
    np.testing.assert_allclose(np.sort(dots), np.sort(income), rtol=1e-6)


def panel(figure: Figure, name: str) -> plt.Axes:
    """The panel with a given label."""
    return next(axes for axes in figure.axes if axes.get_label() == name)


def ink(figure: Figure, name: str) -> float:
    """Variance of the grey values inside a panel's frame, 0 (one colour) to 0.25 (half black, half white)."""
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(float).mean(axis=2) / 255
    box = panel(figure, name).get_window_extent()
    height = pixels.shape[0]
    inside = pixels[int(height - box.y1) + 4 : int(height - box.y0) - 4, int(box.x0) + 4 : int(box.x1) - 4]
    assert inside.size > 10_000
    return float(inside.var())


@pytest.mark.parametrize("name", PANELS)
def test_no_panel_is_blank(drawn: Figure, name: str) -> None:
    with plt.rc_context(style.RC):
        empty = plt.figure(figsize=overview.SIZE, dpi=overview.DPI)
        axes = empty.add_axes(overview.PANELS[name], label=name)
        style.plain_frame(axes, "both")
    empty.canvas.draw()
    assert ink(drawn, name) > 1.5 * ink(empty, name)


def test_every_country_is_drawn_once_in_the_colour_of_its_bloc(result: Path, drawn: Figure) -> None:
    with h5py.File(result) as file:
        countries, blocs = labels(file, "country"), dict(zip(labels(file, "country"), file["bloc"][-1]))
        signed = file["membership"][-1].max(axis=1) == 2
    signatories = {code for code, is_signed in zip(countries, signed) if is_signed}
    axes = panel(drawn, "map")
    codes = [text for text in axes.texts if (text.get_gid() or "").startswith("tile-")]
    assert Counter(text.get_text() for text in codes) == Counter(countries)
    assert len({text.get_position() for text in codes}) == len(countries)
    tiles = [tile for tile in axes.patches if tile.get_width() > 0.9 and tile.get_fill()]
    for text in codes:
        at = axes.transData.transform(text.get_position())
        (tile,) = [tile for tile in tiles if tile.contains_point(at)]
        if blocs[text.get_text()] == 0 or text.get_text() in signatories:
            wanted = style.bloc_colour(int(blocs[text.get_text()]))
            assert tile.get_facecolor()[:3] == pytest.approx(style.to_rgb(wanted)), text.get_text()
            assert tile.get_hatch() is None
        else:
            assert tile.get_hatch() == "////", text.get_text()


def test_texts_stay_inside_the_picture_and_codes_inside_their_tiles(drawn: Figure) -> None:
    width, height = drawn.canvas.get_width_height()
    renderer = drawn.canvas.get_renderer()
    for axes in drawn.axes:
        for text in [*axes.texts, axes.title, axes.xaxis.label, axes.yaxis.label]:
            box = text.get_window_extent(renderer)
            if text.get_text():
                assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, text.get_text()
    axes = panel(drawn, "map")
    tile = axes.transData.transform((1, 0))[0] - axes.transData.transform((0, 0))[0]
    assert max(text.get_window_extent(renderer).width for text in axes.texts) < 0.97 * tile


def test_the_grid_has_exactly_one_tile_for_every_country_and_no_overlap(flagship: Path) -> None:
    with tile_map.GRID_FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    with h5py.File(flagship) as file:
        countries = labels(file, "country")
    assert sorted(line["iso3"] for line in lines) == sorted(countries)
    assert len({(line["column"], line["row"]) for line in lines}) == len(lines)


def test_the_grid_follows_longitude_and_latitude() -> None:
    grid = tile_map.read_grid()
    with (ROOT / "scenarios/data/world-2020/countries.csv").open(encoding="utf-8", newline="") as file:
        places = {line["iso3"]: (float(line["longitude_deg"]), float(line["latitude_deg"]))
                  for line in csv.DictReader(file)}
    codes = sorted(places)
    # Pacific islands east of the date line stand at the right edge.
    longitude = [places[code][0] + (360 if places[code][0] < -130 else 0) for code in codes]
    latitude = [places[code][1] for code in codes]
    assert rank_correlation(longitude, [grid[code][0] for code in codes]) > 0.95
    assert rank_correlation(latitude, [-grid[code][1] for code in codes]) > 0.9


def rank_correlation(first: list[float], second: list[float]) -> float:
    """Spearman's rank correlation; ties get their mean rank."""
    ranks = [[np.mean(np.flatnonzero(np.sort(values) == value)) for value in values] for values in (first, second)]
    return float(np.corrcoef(ranks)[0, 1])


def test_countries_without_a_tile_stand_in_rows_below() -> None:
    grid = {"AAA": (3, 2), "BBB": (9, 5)}
    strangers = [f"Q{i:02}" for i in range(tile_map.EXTRA_COLUMNS + 1)]
    places = tile_map.layout(["AAA", *strangers, "BBB"], grid)
    assert (places["AAA"], places["BBB"]) == ((0, 0), (1, 1))
    assert {places[code][1] for code in strangers} == {3, 4}
    assert len(set(places.values())) == len(places) == len(strangers) + 2
    assert tile_map.layout(["Q00"], grid) == {"Q00": (0, 0)}


def write_scenario(folder: Path, frameworks: int) -> Path:
    """A scenario on the twelve countries that has so many frameworks."""
    base = ROOT / "scenarios" / "classroom-12.toml"
    lines = [f'title = "{frameworks} frameworks"', f'extends = "{base.as_posix()}"']
    for name in ("clean_network", "gids")[frameworks:]:
        lines += [f"[framework.{name}]", "enabled = false", f"[event.{name}_opens]", "enabled = false"]
    for k in range(2, frameworks):
        lines += [f"[framework.extra_{k}]", f'name = "Extra framework number {k}"', 'sponsors = ["BRA"]',
                  "missions_per_month = 2", f"[framework.extra_{k}.provisions]", "mutual_recognition = 1",
                  f"[event.extra_{k}_opens]", 'kind = "open"', f'framework = "extra_{k}"', f"date = 202{k}-01-01"]
    path = folder / f"frameworks-{frameworks}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("frameworks", [0, 1, 3, 5])
def test_any_number_of_frameworks_is_drawn(program: Path, tmp_path: Path, frameworks: int) -> None:
    path = run_scenario(program, str(write_scenario(tmp_path, frameworks)), tmp_path / "run.h5")
    run = read_run(path)
    assert len(run.frameworks) == frameworks
    figure, _ = overview.draw(run)
    figure.canvas.draw()
    ends = [text.get_text() for text in panel(figure, "membership").texts]
    counts = run.data.member_count.values[-1]
    assert sum(text.endswith(f" {count:.0f}") for text, count in zip(ends[-frameworks:], counts)) == frameworks
    key = panel(figure, "key").get_window_extent()
    assert key.y0 >= panel(figure, "map").get_window_extent().y1
    for text in panel(figure, "key").texts:
        box = text.get_window_extent()
        assert box.y0 >= key.y0 - 1 and box.x1 <= panel(figure, "membership").get_window_extent().x0
    plt.close(figure)


def test_a_country_unknown_to_the_grid_is_drawn(classroom: Path, tmp_path: Path) -> None:
    path = shutil.copy(classroom, tmp_path / "strange.h5")
    with h5py.File(path, "r+") as file:
        file["country"][0] = "QQA"
    figure, _ = overview.draw(read_run(Path(path)))
    assert [text.get_text() for text in panel(figure, "map").texts].count("QQA") == 1
    plt.close(figure)


def test_the_head_names_scenario_seed_and_dates(drawn: Figure, result: Path) -> None:
    with h5py.File(result) as file:
        days = dates(file)
        name, seed = (np.bytes_(file.attrs[key]).decode() for key in ("scenario_name", "seed"))
    head = " ".join(text.get_text() for text in drawn.texts)
    for fact in (f"scenario {name}", f"seed {seed}", f"{days[0]} to {days[-1]}"):
        assert fact in head


@pytest.mark.parametrize("case", ["missing", "text", "other_hdf5", "lacking", "folder", "format"])
def test_bad_input_gives_one_message_and_exit_code_2(classroom: Path, tmp_path: Path, case: str) -> None:
    path, output, message = tmp_path / "run.h5", tmp_path / "picture.png", ""
    shutil.copy(classroom, path)
    if case == "missing":
        path.unlink()
        message = "no such file"
    elif case == "text":
        path.write_text("not HDF5", encoding="utf-8")
        message = "cannot be read as HDF5"
    elif case == "other_hdf5":
        with h5py.File(path, "w") as file:
            file.attrs["file_type"] = "holiday pictures"
        message = "not a result of splinternet run"
    elif case == "lacking":
        with h5py.File(path, "r+") as file:
            del file["real_income"]
        message = "lacks real_income"
    elif case == "folder":
        output, message = tmp_path / "nowhere" / "picture.png", "cannot write"
    else:
        output, message = tmp_path / "picture.txt", "must end in one of"
    done = call_overview(path, "-o", output)
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
    assert done.stderr.count("overview.py: ") == 1
    assert not output.exists() and not output.with_suffix(".csv").exists()


def test_numbers_keep_all_digits(tmp_path: Path) -> None:
    numbers = Numbers()
    numbers.add("p", "s", [np.datetime64("2020-08-01T00:00"), "BRA"], [np.float32(0.1), 1 / 3])
    numbers.write(tmp_path / "n.csv")
    rows = read_rows(tmp_path / "n.csv")["p", "s"]
    assert rows[0][0] == "2020-08-01"
    assert np.float32(rows[0][1]) == np.float32(0.1)
    assert float(rows[1][1]) == 1 / 3


def test_labels_are_spread_without_changing_their_order() -> None:
    assert style.spread([1.0, 5.0], 1.0, 10.0) == [1.0, 5.0]
    placed = style.spread([9.8, 9.9, 9.7], 1.0, 10.0)
    assert placed == pytest.approx([9.0, 10.0, 8.0])
    assert style.spread([], 1.0, 10.0) == []


def test_neighbouring_colours_differ_in_lightness_and_texts_stand_out() -> None:
    first, second = (style.relative_luminance(colour) for colour in style.FRAMEWORK_COLOURS[:2])
    assert (second + 0.05) / (first + 0.05) > 2
    for colour in (*style.FRAMEWORK_COLOURS, style.UNALIGNED_COLOUR):
        ground, text = style.relative_luminance(colour), style.relative_luminance(style.text_colour(colour))
        assert (max(ground, text) + 0.05) / (min(ground, text) + 0.05) > 4.5
        assert 1.05 / (style.relative_luminance(style.readable(colour)) + 0.05) >= 4.5
