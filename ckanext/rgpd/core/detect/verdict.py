"""What the tallies of a table's columns amount to: findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ckanext.rgpd.core.detect.column import ColumnScan, Kind
from ckanext.rgpd.core.detect.company import Company, CompanyRule, Watch, is_opaque
from ckanext.rgpd.core.detect.company_rules import COMPANY_RULES
from ckanext.rgpd.core.detect.detector import HINT, REJECTED, WEAK
from ckanext.rgpd.core.detect.detectors import BY_RULE
from ckanext.rgpd.core.detect.name_column import NAMED_AFTER, columns_of_names
from ckanext.rgpd.core.detect.public_role import suggested_basis
from ckanext.rgpd.core.detect.row_subject import about_persons
from ckanext.rgpd.core.detect.subject import names_houses
from ckanext.rgpd.core.detect.tally import Tally
from ckanext.rgpd.core.types import Finding
from ckanext.rgpd.core.words import words as header_words

#: Share of a column's filled rows from which weak matches are believed; codes drawn at random would
#: look like a telephone number once in ten.
_WHOLE_COLUMN = 0.3  # of a rule that is no detector's
_WHOLE_COLUMN_SCORE = 0.7
_LEAST_BESIDE_NAMES = 3
#: More wrong keys than this for each right one: the right ones are chance.
_CHANCE = 4
#: Under a header that names the number, wrong ones are mistyped, unless nearly all are wrong.
_CHANCE_ANNOUNCED = 40
_NAMES_SCORE = 0.8
_COMPANY_SCORE = 0.8
#: Header words under which an enterprise is named.
_ENTERPRISE = frozenset("denomination raison sociale titulaire entreprise etablissement".split())
#: What bears a name with a title: the rose ``Madame Meilland``, the road ``Monsieur Vincent``.
_NAMED_SO = frozenset(
    "variete cultivar cepage vin marque produit modele oeuvre titre titr personnage prix navire "
    "bateau cheval film livre rue voie odonyme toponyme".split()
)
#: Who made a work stands on its label: nothing beside is about them.
_CREATORS = frozenset(
    "auteur auteurs artiste artistes realisateur compositeur personnage architecte sculpteur "
    "peintre photographe".split()
)
#: Header words of those who use a network: its devices are theirs.
_USERS = frozenset(
    "client clients user users usager usagers visiteur visiteurs abonne abonnes terminal "
    "terminaux utilisateur utilisateurs smartphone".split()
)
#: Header words of telephones that are an organisation's.
_SWITCHBOARD = frozenset("standard accueil fax telecopie mairie service secretariat".split())


def findings(columns: Sequence[ColumnScan]) -> list[Finding]:
    """The findings of the columns that stand side by side in one table."""
    company = _words(columns)
    named = columns_of_names(columns)
    beside_names = any(column.words.isdisjoint(_CREATORS) for column in named)
    found = []
    for column in columns:
        if column in named:
            found.append(_name_finding(column, named[column], suggested_basis(company)))
        found += _value_findings(column, column in named, beside_names, company)
    return about_persons(columns, found + _company_findings(columns, found, company))


def _words(columns: Iterable[ColumnScan]) -> frozenset[str]:
    return frozenset[str]().union(*(column.words for column in columns))


def _name_finding(column: ColumnScan, rule: str, basis: str | None) -> Finding:
    finding = _finding(column, "person_name", [column.names], _NAMES_SCORE, (rule,))
    return replace(finding, suggested_basis=basis)


def _value_findings(
    column: ColumnScan, is_named: bool, beside_names: bool, company: frozenset[str]
) -> list[Finding]:
    believed: dict[str, list[Kind]] = {}
    for kind in column.tallies:
        if _is_believed(column, kind, beside_names):
            believed.setdefault(kind[0], []).append(kind)
    about_persons = beside_names or "person_name" in believed
    if is_named:
        believed.pop("person_name", None)
    found = []
    for entity_type, kinds in believed.items():
        tallies = [column.tallies[kind] for kind in kinds]
        rules = tuple(sorted({rule for _, rule, _ in kinds}))
        score = max(_WHOLE_COLUMN_SCORE if score == WEAK else score for _, _, score in kinds)
        finding = _finding(column, entity_type, tallies, score, rules)
        is_personal = _is_personal(entity_type, column, about_persons) and (
            about_persons or not any(_is_a_things(rule, company) for rule in rules)
        )
        found.append(replace(finding, is_personal=is_personal))
    return found


def _company_findings(
    columns: Sequence[ColumnScan], found: Sequence[Finding], words: frozenset[str]
) -> list[Finding]:
    """What the columns show together, rule by rule; each may rest on those before."""
    known = {finding.entity_type: finding for finding in found if finding.is_personal}
    if traders := [finding for finding in found if _names_a_trader(finding)]:
        known["sole_trader"] = traders[0]
    more = []
    houses = is_opaque(words) and any(names_houses(column.some) for column in columns)
    for rule in COMPANY_RULES:
        for column, watch in _watched(columns, rule):
            evidence = watch.evidence(column.words, column.filled)
            if not watch.tally.rows or not rule.decide(evidence, Company(words, known, houses)):
                continue
            kind = rule.entity_type or rule.rule
            if any(f.column_index == column.index and f.entity_type == kind for f in found):
                continue
            finding = _finding(column, kind, [watch.tally], _COMPANY_SCORE, (rule.rule,))
            known.setdefault(kind, finding)
            if rule.entity_type:
                more.append(_counted(finding, known.get(rule.counted_by or "")))
    return more


def _watched(
    columns: Sequence[ColumnScan], rule: CompanyRule
) -> Iterator[tuple[ColumnScan, Watch]]:
    for column in columns:
        for watch in column.watches:
            if watch.rule is rule:
                yield column, watch


def _counted(finding: Finding, evidence: Finding | None) -> Finding:
    """``finding`` in the rows that the evidence was found in, where it is in some only."""
    if evidence is None or evidence.matched_rows >= finding.matched_rows:
        return finding
    return replace(
        finding,
        matched_rows=evidence.matched_rows,
        distinct_matched=min(finding.distinct_matched, evidence.matched_rows),
        first_at=evidence.first_at,
        examples_masked=(),
    )


def _names_a_trader(finding: Finding) -> bool:
    """Whether a person's name stands where an enterprise is named."""
    is_name = finding.entity_type == "person_name"
    return is_name and not _ENTERPRISE.isdisjoint(header_words(finding.column))


def _is_believed(column: ColumnScan, kind: Kind, beside_names: bool) -> bool:
    _, rule, score = kind
    if score in (REJECTED, HINT):
        return False
    if score == WEAK:
        return _whole_column(column, kind, beside_names)
    if rule.startswith("titled_name") and column.words & _NAMED_SO:
        return False
    if rule == "whole_name" and column.words & (NAMED_AFTER - BY_RULE[rule].context):
        return False
    announced = rule in BY_RULE and column.words & BY_RULE[rule].context
    chance = _CHANCE_ANNOUNCED if announced else _CHANCE
    wrong = sum(tally.distinct for tally in _tallies(column, rule, REJECTED))
    return wrong <= chance * sum(tally.distinct for tally in _tallies(column, rule, score))


def _whole_column(column: ColumnScan, kind: Kind, beside_names: bool) -> bool:
    """Whether weak matches are so many, and so different, that no context is needed.

    Beside names of persons a few are enough: it is some number of theirs.
    """
    entity_type, rule, _ = kind
    tallies = [
        tally
        for other, tally in column.tallies.items()
        if other[2] == WEAK and (other[1] == rule or other[0] == entity_type)
    ]
    detector = BY_RULE.get(rule)
    share = detector.share if detector else _WHOLE_COLUMN
    least = detector.least if detector else 1
    if sum(tally.rows for tally in tallies) < share * max(1, column.filled):
        return False
    distinct = sum(tally.distinct for tally in tallies)
    if distinct < least:
        return beside_names and distinct >= _LEAST_BESIDE_NAMES
    if detector is None or detector.whole is None:
        return True
    return detector.whole(column.pieces(rule))


def _tallies(column: ColumnScan, rule: str, score: float) -> list[Tally]:
    return [tally for kind, tally in column.tallies.items() if kind[1:] == (rule, score)]


def _is_personal(entity_type: str, column: ColumnScan, about_persons: bool) -> bool:
    """A fixed telephone is a person's where persons are named beside it."""
    if entity_type == "phone_fixed":
        return about_persons and not column.words & _SWITCHBOARD
    return entity_type != "email_generic"


def _is_a_things(rule: str, company: frozenset[str]) -> bool:
    """Whether the table is about things with such numbers, and not about who uses them."""
    return (
        rule in BY_RULE
        and not company.isdisjoint(BY_RULE[rule].things)
        and company.isdisjoint(_USERS)
    )


def _finding(
    column: ColumnScan,
    entity_type: str,
    tallies: Sequence[Tally],
    score: float,
    rules: tuple[str, ...],
) -> Finding:
    first = min(tallies, key=lambda tally: tally.first)
    return Finding(
        entity_type=entity_type,
        column=column.name,
        column_index=column.index,
        is_personal=True,
        sensitive=entity_type.startswith(("art9_", "art10_"))
        or any(BY_RULE[rule].sensitive for rule in rules if rule in BY_RULE),
        suggested_basis=None,
        score=score,
        rows=column.rows,
        matched_rows=sum(tally.rows for tally in tallies),
        distinct_matched=sum(tally.distinct for tally in tallies),
        first_at=first.first_at,
        examples_masked=tuple(example for tally in tallies for example in tally.examples)[:3],
        rules=rules,
    )
