"""Pictures show the numbers of the result, all of them, and refuse what they cannot draw."""

from collections import Counter
from pathlib import Path

import h5py
import matplotlib as mpl
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

import splinternet as sn
from splinternet._figures import maps, overview, style, tile_map
from splinternet._figures.run_file import ReadError, read_run
from splinternet._figures.sparkline import sparkline
from splinternet._pictures import draw_map

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def classroom(result_file):
    """Return the result of the twelve-country scenario."""
    return sn.open_result(result_file("classroom-12"))


@pytest.fixture(scope="module")
def flagship(result_file):
    """Return the result of the flagship's first months."""
    return sn.open_result(result_file("clean-network-2020", "run.horizon=6"))


@pytest.fixture(scope="module")
def actors(result_file):
    """Return the result of a world of actors."""
    return sn.open_result(result_file("gallery/unix-alliances"))


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def axes_of(figure, label):
    """Return the panel with a given label."""
    return next(axes for axes in figure.axes if axes.get_label() == label)


def texts_inside(figure):
    """Tell whether no text of the picture leaves it."""
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    for axes in figure.axes:
        for text in [*axes.texts, axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label, *figure.texts]:
            box = text.get_window_extent()
            if text.get_text() and not (box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height):
                return f"{text.get_text()!r} at {box} is not inside {width} x {height}"
    return True


def tiles_of(figure):
    """Return the colour of each country's tile."""
    axes = axes_of(figure, "map")
    figure.canvas.draw()
    patches = [tile for tile in axes.patches if tile.get_width() > 0.9 and tile.get_fill()]
    colours = {}
    for text in axes.texts:
        at = axes.transData.transform(text.get_position())
        (tile,) = [tile for tile in patches if tile.contains_point(at)]
        colours[text.get_text()] = tile
    return colours


@pytest.mark.parametrize("kind", [None, "overview", "members", "index", "income", "transit", "map"])
@pytest.mark.parametrize("world", ["classroom", "flagship"])
def test_every_kind_of_picture_is_drawn_with_all_texts_inside(request, world, kind):
    assert texts_inside(request.getfixturevalue(world).plot(kind)) is True


def test_the_picture_without_a_name_is_the_overview(classroom):
    assert {axes.get_label() for axes in classroom.plot().axes} >= {"map", "membership", "index", "welfare", "transit"}


def test_worlds_of_actors_show_members_and_tiles(actors):
    figure = actors.plot()
    assert texts_inside(figure) is True
    members = axes_of(figure, "membership")
    assert members.get_ylabel() == "actors"
    np.testing.assert_array_equal(members.lines[0].get_ydata(), actors["member_count"].values[:, 0])
    assert set(tiles_of(figure)) == set(actors["country"].values)


def test_worlds_too_large_for_tiles_show_members(result_file):
    result = sn.open_result(result_file("gallery/watts-cascade", "world.actors=5000", "run.horizon=3"))
    (axes,) = result.plot().axes
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), result["member_count"].values[:, 0])
    with pytest.raises(sn.DataError, match="did not record membership"):
        result.map()


def test_the_map_has_a_tile_for_each_country_in_the_colour_of_its_bloc(flagship):
    for step in (0, 3, -1):
        tiles = tiles_of(flagship.map(step))
        assert Counter(list(tiles)) == Counter(flagship["country"].values.tolist())
        for code, tile in tiles.items():
            bloc = int(flagship["bloc"].isel(step=step).sel(country=code))
            level = int(flagship["membership"].isel(step=step).sel(country=code).max())
            assert (tile.get_hatch() == "////") == (bloc > 0 and level == 1), code
            if bloc == 0 or level == 2:
                assert tile.get_facecolor()[:3] == pytest.approx(to_rgb(style.bloc_colour(bloc))), code


def test_the_key_of_the_map_counts_members(flagship):
    texts = [text.get_text() for text in axes_of(flagship.map(2), "key").texts]
    membership = flagship["membership"].isel(step=2)
    assert f"{int((membership == 2).sel(framework='gids').sum())} signed" in texts
    assert f"{int((flagship['bloc'].isel(step=2) == 0).sum())} unaligned" in texts
    assert {"Clean Network", "GIDS", "sponsor"} <= set(texts)


def test_a_map_by_date_is_the_one_of_its_step(classroom):
    assert axes_of(classroom.map("2021-06-15"), "key").get_title("left") == "Blocs on 2021-06-01"
    first, second = (tiles_of(classroom.map(step)) for step in ("2021-06-15", 10))
    assert {c: t.get_facecolor() for c, t in first.items()} == {c: t.get_facecolor() for c, t in second.items()}


def test_a_map_of_an_array_is_darker_where_it_is_lower(classroom):
    figure = classroom.map(-1, "transit_share")
    values = classroom["transit_share"].isel(step=-1)
    tiles = tiles_of(figure)
    codes = sorted(tiles, key=lambda code: float(values.sel(country=code)))
    lightness = [style.relative_luminance(tiles[code].get_facecolor()[:3]) for code in codes]
    assert lightness == sorted(lightness)
    assert lightness[0] < lightness[-1]
    assert any("2025-08-01" in text.get_text() for text in figure.texts)
    assert texts_inside(figure) is True


def test_losses_and_gains_have_colours_of_their_own():
    class Run:
        has_map, countries, data = True, ["USA", "CHN", "BRA"], type("D", (), {"attrs": {"title": "A title"}})

    attributes = {"long_name": "change", "units": "percent"}
    tiles = tiles_of(maps.draw_array(Run, np.array([-2.0, 2.0, np.nan]), attributes, "2020-01-01"))
    loss, gain, unknown = (tiles[code].get_facecolor()[:3] for code in Run.countries)
    assert loss[2] > loss[0] and gain[0] > gain[2]  # purple against orange
    assert unknown == pytest.approx(to_rgb(style.UNALIGNED_COLOUR))
    figure = maps.draw_array(Run, np.array([-2.0, -1.0, 0.0]), attributes, "")
    assert axes_of(figure, "scale").get_xlim()[1] == 0
    figure = maps.draw_array(Run, np.array([3.0, 3.0, 3.0]), {}, "")
    assert axes_of(figure, "scale").get_xlim()[0] == 0
    figure = maps.draw_array(Run, np.full(3, np.nan), {}, "")
    assert "grey: no value" in [text.get_text() for text in axes_of(figure, "scale").texts]


def test_categories_are_drawn_with_their_words(result_file):
    class Run:
        has_map, countries, data = True, ["USA", "CHN", "BRA"], type("D", (), {"attrs": {"title": "A title"}})

    figure = maps.draw_array(Run, np.array([0, 1, 2]), {"flag_meanings": "none listed signed"}, "")
    assert [text.get_text() for text in axes_of(figure, "scale").texts] == ["none", "listed", "signed"]
    assert len({tile.get_facecolor() for tile in tiles_of(figure).values()}) == 3


def test_arrays_that_never_change_or_are_measured_seldom_have_maps(classroom):
    assert texts_inside(classroom.map(0, "gdp")) is True
    figure = classroom.map(13, "betweenness")
    assert any("2021-08-01" in text.get_text() for text in figure.texts)


def test_more_actors_than_tiles_are_one_image(result_file):
    result = sn.open_result(result_file("gallery/morris-contagion", "run.horizon=3"))
    (image,) = axes_of(result.map(), "map").images
    pixels = image.get_array()
    levels = result["membership"].values[-1, :, 0]
    assert pixels.shape[:2] == (41, 41)
    np.testing.assert_array_equal((pixels == to_rgb(style.bloc_colour(1))).all(axis=2).ravel(), levels > 0)
    assert axes_of(result.map(0, "size"), "map").images


def test_actors_stand_in_a_square_in_their_order():
    places = tile_map.layout([f"{n:02}" for n in range(10)], {})
    assert list(places.values())[:5] == [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1)]


@pytest.mark.parametrize("name", ["splinternet_index", "real_income", "betweenness", "spent", "dual_stack_share"])
def test_any_array_over_time_is_drawn_as_lines(classroom, name):
    figure = classroom.plot(name)
    assert texts_inside(figure) is True
    (axes,) = figure.axes
    array = classroom[name]
    times = classroom.dataset["metrics_time" if "metrics_step" in array.dims else "time"].values
    values = array.values.reshape(len(times), -1)
    drawn = np.array([line.get_ydata() for line in axes.lines]).T
    assert drawn.shape[1] == min(7, values.shape[1])
    for line in axes.lines:
        np.testing.assert_array_equal(mdates.date2num(line.get_xdata()), mdates.date2num(times))
    rest = sorted(np.nanmax(np.abs(np.nan_to_num(values)), axis=0), reverse=True)
    np.testing.assert_allclose(np.nanmax(np.abs(np.nan_to_num(drawn)), axis=0), rest[: drawn.shape[1]])
    assert array.attrs["units"] in ("1", axes.get_ylabel())


def test_lines_are_chosen_by_label(classroom):
    figure = classroom.plot("real_income", only=["Brazil", "ind"])
    for line, code in zip(figure.axes[0].lines, ("BRA", "IND"), strict=True):
        np.testing.assert_array_equal(line.get_ydata(), classroom["real_income"].sel(country=code).values)
    figure = classroom.plot("spent", only="gids")
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_ydata(), classroom["spent"].values[:, 1])


def test_a_series_with_gaps_is_drawn(classroom):
    figure = classroom.plot("latency")
    assert texts_inside(figure) is True


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("overvew",), 'kind: there is no "overvew". Did you mean "overview"'),
        (("real_incme",), 'Did you mean "real_income"'),
        (("membership",), "by more than one label"),
        (("gdp",), "no series over time"),
        (("country_name",), "no series over time"),
    ],
)
def test_what_cannot_be_drawn_is_refused(classroom, arguments, message):
    with pytest.raises(sn.ScenarioError, match=message):
        classroom.plot(*arguments)


@pytest.mark.parametrize(
    ("kind", "only", "message"),
    [
        ("real_income", ["Germnay"], 'country: there is no "Germnay". Did you mean "Germany"'),
        ("real_income", [], "0 lines are asked for"),
        ("real_income", ["DEU"] * 8, "8 lines are asked for; from 1 to 7"),
        ("spent", ["gdis"], 'only: there is no "gdis". Did you mean "gids"'),
        ("splinternet_index", ["DEU"], "nothing to choose from"),
        ("members", ["gids"], "only= is for arrays over time"),
        (None, ["gids"], "overview shows everything"),
    ],
)
def test_labels_that_an_array_does_not_have_are_refused(classroom, kind, only, message):
    with pytest.raises(sn.ScenarioError, match=message):
        classroom.plot(kind, only=only)


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        ("real_incme", 'Did you mean "real_income"'),
        ("splinternet_index", "variable: there is no"),
        ("country_name", "variable: there is no"),
    ],
)
def test_only_arrays_by_country_have_maps(classroom, variable, message):
    with pytest.raises(sn.ScenarioError, match=message):
        classroom.map(-1, variable)


def test_pictures_of_what_was_not_recorded_are_refused_with_the_remedy(result_file, actors):
    bare = sn.open_result(result_file("classroom-12", "run.horizon=2", 'record.arrays=["member_count"]'))
    with pytest.raises(sn.DataError, match=r'record.arrays = \["default", "signatory_count"\]'):
        bare.plot()
    with pytest.raises(sn.DataError, match="did not record"):
        bare.plot("overview")
    with pytest.raises(sn.DataError, match="did not record bloc, real_income"):
        actors.plot("income")


def test_a_run_of_a_single_step_is_drawn(result_file):
    result = sn.open_result(result_file("classroom-12", "run.horizon=1"))
    for kind in (None, "members", "real_income"):
        assert texts_inside(result.plot(kind)) is True


def test_a_notebook_shows_a_picture_once(classroom, monkeypatch):
    monkeypatch.setattr(mpl, "get_backend", lambda: "module://matplotlib_inline.backend_inline")
    figure = classroom.plot("members")
    assert not plt.fignum_exists(figure.number)


def test_a_picture_that_fails_leaves_nothing_open():
    def fail():
        with style.drawing((2, 2), 50):
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert plt.get_fignums() == []


def test_pictures_are_white_whatever_the_user_has_set(classroom):
    with plt.style.context("dark_background"):
        figure = classroom.plot("members")
    figure.canvas.draw()
    assert np.asarray(figure.canvas.buffer_rgba())[2, 2].tolist() == [255, 255, 255, 255]


def test_small_courses_go_from_the_first_to_the_last_value():
    points = sparkline(np.array([0.0, 1.0, 2.0]), 1).split('points="')[1].split('"')[0].split()
    assert points == ["2.0,22.0", "80.0,12.0", "158.0,2.0"]
    assert sparkline(np.array([3.0]), 0).count(",") == 2
    assert sparkline(np.arange(1000.0), 0).count(",") == 160
    assert "nan" not in sparkline(np.array([np.nan, 0.0]), 2)


@pytest.fixture
def lacking(classroom, tmp_path):
    """Return a result file from which an array is missing."""
    path = tmp_path / "lacking.h5"
    classroom.save(path)
    with h5py.File(path, "r+") as file:
        del file["real_income"]
    return path


def test_a_file_gives_the_same_picture_without_the_core(result_file, tmp_path):
    path = result_file("classroom-12")
    picture, numbers = overview.draw(read_run(path))
    assert texts_inside(picture) is True
    numbers.write(tmp_path / "numbers.csv")
    lines = (tmp_path / "numbers.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "panel,series,x,y"
    index = sn.open_result(path)["splinternet_index"].values
    assert f"index,splinternet_index,2025-08-01,{float(index[-1])!r}" in lines


def test_a_file_that_cannot_be_drawn_is_refused_without_the_core_too(lacking, tmp_path):
    with pytest.raises(ReadError, match="lacks real_income"):
        read_run(lacking)
    with pytest.raises(ReadError, match="no such file"):
        read_run(tmp_path / "missing.h5")
    (tmp_path / "text.h5").write_text("not HDF5", encoding="utf-8")
    with pytest.raises(ReadError, match="cannot be read as HDF5"):
        read_run(tmp_path / "text.h5")
    with h5py.File(lacking, "r+") as file:
        file.attrs["file_type"] = "holiday pictures"
    with pytest.raises(ReadError, match="not a result"):
        read_run(lacking)


def test_a_scenario_that_is_no_toml_is_refused(classroom, tmp_path):
    classroom.save(tmp_path / "run.h5")
    with h5py.File(tmp_path / "run.h5", "r+") as file:
        file.attrs["scenario"] = "= nothing"
    with pytest.raises(ReadError, match="no TOML"):
        read_run(tmp_path / "run.h5")


def test_a_second_framework_of_a_country_is_a_small_square(classroom):
    dataset = classroom.dataset.copy(deep=True)
    dataset.membership[-1] = 2
    patches = axes_of(draw_map(dataset, -1, None), "map").patches
    small = [patch for patch in patches if patch.get_width() == pytest.approx(0.2)]
    assert len(small) == 12 + int((dataset.bloc[-1] == 0).sum())


def test_a_world_without_frameworks_says_so():
    text = f'extends = "{Path(sn.__file__).parent / "scenarios" / "classroom-12.toml"}"\n'
    for name in ("clean_network", "gids"):
        text += f"[framework.{name}]\nenabled = false\n[event.{name}_opens]\nenabled = false\n"
    result = sn.run(sn.Scenario.from_toml(text).with_({"run.horizon": 2}))
    figure = result.plot("members")
    assert "no frameworks" in [text.get_text() for text in figure.axes[0].texts]
    assert texts_inside(result.plot()) is True
    assert result.members.shape == (3, 0)
