"""Whether the portal lives, whether it can answer a turn, and what it has done so far."""

import asyncio

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from portal.problems import Problem
from portal.services import Given

router = APIRouter()


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def alive() -> dict[str, str]:
    """Answer: the process lives."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(given: Given) -> dict[str, str]:
    """Answer when a turn could be answered now; else the 503 problem names what is missing."""
    names = list(given.probes)
    answers = await asyncio.gather(*(probe() for probe in given.probes.values()))
    missing = [name for name, answer in zip(names, answers, strict=True) if not answer]
    if missing:
        raise Problem(503, "not_ready", {"Retry-After": "5"}, missing=missing)
    return {"status": "ok"}


@router.get("/metrics")
async def metrics(given: Given) -> Response:
    """Return the counters in Prometheus' text format."""
    return Response(given.metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})
