"""Settings of the widget: the sites that may show the assistant in their pages."""

import re

from pydantic import BaseSettings, Field, validator

# Scheme, host and port, as browsers write them in the header Origin.
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?|https?://\[[0-9a-f:]+\](:\d+)?")


class WidgetSettings(BaseSettings):
    """Who may show the widget."""

    widget_origins: str = Field(
        "",
        env="WIDGET_ORIGINS",
        description="Origins of the sites that may show the widget, as `https://cma29.exemple https://cci.exemple`. "
        "Empty: none.",
    )

    @validator("widget_origins")
    def _origins_only(cls, value: str) -> str:  # noqa: N805  pydantic's form
        for origin in value.split():
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is no origin: scheme and host in small letters, no path")
        return value

    @property
    def widget_sites(self) -> list[str]:
        """The origins, one by one."""
        return self.widget_origins.split()
