"""All forms by name."""

from __future__ import annotations

from actions.cancel_request import CancelRequestForm
from actions.compare_sales_channels import ComparisonForm
from actions.delete_data import DeleteDataForm
from actions.diagnosis import DiagnosisForm
from actions.form import Form
from actions.request_form import RequestForm
from actions.request_status import StatusForm
from actions.shared_cdo_form import SharedCdoForm
from actions.take_along import TakeAlongForm

FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        ComparisonForm(),
        DiagnosisForm(),
        RequestForm(),
        StatusForm(),
        SharedCdoForm(),
        TakeAlongForm(),
        DeleteDataForm(),
        CancelRequestForm(),
    )
}
