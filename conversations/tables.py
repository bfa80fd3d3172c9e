"""All tables of the record: whoever makes or changes them needs the whole, not what happens to be imported.

Return them as `metadata`.
"""

from conversations import (
    advisor_models,
    channel_models,
    digest_models,
    group_models,
    handling_models,
    interest_models,
    model_run_models,
    models,
    opinion_models,
    passage_models,
    privacy_models,
    request_models,
    review_models,
    saved_views,
)
from conversations.statistics import models as statistics_models

MODULES = (
    advisor_models,
    channel_models,
    digest_models,
    group_models,
    handling_models,
    interest_models,
    model_run_models,
    models,
    opinion_models,
    passage_models,
    privacy_models,
    request_models,
    review_models,
    saved_views,
    statistics_models,
)
metadata = models.metadata
