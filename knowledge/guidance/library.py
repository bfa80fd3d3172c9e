"""The look-ups of the guidance: pure, over records read once."""

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.codes import Need, SizeCategory
from knowledge.facts import Firm
from knowledge.guidance import obligations
from knowledge.guidance.answers import Advice, Compared, Fact, Obligation, Price, Referred
from knowledge.guidance.finder import Finder
from knowledge.guidance.glossary import Glossary
from knowledge.guidance.markets import ANYWHERE, Market
from knowledge.guidance.telling import Teller
from knowledge.schema import GuidanceRecord
from knowledge.schema.guidance_codes import Act
from knowledge.sentences import Sentences

_ORDER = (obligations.NOW, obligations.LATER, obligations.DEPENDS, obligations.PENDING)


class Guidance:
    """What can be told beside whom to ask and what pays.

    `records` is `Content.guidance`: by section, then id. `say` holds the sentences of `guidance.yml`.
    """

    def __init__(self, records: Mapping[str, Mapping[str, GuidanceRecord]], say: Sentences):
        self._records = records
        self._costs = {key: cost for key, cost in records["costs"].items() if not cost.outdated}
        self._glossary = Glossary(records["glossary"].values())
        self._finders = {
            "costs": _finder(self._costs.values(), "label"),
            "comparisons": _finder(records["comparisons"].values(), "question"),
            "rules": _finder(records["rules"].values(), "topic"),
            "payment": _finder(records["payment"].values(), "title"),
            "referrals": _finder(records["referrals"].values(), "topic"),
        }
        self._tell = Teller(say, records)

    def costs(self, need: Need | None = None, text: str = "", act: Act | None = None) -> list[Fact]:
        """Return what things cost, best first: those `text` names, then those of the need or the act.

        Without need and act only what `text` names. Prices that must be read again are left out.
        """
        return [self._tell.cost(cost) for cost in self._ranked("costs", self._costs, need, text, act)]

    def price(self, key: str) -> Price | None:
        """Return what the cost of this id is worked out with; None for one that is unknown, old or without figures."""
        cost = self._costs.get(key)
        if cost is None or cost.low is None:
            return None
        return Price(cost.low, cost.high, cost.tax.value, cost.unit.value, self._tell.cost(cost))

    def comparison(self, need: Need | None = None, text: str = "") -> Compared | None:
        """Return the comparison that `text` names or that is first for the need; None where there is none."""
        found = self._ranked("comparisons", self._records["comparisons"], need, text)
        return self._tell.comparison(found[0], self._costs) if found else None

    def comparison_of(self, key: str) -> Compared | None:
        """Return the comparison of the id `key`; None where there is none."""
        record = self._records["comparisons"].get(key)
        return self._tell.comparison(record, self._costs) if record else None

    def obligations(
        self,
        need: Need,
        firm: Firm,
        today: date,
        *,
        size: SizeCategory | None = None,
        text: str = "",
        market: Market = ANYWHERE,
    ) -> list[Obligation]:
        """Return the rules of `need` for `firm`: those that `text` names and the first ones lead; among
        equals those that hold, those to come, those that depend on a fact not known, texts not in force.

        A firm that a rule is not for hears nothing of it. `size` counts where the owner said it, `market` is the
        countries in question: rules of other countries are left out, those of some countries lead.
        """
        records = self._records["rules"]
        scores = self._scores("rules", text)
        admitted = [
            rule
            for rule in _of(records, need, None)
            if market.admits(rule) and (rule.id in scores or not rule.named_only)
        ]
        ranked = _ranked(admitted, scores, need)
        found = [case for rule in ranked for case in obligations.cases(rule, firm, today, size)]
        found.sort(key=lambda case: (*_lead(case.rule, scores), _ORDER.index(case.state)))
        return _once(map(self._tell.obligation, found))

    def rules_named(self, text: str) -> frozenset[str]:
        """Return the ids of the rules of which a whole phrase stands in `text`."""
        return frozenset(self._finders["rules"].named(text))

    def payment(self, text: str = "") -> list[Advice]:
        """Return the answers to the fear of not being paid: those `text` names first, else the general ones."""
        found = self._ranked("payment", self._records["payment"], None, text, Act.PAYMENT_WORRIES)
        return [self._tell.payment(answer) for answer in found]

    def payment_named(self, text: str, market: Market = ANYWHERE) -> list[Advice]:
        """Return the particular answers (not the general ones) that hold for `market` and of which a whole phrase
        stands in `text`, best first.
        """
        scores = self._finders["payment"].named(text)
        records = self._records["payment"]
        found = [records[key] for key in scores if market.admits(records[key]) and not records[key].first]
        return [self._tell.payment(answer) for answer in _ranked(found, scores, None)]

    def payment_of(self, keys: Iterable[str], market: Market = ANYWHERE) -> list[Advice]:
        """Return the answers of these ids that hold for `market`, in this order."""
        found = (self._records["payment"][key] for key in keys)
        return [self._tell.payment(answer) for answer in found if market.admits(answer)]

    def definition(self, text: str) -> Fact | None:
        """Return what the term `text` is or holds means; accents, plural and slips do not count.

        None where no term is near.
        """
        term = self._glossary.find(text)
        return self._tell.term(term) if term else None

    def referrals(self, text: str) -> list[Referred]:
        """Return where to go for a question that is none of the needs: the records `text` names, best first,
        else the general one.

        A sensitive one comes alone.
        """
        records = self._records["referrals"]
        named = self._ranked("referrals", records, None, text)
        grave = [record for record in named if record.sensitive]
        general = [record for record in records.values() if record.fallback]
        return [self._tell.referral(record) for record in grave or named or general]

    def needs_of(self, key: str) -> tuple[Need, ...]:
        """Return the needs that the record of this id is for, most important first; none where it is unknown."""
        found = (section[key].needs for section in self._records.values() if key in section)
        return tuple(next(found, ()))

    def statistics(self, need: Need | None = None, topic: str | None = None) -> list[Fact]:
        """Return figures about small firms, newest first, of the need or the topic where one is given."""
        found = [
            record
            for record in self._records["statistics"].values()
            if need in (None, *record.needs) and topic in (None, record.topic)
        ]
        found.sort(key=lambda record: (-record.year, record.id))
        return [self._tell.statistic(record) for record in found]

    def _ranked(
        self,
        section: str,
        records: Mapping[str, GuidanceRecord],
        need: Need | None,
        text: str,
        act: Act | None = None,
    ) -> list:
        scores = self._scores(section, text)
        asked = need is not None or act is not None
        chosen = _of(records, need, act) if asked else [records[key] for key in scores]
        return _ranked(chosen, scores, need)

    def _scores(self, section: str, text: str) -> dict[str, int]:
        return self._finders[section].scores(text) if text else {}


def _of(records: Mapping[str, GuidanceRecord], need: Need | None, act: Act | None) -> list[GuidanceRecord]:
    return [record for record in records.values() if need in record.needs or act in record.acts]


def _ranked(records: list[GuidanceRecord], scores: Mapping[str, int], need: Need | None) -> list:
    return sorted(records, key=lambda record: (*_lead(record, scores), _place(need, record), record.id))


def _lead(record: GuidanceRecord, scores: Mapping[str, int]) -> tuple[int, bool, bool]:
    """Return what puts a record before others: named in the text, then first of its need, then made for some
    countries.
    """
    return -scores.get(record.id, 0), not record.first, not getattr(record, "countries", ())


def _place(need: Need | None, record: GuidanceRecord) -> int:
    """Return how important the need is to the record; the first is 0."""
    return record.needs.index(need) if need in record.needs else len(record.needs)


def _finder(records: Iterable[GuidanceRecord], title: str) -> Finder:
    return Finder({record.id: [*record.words, getattr(record, title)] for record in records})


def _once(found: Iterable[Obligation]) -> list[Obligation]:
    """Return the obligations without those that say the same, the first one kept."""
    return list({obligation.text: obligation for obligation in reversed(list(found))}.values())[::-1]
