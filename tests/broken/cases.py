"""What can be wrong with the input, as data: one change to a good scenario, and what the message must say.

Every case starts from a copy of the shipped scenario classroom-12 and its tables, below `scenarios/`."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

SCENARIO = "scenarios/classroom-12.toml"
TABLES = "scenarios/data/classroom-12"
OUTPUT = "out/result.h5"
RUN = ("run", SCENARIO, "-o", OUTPUT)


# ---- changes to files; each prints itself, so that the golden file shows what was done -------------------------------
@dataclass(frozen=True)
class Replace:
    file: str
    old: str
    new: str

    def apply(self, root: Path, _result: Path) -> None:
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        assert text.count(self.old) == 1, f"{self.file} holds {self.old!r} {text.count(self.old)} times"
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.file}: {shown(self.old)} -> {shown(self.new)}"


@dataclass(frozen=True)
class Append:
    file: str
    text: str

    def apply(self, root: Path, _result: Path) -> None:
        with open(root / self.file, "a", encoding="utf-8") as file:
            file.write(self.text)

    def __str__(self) -> str:
        return f"{self.file}: added {shown(self.text)}"


@dataclass(frozen=True)
class Write:
    file: str
    text: str

    def apply(self, root: Path, _result: Path) -> None:
        path = root / self.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.file}: new file {shown(self.text)}"


@dataclass(frozen=True)
class Remove:
    path: str

    def apply(self, root: Path, _result: Path) -> None:
        path = root / self.path
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    def __str__(self) -> str:
        return f"{self.path}: removed"


@dataclass(frozen=True)
class CutAfter:
    """Keeps a file up to the end of the first place where a text stands."""

    file: str
    text: str

    def apply(self, root: Path, _result: Path) -> None:
        path = root / self.file
        before, found, _ = path.read_text(encoding="utf-8").partition(self.text)
        assert found, f"{self.file} does not hold {self.text!r}"
        path.write_text(before + found, encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.file}: cut off after {shown(self.text)}"


@dataclass(frozen=True)
class RemoveRows:
    """Removes the rows of a table that hold a word."""

    file: str
    word: str

    def apply(self, root: Path, _result: Path) -> None:
        path = root / self.file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if self.word not in line.strip().split(",")), encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.file}: rows with {self.word} removed"


@dataclass(frozen=True)
class HalfAResult:
    """The first half of the bytes of a good result file."""

    file: str

    def apply(self, root: Path, result: Path) -> None:
        data = result.read_bytes()
        (root / self.file).write_bytes(data[: len(data) // 2])

    def __str__(self) -> str:
        return f"{self.file}: first half of a good result file"


def shown(text: str) -> str:
    return "`" + text.strip("\n").replace("\n", " ; ") + "`"


# ---- where the message must point ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class At:
    """The place of a text in the changed file; the last one where it stands more than once."""

    file: str
    text: str

    def place(self, root: Path) -> str:
        text = (root / self.file).read_text(encoding="utf-8")
        found = text.rfind(self.text)
        assert found >= 0, f"{self.file} does not hold {self.text!r}"
        line = text.count("\n", 0, found) + 1
        column = found - (text.rfind("\n", 0, found) + 1) + 1
        return f"{self.file}:{line}:{column}"


@dataclass(frozen=True)
class Named:
    """A place that is no line of a file: a name on the command line, an option, a file as a whole."""

    text: str

    def place(self, _root: Path) -> str:
        return self.text


@dataclass(frozen=True)
class Case:
    name: str
    changes: tuple
    at: At | Named
    says: tuple[str, ...]  # beside the place: what, allowed values, remedy, nearest name
    command: tuple[str, ...] = RUN
    file_limit: int = 0  # ulimit -f, in bytes
    disk_bytes: int = -1  # room on the disk, by the shim


def toml(name: str, old: str, new: str, at: str, *says: str) -> Case:
    return Case(name, (Replace(SCENARIO, old, new),), At(SCENARIO, at), says)


def added(name: str, text: str, at: str, *says: str) -> Case:
    return Case(name, (Append(SCENARIO, text),), At(SCENARIO, at), says)


def table(name: str, file: str, old: str, new: str, at: str, *says: str) -> Case:
    path = f"{TABLES}/{file}"
    return Case(name, (Replace(path, old, new),), At(path, at), says)


def setting(name: str, text: str, *says: str) -> Case:
    return Case(name, (), Named(f"--set {text}"), says, (*RUN, "--set", text))


ANALYSES = "analyses.toml"
POSED = """\
[analysis.council]
kind = "voting_power"
quota = 39
seats = { permanent = 5, elected = 10 }
weights = { permanent = 7, elected = 1 }

[analysis.blocs]
kind = "trading_blocs"
countries = 12
blocs = [1, 2, 3]
elasticity_of_substitution = 4
external_tariff = "optimal"
"""


def analysis(name: str, old: str, new: str, at: str, *says: str, command: tuple = ("analyse", ANALYSES)) -> Case:
    """A change to a file of two analyses."""
    assert not old or POSED.count(old) == 1
    text = POSED.replace(old, new) if old else POSED
    return Case(name, (Write(ANALYSES, text),), At(ANALYSES, at), says, command)


COUNTRIES = ("BRA", "CHL", "CHN", "DEU", "GBR", "IND", "JPN", "KEN", "KOR", "RUS", "SGP", "USA")


def pairs(home: str, abroad: str, header: str) -> str:
    """A table of pairs: every country with itself, and Kenya with the United States."""
    rows = {code: f"{code},{code},{home}\n" for code in COUNTRIES}
    rows["KEN"] = f"KEN,KEN,{abroad.split('|')[0]}\nKEN,USA,{abroad.split('|')[1]}\n"
    return header + "".join(rows.values())


def pair_table(name: str, table_name: str, good: str, old: str, new: str, at: str, says: tuple, size: int) -> Case:
    assert good.count(old) == 1
    file = f"{TABLES}/{table_name}.csv"
    listed = f'\n[{table_name}]\nfile = "{table_name}.csv"\nrows = {size}\n'
    return Case(name, (Write(file, good.replace(old, new)), Append(f"{TABLES}/tables.toml", listed)), At(file, at), says)


def hosting(name: str, old: str, new: str, at: str, *says: str, size: int = 13) -> Case:
    return pair_table(name, "hosting", pairs("1", "0.5|0.5", "country,host,share\n"), old, new, at, says, size)


def demand(name: str, old: str, new: str, at: str, *says: str, size: int = 13) -> Case:
    return pair_table(name, "data_demand", pairs("2", "2|3", "origin,destination,demand\n"), old, new, at, says, size)


def proposal(framework: str, countries: str) -> str:
    return (f'\n[event.together]\nkind = "propose"\ndate = 2021-01-01\nframework = "{framework}"\n'
            f'countries = [{countries}]\n')


CROWD = "crowd.toml"
ACTORS = """\
[run]
start = 2020-01-01
horizon = 12

[world]
actors = 20

[framework.pact]
open_at_start = true

[countries]
choice = "threshold"
schedule = "simultaneous"
threshold = 0.25
"""


def crowd(name: str, old: str, new: str, at: str, *says: str) -> Case:
    """A change to twenty actors with thresholds."""
    assert ACTORS.count(old) == 1
    return Case(name, (Write(CROWD, ACTORS.replace(old, new)),), At(CROWD, at), says, ("run", CROWD, "-o", OUTPUT))


# A game of three actors with propensities and a payoff for each state, in the folder of scenarios.
GAME = "scenarios/game.toml"
GAME_TABLES = "scenarios/data/game"
GAME_FILES = {
    GAME: """\
[run]
start = 2020-01-01
horizon = 3

[world]
tables = "data/game"

[framework.pact]
open_at_start = true

[countries]
terms = ["pairwise", "table", "intrinsic"]
unit = "points"
choice = "best_response"
schedule = "fixed_order"
""",
    f"{GAME_TABLES}/tables.toml": """\
[actors]
file = "actors.csv"
rows = 3

[pairs]
file = "pairs.csv"
rows = 4

[payoffs]
file = "payoffs.csv"
rows = 24
""",
    f"{GAME_TABLES}/actors.csv": "code,intrinsic_pact,c\none,1,1\ntwo,2,0\nthree,3,1\n",
    f"{GAME_TABLES}/pairs.csv": "from,to,propensity\none,two,-1\ntwo,one,-1\none,three,0.5\nthree,one,0.5\n",
    f"{GAME_TABLES}/payoffs.csv": "state,actor,payoff\n" + "".join(
        f"{state},{actor},{1 + state.count('+')}\n" for state in
        ("", "one", "two", "one+two", "three", "one+three", "two+three", "one+two+three")
        for actor in ("one", "two", "three")),
}


def game(name: str, file: str, old: str, new: str, at: At | str, *says: str) -> Case:
    """A change to the game."""
    path = GAME if file == GAME else f"{GAME_TABLES}/{file}"
    files = tuple(Write(p, text.replace(old, new) if p == path else text) for p, text in GAME_FILES.items())
    assert GAME_FILES[path].count(old) == 1, f"{file} holds {old!r} {GAME_FILES[path].count(old)} times"
    return Case(name, files, At(path, at) if isinstance(at, str) else at, says, ("run", GAME, "-o", OUTPUT))


MANY_FRAMEWORKS = "".join(f'\n[framework.pact_{n}]\nsponsors = ["USA"]\n' for n in range(1, 8))

CASES = (
    # ---- keys and sections
    added("unknown_section", "\n[contries]\ntemperature = 0.1\n", "contries]", 'unknown section', '"contries"',
          'Did you mean "countries"?'),
    toml("unknown_top_level_key", 'question = "', 'qestion = "', "qestion", '"qestion"', 'Did you mean "question"?'),
    toml("unknown_key_of_framework", "credibility = 0.3", "credability = 0.3", "credability",
         "framework.gids.credability", 'Did you mean "credibility"?'),
    toml("key_in_the_wrong_section", "seed = 1", "seed = 1\ntemperature = 0.2", "temperature", "run.temperature",
         "countries.temperature"),
    toml("wrong_unit_of_money", "credibility = 0.3", "budget_musd = 1500", "budget_musd", "wrong or missing unit",
         "budget_busd = 1.5"),
    toml("missing_unit", "credibility = 0.3", "budget = 1.5", "budget =", "wrong or missing unit", "budget_busd"),
    toml("missing_key", "horizon = 60\n", "", "[run]", '"horizon" is missing', "a whole number from 1 to 100000"),
    # ---- values
    toml("string_for_a_number", "credibility = 0.3", 'credibility = "high"', '"high"', '"high"',
         "a number from 0 to 1", "without quotes"),
    toml("fraction_for_a_whole_number", "horizon = 60", "horizon = 60.5", "60.5", "60.5 is not a whole number",
         "write 60 or 61"),
    toml("string_for_a_list", 'sponsors = ["CHN"]', 'sponsors = "CHN"', '"CHN"', "the string", "a list",
         'between brackets: ["CHN"]'),
    Case("value_for_a_section", (Replace(SCENARIO, "\n[trade]\n", ""), Replace(SCENARIO, 'title = "Twelve countries',
                                 'trade = true\ntitle = "Twelve countries')), At(SCENARIO, "true\ntitle"),
         ("the flag true", "a table, [trade]")),
    toml("number_for_a_flag", 'tables = "data/classroom-12"', 'tables = "data/classroom-12"\ninitial_memberships = 1',
         "1\n\n[framework.clean_network]", "the whole number 1", "true or false"),
    toml("number_out_of_range", "clean_store = 1", "clean_store = 1.5", "1.5", "1.5 is out of range",
         "a number from 0 to 1"),
    toml("negative_seed", "seed = 1", "seed = -1", "-1\n\n[world]", "out of range", "write 0 or more"),
    toml("infinite_number", "credibility = 0.3", "budget_busd = inf", "inf\nmissions", "not a finite number",
         "a number from 0 to 10000"),
    toml("not_a_number", "synthetic = 60", "revision_rate = nan", "nan\n\n[data]", "not a finite number"),
    toml("unknown_option_word", "credibility = 0.3", 'strategy = "targetted"', '"targetted"', '"uniform"',
         'Did you mean "targeted"?'),
    toml("day_that_does_not_exist", "start = 2020-08-01", "start = 2020-02-30", "2020-02-30",
         "2020-02-30 is no day of the calendar", "year-month-day"),
    toml("date_written_in_another_way", "start = 2020-08-01", "start = 1.8.2020", "1.8.2020",
         "1.8.2020 is not written as a date", "2020-08-01"),
    toml("date_in_quotes", "start = 2020-08-01", 'start = "2020-08-01"', '"2020-08-01"', "the string",
         "without quotes: 2020-08-01"),
    toml("syntax_error", 'sponsors = ["CHN"]', 'sponsors = ["CHN"', 'direction = -1', "not valid TOML"),
    toml("key_that_stands_twice", "seed = 1", "seed = 1\nseed = 2", "seed = 2", '"seed" stands twice',
         "keep one of the two"),
    # ---- rules of choice
    crowd("rule_with_a_number_of_another", "threshold = 0.25", "temperature = 0.1", "0.1",
          'the choice "threshold" does not take it', 'choice = "logit"', "remove the key"),
    crowd("rule_without_its_number", 'choice = "threshold"\n', 'terms = ["peers"]\n', "0.25",
          'the choice "logit" does not take it, which is the default', 'choice = "threshold"'),
    crowd("schedule_with_a_number_of_another", "threshold = 0.25", "revisions_per_step = 5", "5\n",
          'the schedule "simultaneous" does not take it', 'schedule = "async_uniform"'),
    crowd("sponsor_that_is_no_actor", "open_at_start = true", 'open_at_start = true\nsponsors = ["7"]', '"7"',
          'unknown actor "7"', '"01" to "20"'),
    crowd("terms_that_nobody_weighs", "threshold = 0.25", 'terms = ["peers"]', '["peers"]',
          'the choice "threshold" does not take it', "countries.terms"),
    crowd("payoffs_without_a_term", 'choice = "threshold"\nschedule = "simultaneous"\nthreshold = 0.25',
          'choice = "best_response"\nterms = []', "[]", "there is no payoff term", "choose by peers alone"),
    crowd("policy_table_that_is_missing", '"threshold"\nschedule = "simultaneous"\nthreshold = 0.25',
          '"policy_table"', '"policy_table"', 'the choice "policy_table" needs a table', "add policy_table = "),
    crowd("policy_table_out_of_order", '"threshold"\nschedule = "simultaneous"\nthreshold = 0.25',
          '"policy_table"\npolicy_table = [{share = 0.5}, {share = 0.25}]', "0.25",
          "the share is not above that of the point before", "countries.policy_table[1].share"),
    toml("steepest_with_a_schedule", "[countries]\n", '[countries]\nchoice = "steepest"\nschedule = "fixed_order"\n',
         '"fixed_order"', 'the choice "steepest" does not take it', "countries.schedule"),
    # ---- names
    toml("misspelt_country_code", 'sponsors = ["CHN"]', 'sponsors = ["CNH"]', '"CNH"', 'unknown country "CNH"',
         'Did you mean "CHN" (China)?', "BRA, CHL, CHN"),
    toml("country_by_its_name", 'untrusted_homes = ["CHN"]', 'untrusted_homes = ["Chnia"]', '"Chnia"',
         'unknown country "Chnia"', 'Did you mean "CHN" (China)?'),
    toml("country_that_stands_twice", 'sponsors = ["CHN"]', 'sponsors = ["CHN", "CHN"]', '"CHN"]', "stands twice",
         "remove"),
    toml("misspelt_framework", 'framework = "gids"', 'framework = "gdis"', '"gdis"', 'unknown framework "gdis"',
         'Did you mean "gids"?'),
    toml("misspelt_event_in_after", 'after = "clean_network_opens"', 'after = "clean_networks_opens"',
         '"clean_networks_opens"', "unknown event", 'Did you mean "clean_network_opens"?'),
    toml("misspelt_payoff_term", '"alignment"', '"alignement"', '"alignement"', "unknown payoff term",
         'Did you mean "alignment"?'),
    added("misspelt_array_in_record", '\n[record]\narrays = ["spliternet_index"]\n', '"spliternet_index"',
          "unknown array", 'Did you mean "splinternet_index"?', "splinternet params --outputs"),
    added("misspelt_firm", '\n[event.ban]\nkind = "ban"\ndate = 2021-01-01\nfirm = "Dragon Network"\n'
          'countries = ["USA"]\n', '"Dragon Network"', "unknown firm", 'Did you mean "Dragon Networks"?'),
    added("misspelt_organisation", '\n[organisation.atlantic_pakt]\nenabled = false\n', "[organisation.atlantic_pakt]",
          "unknown organisation", 'Did you mean "atlantic_pact"?'),
    # ---- events
    toml("unknown_kind_of_event", 'kind = "open"\nframework = "gids"', 'kind = "opens"\nframework = "gids"', '"opens"',
         "not one of the words allowed", 'Did you mean "open"?'),
    toml("event_with_date_and_after", "delay_months = 1", "date = 2020-09-01", "after =",
         "both a date and an after", "keep exactly one"),
    toml("event_with_a_field_too_many", "delay_months = 1", "delay_months = 1\namount = 2", "amount",
         'an event of kind "open" has no "amount"', "remove"),
    toml("event_with_a_field_too_few", 'framework = "gids"\n', "", "[event.gids_opens]", '"framework" is missing',
         "the id of a framework"),
    toml("events_in_a_circle", "date = 2020-08-01", 'after = "gids_opens"', '"gids_opens"', "circle",
         "clean_network_opens after gids_opens after clean_network_opens", "give one of them a date"),
    added("shock_on_an_unknown_parameter", '\n[event.heat]\nkind = "shock"\ndate = 2021-01-01\n'
          'parameter = "countries.temprature"\namount = 0.2\n', '"countries.temprature"', "unknown parameter",
          'Did you mean "countries.temperature"?'),
    added("shock_on_a_parameter_read_once", '\n[event.heat]\nkind = "shock"\ndate = 2021-01-01\n'
          'parameter = "trade.elasticity_goods"\namount = 4\n', '"trade.elasticity_goods"', "read once",
          "set it for the whole run"),
    toml("opening_that_ends", "delay_months = 1", "delay_months = 1\nuntil = 2021-01-01", "until", "acts once",
         "remove until"),
    toml("run_that_starts_in_mid_month", "start = 2020-08-01", "start = 2020-08-20", "2020-08-20",
         "not the first day of a month", "write 2020-08-01"),
    setting("cost_of_compliance_without_gaps", "countries.compliance=0.1", "no gaps between own rules and provisions", "compliance_gaps"),
    toml("id_with_capitals", "[event.gids_opens]", "[event.GIDS-opens]", "GIDS-opens", '"GIDS-opens" is not a valid id',
         "small letters, digits and _"),
    # ---- what cannot stand together
    added("too_many_frameworks", MANY_FRAMEWORKS, "[framework.pact_7]", "there are 9 frameworks", "at most 8",
          "enabled = false"),
    toml("sponsor_that_is_an_untrusted_home", 'untrusted_homes = ["CHN"]', 'untrusted_homes = ["USA"]',
         '"USA"]\nuntrusted', "USA", "sponsor", "untrusted home", "remove"),
    toml("sponsor_of_two_incompatible_frameworks", 'sponsors = ["CHN"]', 'sponsors = ["CHN", "USA"]', '"USA"]',
         "USA", "incompatible", "clean_network"),
    added("index_without_a_weight", "\n[metrics]\nweight_decoupling_data = 0\nweight_decoupling_trade = 0\n"
          "weight_reach_loss = 0\nweight_polarization = 0\n", "0\nweight_reach_loss", "all weights", "above 0"),
    toml("misspelt_admission", "credibility = 0.3", 'admission = "unanimty"', '"unanimty"', "not one of the words allowed",
         '"majority"', 'Did you mean "unanimity"?'),
    added("consent_of_sponsors_without_sponsors", '\n[framework.pact]\nadmission = "sponsor"\n', '"sponsor"',
          "it has none", "name them in sponsors"),
    added("proposal_to_an_unknown_country", proposal("gids", '"KEN", "BAR"'), '"BAR"', 'unknown country "BAR"',
          'Did you mean "BRA" (Brazil)?'),
    added("proposal_to_the_sponsor_of_a_rival", proposal("gids", '"KEN", "USA"'), '"USA"]\n',
          "the group could never accede to gids", "USA is committed to clean_network", "remove USA"),
    added("proposal_to_an_untrusted_home", proposal("clean_network", '"CHN", "KEN"'), '"CHN", "KEN"',
          "CHN is an untrusted home of clean_network"),
    added("proposal_to_what_never_opens", "\n[framework.pact]\ncredibility = 0.5\n" + proposal("pact", '"KEN"'),
          '"pact"\ncountries', "pact never opens", "open_at_start = true"),
    setting("proposal_larger_than_the_world", "countries.proposal_size=13", "a group of 13 is larger than the world",
            "1 to 12"),
    added("leader_rule_without_a_leader", '\n[organisation.atlantic_pact]\nrule = "leader"\n', '"leader"\n',
          'needs a leader', 'leader = "'),
    added("leader_who_is_no_member", '\n[organisation.atlantic_pact]\nrule = "leader"\nleader = "CHN"\n', '"CHN"\n',
          "no member", "DEU, GBR, USA"),
    Case("answering_a_rival_that_is_none",
         (Replace(SCENARIO, "open_supply_chain = 1", "open_supply_chain = 0"),
          Replace(SCENARIO, "credibility = 0.3", 'strategy = "rival_aware"')), At(SCENARIO, '"rival_aware"'),
         ("gids has no rival to answer", 'strategy = "targeted"', "incompatible_with")),
    Case("cascade_without_peers",
         (Replace(SCENARIO, '"alignment", "peers", ', '"alignment", '),
          Replace(SCENARIO, "credibility = 0.3", 'strategy = "cascade"')), At(SCENARIO, '"cascade"'),
         ("nobody would follow anybody", 'add "peers" to terms')),
    Case("transfers_that_nobody_weighs",
         (Replace(SCENARIO, '"side_payment", ', ""), Replace(SCENARIO, "credibility = 0.3", 'transfers = "stability"')),
         At(SCENARIO, '"stability"'), ("countries do not weigh payments", 'add "side_payment" to terms')),
    Case("transfers_without_a_way_out",
         (Replace(SCENARIO, "credibility = 0.3", 'transfers = "equal"'),
          Replace(SCENARIO, "[countries]", '[countries]\nwithdrawal = "never"')), At(SCENARIO, '"equal"'),
         ("no member ever weighs a withdrawal", "countries.withdrawal is never", 'withdrawal = "allowed"')),
    # ---- extends
    Case("extends_in_a_circle", (Replace(SCENARIO, 'title = "Twelve', 'extends = "mine.toml"\ntitle = "Twelve'),
                                 Write("scenarios/mine.toml", 'extends = "classroom-12.toml"\n')),
         At("scenarios/mine.toml", '"classroom-12.toml"'),
         ("circle", "classroom-12.toml -> mine.toml -> classroom-12.toml", "remove")),
    Case("extends_a_missing_file", (Write("scenarios/mine.toml", 'extends = "clasroom-12.toml"\n'),),
         At("scenarios/mine.toml", '"clasroom-12.toml"'), ("there is no file", 'Did you mean "classroom-12.toml"?'),
         ("run", "scenarios/mine.toml", "-o", OUTPUT)),
    # ---- tables
    toml("missing_folder_of_tables", '"data/classroom-12"', '"data/clasroom-12"', '"data/clasroom-12"',
         "there is no folder", 'Did you mean "classroom-12"?'),
    Case("folder_without_a_list_of_tables", (Remove(f"{TABLES}/tables.toml"),), Named(f"{TABLES}/tables.toml"),
         ("there is no such file", "lists the tables")),
    Case("missing_table", (Remove(f"{TABLES}/goods_trade.csv"),), At(f"{TABLES}/tables.toml", '"goods_trade.csv"'),
         ("goods_trade.csv", "there is no file")),
    Case("table_cut_off_in_a_row", (CutAfter(f"{TABLES}/goods_trade.csv", "GBR,KEN"),),
         At(f"{TABLES}/goods_trade.csv", "GBR,KEN"), ("cut off", "2 cells", "3")),
    Case("table_cut_off_between_rows", (CutAfter(f"{TABLES}/links.csv", "land:CHN-RUS,CHN,RUS,terrestrial,Siberia,"
                                                 "6000,10,2005,\n"),),
         At(f"{TABLES}/links.csv", "land:CHN-RUS"), ("2 rows", "tables.toml:20:8", "16", "restore")),
    table("row_with_a_cell_too_many", "goods_trade.csv", "BRA,CHL,5320", "BRA,CHL,5,320", "BRA,CHL,5,320",
          "4 cells", "3", "comma"),
    Case("row_that_stands_twice", (Append(f"{TABLES}/goods_trade.csv", "BRA,CHL,5320\n"),),
         At(f"{TABLES}/goods_trade.csv", "BRA,CHL,5320"), ("stands already in line 2", "keep one")),
    table("unknown_column", "countries.csv", "gdp_busd", "gdp_musd", "gdp_musd", "unknown", 'Did you mean "gdp_busd"?'),
    table("unknown_country_in_trade", "goods_trade.csv", "BRA,CHL,5320", "BRA,CHI,5320", "CHI,5320",
          '"CHI" is not a known country', 'Did you mean "CHL"?'),
    table("negative_trade", "goods_trade.csv", "BRA,CHL,5320", "BRA,CHL,-5320", "-5320", "-5320 is out of range",
          "0 or more"),
    Case("link_of_absurd_length",
         (Replace(f"{TABLES}/links.csv", "Caribbean,8000", "Caribbean,8e12"),
          Replace(f"{TABLES}/tables.toml", "\nsum = { length_km = 89500 }", "")),
         At(f"{TABLES}/links.csv", "8e12"),
         ("link sea:BRA-USA is 8e+12 km long", "at most", "12 countries", "in kilometres")),
    table("word_for_a_number", "countries.csv", "2000,210,75", "n/a,210,75", "n/a", '"n/a" is not a number',
          "a missing value is an empty cell"),
    table("empty_cell_without_imputation", "countries.csv", "2000,210,75", ",210,75", ",210,75", "the cell is empty",
          'impute = "region_median"'),
    table("wrong_total", "tables.toml", "gdp_busd = 55100", "gdp_busd = 55200", "55200", "countries.csv",
          "55100", "55200"),
    Case("country_without_trade",
         (RemoveRows(f"{TABLES}/goods_trade.csv", "CHL"), RemoveRows(f"{TABLES}/services_trade.csv", "CHL"),
          Replace(f"{TABLES}/tables.toml", 'goods_trade.csv"\nrows = 132\nsum = { value_musd = 11019200 }',
                  'goods_trade.csv"\nrows = 110'),
          Replace(f"{TABLES}/tables.toml", 'services_trade.csv"\nrows = 132\nsum = { value_musd = 1654230 }',
                  'services_trade.csv"\nrows = 110')),
         At(f"{TABLES}/countries.csv", "CHL,Chile"), ("CHL", "trade")),
    table("leader_rule_of_the_tables_without_a_leader", "organisations.csv",
          "southern_market,Southern Market,BRA,consensus\nsouthern_market,Southern Market,CHL,consensus",
          "southern_market,Southern Market,BRA,leader\nsouthern_market,Southern Market,CHL,leader",
          "leader\nsouthern", "southern_market decides by its leader", "[organisation.southern_market]"),
    Case("two_incompatible_first_signatures",
         (Write(f"{TABLES}/initial_memberships.csv", "iso3,framework,level,date\nKEN,clean_network,signed,2020-01-01\n"
                "KEN,gids,signed,2020-02-01\n"),
          Append(f"{TABLES}/tables.toml", '\n[initial_memberships]\nfile = "initial_memberships.csv"\nrows = 2\n')),
         At(f"{TABLES}/initial_memberships.csv", "KEN,gids"), ("KEN", "incompatible", "remove one of the two rows")),
    # ---- demand for data
    hosting("host_that_is_unknown", "KEN,USA,0.5\n", "KEN,UAS,0.5\n", "UAS", '"UAS" is not a known country',
            'Did you mean "USA"?'),
    hosting("hosting_that_does_not_sum_to_one", "KEN,USA,0.5\n", "KEN,USA,0.4\n", "KEN,USA", "the shares of KEN",
            "0.9", "not to 1"),
    hosting("country_without_hosting", "KEN,KEN,0.5\nKEN,USA,0.5\n", "", "USA,USA,1", "without a row whose country is KEN",
            "sum to 0", size=11),
    hosting("negative_hosting", "KEN,USA,0.5\n", "KEN,USA,-0.5\n", "-0.5", "-0.5 is out of range", "from 0 to 1"),
    hosting("host_that_stands_twice", "KEN,USA,0.5\n", "KEN,USA,0.25\nKEN,USA,0.25\n", "KEN,USA,0.25",
            "stands already in line", "keep one", size=14),
    demand("demand_that_is_no_number", "KEN,USA,3\n", "KEN,USA,nan\n", "nan", '"nan" is not a number'),
    demand("negative_demand", "KEN,USA,3\n", "KEN,USA,-3\n", "-3", "-3 is out of range", "0"),
    demand("demand_of_an_unknown_country", "KEN,USA,3\n", "KEN,USB,3\n", "USB", '"USB" is not a known country'),
    demand("demand_that_stands_twice", "KEN,USA,3\n", "KEN,USA,3\nKEN,USA,3\n", "KEN,USA,3",
            "stands already in line", size=14),
    demand("country_without_demand", "KEN,KEN,2\nKEN,USA,3\n", "", "USA,USA,2", "without a row whose origin is KEN",
           "no demand above 0 from KEN", size=11),
    setting("demand_from_a_file_without_one", "data.demand=file", "no table data_demand", "origin, destination, demand"),
    setting("demand_of_an_unknown_kind", "data.demand=gravty", "gravity", "hosting", 'Did you mean "gravity"?'),
    # ---- analyses
    analysis("negative_weight", "elected = 1 }", "elected = -1 }", "-1", "-1 is out of range", "write 0 or more"),
    analysis("weight_that_is_no_whole_number", "elected = 1 }", "elected = 0.5 }", "0.5", "not a whole number",
             "a finer unit"),
    analysis("quota_above_the_total", "quota = 39", "quota = 46", "46", "the quota 46 is above the sum of all weights",
             "a whole number from 1 to 45", "lower the quota"),
    analysis("seats_of_an_unknown_voter", "elected = 10", "electd = 10", "elected = 1", 'unknown key "elected"',
             'Did you mean "electd"?'),
    analysis("rule_too_large_to_count", "elected = 10", "elected = 100", "[analysis.council]", "105 voters",
             "add samples = 100000"),
    analysis("unknown_kind_of_analysis", '"voting_power"', '"voting_powers"', '"voting_powers"',
             "unknown kind of analysis", '"network_competition", "trading_blocs" or "voting_power"',
             'Did you mean "voting_power"?'),
    analysis("analysis_without_a_kind", 'kind = "voting_power"\n', "", "[analysis.council]", '"kind" is missing'),
    analysis("unknown_key_of_an_analysis", "quota = 39", "qouta = 39", "qouta", 'Did you mean "quota"?'),
    analysis("elasticity_of_one", "substitution = 4", "substitution = 1", "1\nexternal", "1 is out of range",
             "a number above 1"),
    analysis("blocs_that_do_not_divide_the_world", "[1, 2, 3]", "[1, 2, 5]", "5]", "12 countries cannot form 5 blocs",
             "divisors of 12: 1, 2, 3, 4, 6, 12"),
    analysis("tariff_that_is_no_number", '"optimal"', '"optimum"', '"optimum"', 'Did you mean "optimal"?'),
    analysis("run_of_what_is_analysed", "", "", "[analysis.council]", "analysed, not run",
             f"splinternet analyse {ANALYSES}", command=("run", ANALYSES, "-o", OUTPUT)),
    # ---- games among actors
    game("asymmetric_propensities", "pairs.csv", "three,one,0.5", "three,one,0.4", "one,three",
         "propensity of one towards three is 0.5, but of three towards one 0.4", "pairs.csv:5:1",
         "pairwise_symmetric = false"),
    game("payoff_that_stands_twice", "payoffs.csv", "one+three,two,2\n", "one+three,three,2\n", "one+three,three,2\ntwo",
         "an earlier row tells of the same state and actor"),
    game("payoffs_that_end_too_early", "payoffs.csv", "one+two+three,three,3\n", "", "one+two+three,two",
         "without the state one+two+three for actor three", "8 states"),
    game("payoffs_of_an_unknown_actor", "payoffs.csv", "two+three,one,2", "two+tree,one,2", "two+tree",
         '"tree" is not a known actor', 'Did you mean "three"?'),
    game("payoff_that_is_no_number", "payoffs.csv", "\n,two,1", "\n,two,nan", "nan", '"nan" is not a number'),
    game("payoffs_beyond_all_numbers", "payoffs.csv", ",one,1\n,two,1\n,three,1\none,one,1",
         ",one,-1.7e308\n,two,1\n,three,1\none,one,1.7e308", At(GAME, '"table"'),
         "step 1: the payoff term table is not a finite number for one as a member of pact"),
    game("pairs_without_a_propensity", "pairs.csv", "propensity", "propensty", At(GAME, '["pairwise"'),
         'no column "propensity"', 'Did you mean "propensty"?'),
    game("actor_paired_with_itself", "pairs.csv", "two,one,-1", "two,two,-1", "two,-1", "no pair with itself"),
    game("term_of_the_map_among_actors", GAME, '"intrinsic"', '"market_access"', '"market_access"',
         "needs countries on a map", "pairwise"),
    toml("term_of_games_on_a_map", '"alignment"', '"pairwise"', '"pairwise"', "games among actors", "peers"),
    setting("unit_of_games_on_a_map", "countries.unit=ducats", "percentage points of real income", '"pp"'),
    game("good_without_its_numbers", GAME, '"intrinsic"]', '"public_good"]\ngood_form = "abatement"', "\"abatement\"",
         "needs a of every actor", "attribute a"),
    game("good_without_a_cost", GAME, '"intrinsic"]', '"public_good"]\ngood_form = "linear"\ngood_b = 1', "\"linear\"",
         "c of actor two is not above 0"),
    game("tariffs_without_effects", GAME, '"intrinsic"', '"tariff_club"', '["pairwise"', "tariff_club needs a table",
         "import_linear"),
    game("table_of_payoffs_for_two_frameworks", GAME, "[countries]", "[framework.treaty]\n\n[countries]", '["pairwise"',
         "there are 2 frameworks", "exactly one"),
    # ---- the command line
    Case("unknown_scenario", (), Named("clasroom-12"), ("no shipped scenario", 'Did you mean "classroom-12"?'),
         ("run", "clasroom-12", "-o", OUTPUT)),
    Case("missing_scenario_file", (), Named("scenarios/clasroom-12.toml"),
         ("there is no such file", 'Did you mean "classroom-12.toml"?'),
         ("run", "scenarios/clasroom-12.toml", "-o", OUTPUT)),
    setting("setting_without_equals_sign", "countries.temperature", '"="', "--set countries.temperature=0.2"),
    setting("setting_of_an_unknown_key", "countries.temprature=0.2", "unknown key", 'Did you mean "temperature"?'),
    setting("setting_out_of_range", "countries.temperature=-1", "-1 is out of range", "a number from 1e-06 to 1e+15"),
    Case("unknown_option", (), Named("--ouput"), ("--output",), ("run", SCENARIO, "--ouput", OUTPUT)),
    Case("option_without_its_value", (), Named("run"), ("--output needs a value", "splinternet run --help"),
         ("run", SCENARIO, "-o")),
    Case("command_without_a_scenario", (), Named("run"), ("scenario is required", "splinternet run --help"), ("run",)),
    Case("threads_that_are_no_number", (), Named("run"), ("--threads", "many", "0", "1024"),
         (*RUN, "--threads", "many")),
    Case("unknown_command", (), Named("rum"), ('Did you mean "run"?',), ("rum", SCENARIO)),
    Case("seed_that_is_no_number", (), Named("--seed abc"), ("a whole number",), (*RUN, "--seed", "abc")),
    # ---- files of results
    Case("check_of_a_file_that_is_not_hdf5", (Write("notes.h5", "These are notes, no result.\n"),), Named("notes.h5"),
         ("not an HDF5 file", "splinternet run"), ("check", "notes.h5")),
    Case("check_of_half_a_result", (HalfAResult("half.h5"),), Named("half.h5"), ("cut off or damaged", "run again"),
         ("check", "half.h5")),
    Case("check_of_a_missing_result", (), Named("reslt.h5"), ("does not exist", "check the name"),
         ("check", "reslt.h5")),
    # ---- output
    Case("output_below_a_file", (Write("notes", "A file, no folder.\n"),), Named("notes/result.h5"),
         ("notes is a file, not a folder", "-o"), ("run", SCENARIO, "-o", "notes/result.h5")),
    Case("output_is_a_folder", (), Named("scenarios"), ("this is a folder", "scenarios/result.h5"),
         ("run", SCENARIO, "-o", "scenarios")),
    Case("file_size_limit", (), Named(OUTPUT), ("File too large", "ulimit -f"), file_limit=4096),
    Case("disk_full", (), Named(OUTPUT), ("No space left on device", "free some space"), disk_bytes=4096),
)
