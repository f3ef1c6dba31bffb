"""What others found: the figures that the model is set by, tested on, or laid beside."""

from __future__ import annotations

from dataclasses import dataclass

ADEQUACY = "Ferracane et al. 2026, Economica 93(369)"
OECD_WTO = "OECD & WTO 2025"
GOPINATH = "Gopinath et al. 2024, IMF WP/24/76"
CAMPOS = "Campos et al. 2023, JCE 51(4)"
ECONPOL = "Felbermayr, Mahlkow & Sandkamp 2022, EconPol 41"
KIEL = "Felbermayr et al. 2021, Kiel PB 153"


@dataclass(frozen=True)
class Figure:
    """A published change, in percent.

    Attributes
    ----------
    scenario : str
        File in scenarios/calibration.
    quantity : str
        Name of the measure in `study.MEASURES`.
    value : float
    role : {"sets", "test", "beside"}
        "sets": a parameter is solved so that the model has it; "test": the model must come near it on its own;
        "beside": only sign and pattern are claimed.
    source : str
    """

    scenario: str
    quantity: str
    value: float
    role: str
    source: str


FIGURES = [
    Figure("data-autarky", "real exports, world", -8.45, "sets", OECD_WTO),
    Figure("data-autarky", "real income, world", -4.53, "sets", OECD_WTO),
    Figure("data-regimes", "real exports, world", -1.76, "test", OECD_WTO),
    Figure("data-regimes", "real income, world", -0.94, "test", OECD_WTO),
    Figure("adequacy", "digital against other trade, EU and adequate", 7.0, "beside", ADEQUACY),
    Figure("adequacy", "digital against other trade, EU and adequate", 9.0, "beside", ADEQUACY),
    Figure("cross-bloc-costs", "trade across against within blocs", -12.0, "test", GOPINATH),
    Figure("three-blocs", "trade between the three blocs", -57.0, "sets", CAMPOS),
    Figure("three-blocs", "real income, median of the East", -3.4, "beside", CAMPOS),
    Figure("east-west", "real income, East", -3.9, "beside", ECONPOL),
    Figure("east-west", "real income, West", -1.3, "beside", ECONPOL),
    Figure("russia-west", "real income, Russia", -9.7, "beside", ECONPOL),
    Figure("russia-west", "real income, West", -0.2, "beside", ECONPOL),
    Figure("eu-china", "real income, EU", -0.8, "beside", ECONPOL),
    Figure("eu-china", "real income, China", -0.9, "beside", ECONPOL),
    Figure("eu-china", "real income, EU", -1.0, "beside", KIEL),
    Figure("eu-china", "real income, Germany", -1.4, "beside", KIEL),
    Figure("eu-china", "real income, China", -1.3, "beside", KIEL),
]
