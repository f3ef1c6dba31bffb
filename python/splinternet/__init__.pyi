# Made by `make stubs`; not to be edited.
from splinternet import coalition as coalition
from splinternet import custom as custom
from splinternet import metrics as metrics
from splinternet import routing as routing
from splinternet import trade as trade
from splinternet._core import DataError as DataError
from splinternet._core import Error as Error
from splinternet._core import FileError as FileError
from splinternet._core import InternalError as InternalError
from splinternet._core import ScenarioError as ScenarioError
from splinternet._core import SolverError as SolverError
from splinternet.analysis import Analysis as Analysis
from splinternet.analysis import analyse as analyse
from splinternet.custom import FirmRule as FirmRule
from splinternet.custom import Payoff as Payoff
from splinternet.custom import firm_rule as firm_rule
from splinternet.custom import payoff as payoff
from splinternet.explanation import Explanation as Explanation
from splinternet.result import Result as Result
from splinternet.result import open_result as open_result
from splinternet.scenario import Parameter as Parameter
from splinternet.scenario import Scenario as Scenario
from splinternet.scenario import ScenarioEntry as ScenarioEntry
from splinternet.scenario import load as load
from splinternet.scenario import scenarios as scenarios
from splinternet.simulation import Simulation as Simulation
from splinternet.simulation import World as World
from splinternet.simulation import run as run
from splinternet.verification import Verification as Verification
from splinternet.verification import verify as verify

__all__ = [
    "Analysis",
    "DataError",
    "Error",
    "Explanation",
    "FileError",
    "FirmRule",
    "InternalError",
    "Parameter",
    "Payoff",
    "Result",
    "Scenario",
    "ScenarioEntry",
    "ScenarioError",
    "Simulation",
    "SolverError",
    "Verification",
    "World",
    "analyse",
    "coalition",
    "custom",
    "firm_rule",
    "load",
    "metrics",
    "open_result",
    "payoff",
    "routing",
    "run",
    "scenarios",
    "trade",
    "verify",
]
__version__: str
