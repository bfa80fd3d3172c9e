"""Criteria on a closed list: activities and legal forms, admitted or refused."""

from collections.abc import Callable

from knowledge import naf
from knowledge.eligibility.criteria import Check
from knowledge.eligibility.findings import BROKEN, MET, OPEN, Finding
from knowledge.facts import Firm
from knowledge.rules import legal_forms
from knowledge.schema import Scheme

Labels = dict[str, list[str]]
_EXCLUDED = {True: BROKEN, False: MET, None: OPEN}
_INCLUDED = {True: MET, False: BROKEN, None: OPEN}


def sector_excluded(scheme: Scheme, labels: Labels) -> Check | None:
    """Check the activities refused, in words and as NAF codes."""
    words, codes = scheme.sector_exclusions, scheme.ciblage_naf_exclusions
    return _sector("sector_excluded", _EXCLUDED, words, codes, labels) if words or codes else None


def sector_included(scheme: Scheme, labels: Labels) -> Check | None:
    """Check the activities admitted, in words and as NAF codes."""
    words, codes = scheme.ciblage_secteur_activite, scheme.ciblage_naf
    return _sector("sector_included", _INCLUDED, words, codes, labels) if words or codes else None


def _sector(code: str, states: dict, words: list[str], codes: list[str], labels: Labels) -> Check:
    held, found_by_sector = _holder(words, codes, labels), {}

    def find(sector: str | None) -> Finding:
        state = OPEN if sector is None else states[held(sector)]
        fact = None if state != OPEN else "sector" if sector is None else "activity"
        return Finding(state, f"{code}_{state}", {"words": words}, fact)

    def check(firm: Firm) -> Finding:
        # There are 120 divisions and sections at most: what was found for one holds for every firm.
        found = found_by_sector.get(firm.sector)
        if found is None:
            found = found_by_sector[firm.sector] = find(firm.sector)
        return found

    return check


def _holder(words: list[str], codes: list[str], labels: Labels) -> Callable[[str], bool | None]:
    """Return a test of one sector; a word without code leaves open what the codes do not hold."""
    coded = [*codes, *(code for word in words for code in labels.get(word, ()))]
    vague = any(not labels.get(word) for word in words)

    def held(sector: str) -> bool | None:
        covered = naf.covers(coded, sector)
        return None if covered is False and vague else covered

    return held


def legal_form_excluded(scheme: Scheme) -> Check | None:
    """Check the legal forms refused."""
    words = scheme.eligibilite_forme_juridique_exclusions
    return _form(words, _EXCLUDED, False) if words else None


def legal_form_included(scheme: Scheme) -> Check | None:
    """Check the legal forms admitted."""
    words = scheme.eligibilite_forme_juridique
    return _form(words, _INCLUDED, True) if words else None


def _form(words: list[str], states: dict, admitted: bool) -> Check:
    forms = legal_forms()
    codes, vague = forms.named(words)

    def check(firm: Firm) -> Finding:
        values = {"forms": words, "admitted": admitted, "form": None}
        if firm.legal_form is None:
            return Finding(OPEN, "legal_form_unknown", values, "legal_form")
        code = forms.code_of(firm.legal_form)
        covered = None if code is None else forms.covers(codes, code)
        state = states[None if covered is False and vague else covered]
        values["form"] = forms.word(code) if code else firm.legal_form
        if state == OPEN:  # the form is known: what is still asked is another quality of the firm
            return Finding(OPEN, "legal_form_unknown", values, "conditions")
        return Finding(state, f"legal_form_{state}", values)

    return check
