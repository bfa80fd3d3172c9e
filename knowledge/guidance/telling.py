"""Turns guidance records into what is shown."""

from collections.abc import Iterable, Mapping

from knowledge.codes import Confidence
from knowledge.guidance.answers import Advice, Body, Compared, Fact, Obligation, Referred, Side
from knowledge.guidance.obligations import LATER, Case
from knowledge.schema import (
    Application,
    Comparison,
    ContactPoint,
    CostRange,
    GuidanceRecord,
    PaymentAnswer,
    Referral,
    Statistic,
    Term,
)
from knowledge.schema.guidance import BOTH
from knowledge.sentences import Sentences
from knowledge.typography import french, phone


class Teller:
    """Makes facts and answers; `say` holds the sentences of `guidance.yml`, `records` all of the guidance."""

    def __init__(self, say: Sentences, records: Mapping[str, Mapping[str, GuidanceRecord]]):
        self._say = say
        self._records = {key: record for section in records.values() for key, record in section.items()}

    def cost(self, cost: CostRange) -> Fact:
        """Return the fact; its date is that of the price, else of the page."""
        return _fact(cost, french(cost.text), cost.price_date or cost.seen)

    def term(self, term: Term) -> Fact:
        """Return the term with its definition."""
        return _fact(term, self._say.say("definition", term=term.term, definition=term.definition))

    def statistic(self, statistic: Statistic) -> Fact:
        """Return the figure in a sentence."""
        values = statistic.dict(
            include={"indicator", "value", "unit", "year", "topic", "population", "remark"}
        )
        return _fact(statistic, self._say.say("statistic", **values))

    def payment(self, answer: PaymentAnswer) -> Advice:
        """Return the answer with its steps and the rules it names."""
        return Advice(
            title=french(answer.title),
            fact=_fact(answer, french(answer.text)),
            steps=tuple(map(french, answer.steps)),
            more=tuple(self._texts(answer.related)),
        )

    def referral(self, referral: Referral) -> Referred:
        """Return where to go, with numbers written as France writes them."""
        return Referred(
            topic=french(referral.topic),
            fact=_fact(referral, french(referral.text)),
            bodies=tuple(map(_body, referral.bodies)),
            sensitive=referral.sensitive,
        )

    def comparison(self, comparison: Comparison, costs: Mapping[str, CostRange]) -> Compared:
        """Return the comparison; the figures come from `costs`, those that may be shown."""
        fits, codes = comparison.fits, [option.code for option in comparison.options]
        sides = [
            Side(option.code, french(option.label), _shown(fits.get(option.code)))
            for option in comparison.options
        ]
        behind = [self.cost(costs[key]) for key in comparison.figures_from if key in costs]
        return Compared(
            question=french(comparison.question),
            sides=tuple(sides),
            rows=tuple(
                (french(line.criterion), tuple(french(line.answers[code]) for code in codes))
                for line in comparison.criteria
            ),
            both=_shown(fits.get(BOTH)),
            watch_out=tuple(map(french, comparison.watch_out)),
            facts=(_fact(comparison, french(comparison.short_answer)), *behind),
        )

    def obligation(self, case: Case) -> Obligation:
        """Return the rule for one firm: its own text, or what applies with its date."""
        rule, part = case.rule, case.application
        details = french(rule.text)
        fact = _fact(rule, self._applied(part, case.state) if part else details)
        return Obligation(
            **fact.to_dict(),
            topic=french(rule.topic),
            state=case.state,
            details=details,
            from_date=part and part.from_date,
            missing=case.missing,
        )

    def _applied(self, part: Application, state: str) -> str:
        clauses = []
        if part.from_date:
            clauses.append(self._clause("from" if state == LATER else "since", on=part.from_date))
        if part.condition:
            clauses.append(self._clause("if", condition=part.condition))
        clauses.append(self._say.say("rules", state, part.effect.value, what=part.what))
        if part.until_date:
            clauses.append(self._say.say("rules", "until", on=part.until_date))
        sentence = ", ".join(clauses)
        return f"{sentence[:1].upper()}{sentence[1:]}."

    def _clause(self, key: str, **values: str) -> str:
        return self._say.say("rules", "opening", key, **values)

    def _texts(self, keys: Iterable[str]) -> Iterable[Fact]:
        """Yield what the named records say, where they have a text that may be shown."""
        for record in map(self._records.get, keys):
            if hasattr(record, "text") and not getattr(record, "outdated", False):
                yield _fact(record, french(record.text))


def _fact(record: GuidanceRecord, text: str, as_of: str | None = None) -> Fact:
    verified = record.confidence is Confidence.OFFICIAL
    return Fact(
        id=record.id,
        text=text,
        source_url=record.source_url,
        as_of=as_of or record.seen,
        status="verified" if verified else "to_check",
    )


def _body(point: ContactPoint) -> Body:
    return Body(french(point.name), point.url, point.phone and phone(point.phone), point.email)


def _shown(text: str | None) -> str | None:
    return text and french(text)
