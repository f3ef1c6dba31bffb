"""Scores of probabilities against what happened: AUC, log loss, Brier score and their baselines."""

from __future__ import annotations

import numpy as np


def auc(score: np.ndarray, happened: np.ndarray) -> float:
    """Probability that a case that happened has a higher score than one that did not; ties count one half.

    Parameters
    ----------
    score : array of float, shape (n,)
        Any number that should be higher where the event is likelier.
    happened : array of bool, shape (n,)

    Returns
    -------
    float
        Area under the ROC curve (the Mann-Whitney statistic), NaN unless both outcomes occur.
    """
    score, happened = np.asarray(score, dtype=float), np.asarray(happened, dtype=bool)
    high, low = score[happened], score[~happened]
    if high.size == 0 or low.size == 0:
        return float("nan")
    above = (high[:, None] > low[None, :]).mean()
    equal = (high[:, None] == low[None, :]).mean()
    return float(above + 0.5 * equal)


def smoothed_probability(count: np.ndarray, runs: int) -> np.ndarray:
    """Return (count + 1/2) / (runs + 1), the posterior mean under the Jeffreys prior.

    An event that no run (or every run) shows gets a probability near 0 (or 1), never 0 or 1: the log loss stays finite.
    """
    return (np.asarray(count, dtype=float) + 0.5) / (runs + 1.0)


def log_loss(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean of -ln(probability given to what happened), in nats; probabilities strictly between 0 and 1."""
    probability, happened = np.asarray(probability, dtype=float), np.asarray(happened, dtype=bool)
    return float(-np.mean(np.log(np.where(happened, probability, 1.0 - probability))))


def brier(probability: np.ndarray, happened: np.ndarray) -> float:
    """Mean squared difference between probability and outcome (Brier 1950)."""
    return float(np.mean((np.asarray(probability, dtype=float) - np.asarray(happened, dtype=float)) ** 2))


def base_rate_scores(happened: np.ndarray) -> tuple[float, float]:
    """Log loss and Brier score of giving everybody the observed share of cases that happened."""
    rate = float(np.mean(np.asarray(happened, dtype=float)))
    if rate in (0.0, 1.0):
        return 0.0, 0.0
    return float(-(rate * np.log(rate) + (1.0 - rate) * np.log(1.0 - rate))), rate * (1.0 - rate)


def shuffled_auc(score: np.ndarray, happened: np.ndarray, repeats: int, seed: int) -> tuple[float, float, float]:
    """AUC against randomly permuted outcomes: its mean and the bounds of its central 95 %.

    Parameters
    ----------
    score, happened : arrays of shape (n,)
    repeats : int
        Number of permutations.
    seed : int
        Seed of NumPy's PCG64 generator.

    Returns
    -------
    tuple of float
        Mean, 2.5 % quantile, 97.5 % quantile.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    values = [auc(score, generator.permutation(np.asarray(happened, dtype=bool))) for _ in range(repeats)]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(np.mean(values)), float(low), float(high)


def grouped(values: np.ndarray, unit: list[str]) -> np.ndarray:
    """Mean of `values` over each unit, units in order of their first member: one number per joint act."""
    first: dict[str, list[float]] = {}
    for value, name in zip(values, unit, strict=True):
        first.setdefault(name, []).append(float(value))
    return np.array([np.mean(group) for group in first.values()])
