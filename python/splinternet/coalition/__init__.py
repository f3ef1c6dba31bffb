"""Coalitions, treaties, alliances and crowds with your own numbers, answered exactly.

`landscape` of alliances; `game` by a function or a table, with stable coalitions, equilibria, basins, cycles, laws and
values; `public_good` and `binary_treaty`; `voting_power`; `threshold_crowd`, contagion and cascades;
`network_competition` and `link_formation`; `scenario_game`, the game behind a scenario of the model; fixed points and
walks. Actors have names, or numbers from 0.
"""

from splinternet.coalition.answers import Basins, Equilibria, ReplyCycle, Rest, StableCoalitions
from splinternet.coalition.competition import (
    LinkFormation,
    NetworkEquilibrium,
    connections,
    link_formation,
    network_competition,
)
from splinternet.coalition.crowds import (
    Crowd,
    cascade_condition,
    cascade_size,
    contagion_threshold,
    threshold_crowd,
)
from splinternet.coalition.dynamics import (
    CriticalPoint,
    FirstExit,
    birth_death_law,
    critical_point,
    first_exit,
    fixed_points,
    logit_shares,
)
from splinternet.coalition.games import Game
from splinternet.coalition.landscapes import Basin, Division, GibbsLaw, Landscape, ResponseCycle, landscape
from splinternet.coalition.posing import game, set_game
from splinternet.coalition.power import VotingPower, voting_power
from splinternet.coalition.scenarios import ScenarioGame, scenario_game
from splinternet.coalition.single_coalitions import Estimate, Stability, shapley_value, stability
from splinternet.coalition.treaties import Contributions, PublicGood, binary_treaty, public_good, threshold_good

__all__ = [
    "Basin",
    "Basins",
    "Contributions",
    "CriticalPoint",
    "Crowd",
    "Division",
    "Equilibria",
    "Estimate",
    "FirstExit",
    "Game",
    "GibbsLaw",
    "Landscape",
    "LinkFormation",
    "NetworkEquilibrium",
    "PublicGood",
    "ReplyCycle",
    "ResponseCycle",
    "Rest",
    "ScenarioGame",
    "Stability",
    "StableCoalitions",
    "VotingPower",
    "binary_treaty",
    "birth_death_law",
    "cascade_condition",
    "cascade_size",
    "connections",
    "contagion_threshold",
    "critical_point",
    "first_exit",
    "fixed_points",
    "game",
    "landscape",
    "link_formation",
    "logit_shares",
    "network_competition",
    "public_good",
    "scenario_game",
    "set_game",
    "shapley_value",
    "stability",
    "threshold_crowd",
    "threshold_good",
    "voting_power",
]
