"""What every section of the configuration is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """Keys that this version doesn't know are left out; what is assigned later is checked, too."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)
