"""Closed lists of codes used by the guidance only."""

from knowledge.codes import Code


class Act(Code):
    """What an owner does in a turn that guidance answers, beside stating a need."""

    ASK_COST = "ask_cost"
    ASK_DEFINITION = "ask_definition"
    COMPARE_SALES_CHANNELS = "compare_sales_channels"
    PAYMENT_WORRIES = "payment_worries"
    OTHER_BUSINESS_NEED = "other_business_need"


class Home(Code):
    """French territories where law made for the mainland and the Union may not hold."""

    OUTERMOST = "outermost"  # overseas and inside the Union, outside its common VAT: La Réunion
    OVERSEAS = "overseas"  # overseas and outside the Union: Polynésie française


class CostUnit(Code):
    """What a cost is counted by."""

    ONE_OFF = "one_off"
    PER_MONTH = "per_month"
    PER_YEAR = "per_year"
    PER_10_YEARS = "per_10_years"
    PER_DAY = "per_day"
    PER_HOUR = "per_hour"
    DAYS_PER_MONTH = "days_per_month"  # a volume of work, not a price
    PER_CASE = "per_case"
    PER_ITEM = "per_item"
    PER_SALE = "per_sale"
    PER_CLASS = "per_class"
    PER_COUNTRY_PER_CLASS = "per_country_per_class"
    PERCENT = "percent"
    PERCENT_PLUS_FIXED = "percent_plus_fixed"
    PERCENT_OF_TURNOVER = "percent_of_turnover"


class Currency(Code):
    """What a cost is paid in, ISO 4217."""

    EUR = "EUR"
    USD = "USD"
    CHF = "CHF"


class Tax(Code):
    """Whether a cost includes VAT."""

    HT = "ht"
    TTC = "ttc"
    UNKNOWN = "unknown"  # the page does not say
    NONE = "none"  # no VAT is due on it, or it is no amount


class RuleStatus(Code):
    """Whether a rule binds anybody; its dates stand in `applies`."""

    IN_FORCE = "in_force"
    ANNOUNCED = "announced"  # a date was announced; nobody has checked that it was kept
    BILL = "bill"  # a text that is not voted
    TRANSPOSITION = "transposition"  # a directive whose French law was not found
    REPEALED = "repealed"


class Effect(Code):
    """What a rule does to the firms it is for."""

    DUTY = "duty"  # they must
    EXEMPTION = "exemption"  # they need not
    RIGHT = "right"  # they may
