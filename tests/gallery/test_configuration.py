"""The gallery is configuration: no entry is known to the program, and no payoff term is there for one entry alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
           for path in sorted((ROOT / "scenarios/gallery").glob("*.toml"))}
TERMS = sorted(path.stem for path in (ROOT / "sim/model/payoffs/gallery").glob("*.cpp")
               if path.stem not in {"level_term", "situation"})


def terms_of(entry: str) -> list[str]:
    """The payoff terms of an entry or of what it extends."""
    document = ENTRIES[entry]
    if "terms" in document.get("countries", {}):
        return document["countries"]["terms"]
    return terms_of(Path(document["extends"]).stem) if "extends" in document else []


def test_no_name_of_an_entry_occurs_in_the_program():
    assert len(ENTRIES) >= 20
    code = "\n".join(path.read_text(encoding="utf-8") for folder in ("sim", "python/bindings")
                     for path in (ROOT / folder).rglob("*.[ch]pp"))
    # "coordination" and "cartel" are words; as names of scenarios they would follow "gallery/" or stand in quotes.
    assert [entry for entry in ENTRIES if f"gallery/{entry}" in code or f'"{entry}"' in code] == []
    assert [entry for entry in ENTRIES if "-" in entry and entry in code] == []


@pytest.mark.parametrize("term", TERMS)
def test_each_term_serves_two_entries_or_an_entry_and_an_example_in_python(term):
    entries = [entry for entry in ENTRIES if term in terms_of(entry)]
    examples = (ROOT / "docs/python/games.md").read_text(encoding="utf-8")
    assert len(entries) + (f"`{term}`" in examples) >= 2 and entries
    assert f"| `{term}` |" in (ROOT / "docs/MODEL.md").read_text(encoding="utf-8")

