from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from custom_components.localtuya.cloud import errors
from custom_components.localtuya.cloud.regions import REGIONS
from custom_components.localtuya.flow.check import _ERRORS
from custom_components.localtuya.flow.findings import Finding
from custom_components.localtuya.flow.schemas import AUTO

from .texts import TEXTS, lacking

PACKAGE = Path(__file__).parent.parent / "custom_components" / "localtuya"
SOURCE = "\n".join(
    path.read_text()
    for path in (
        *PACKAGE.glob("*.py"),
        *(PACKAGE / "flow").glob("*.py"),
        PACKAGE / "cloud/errors.py",
        PACKAGE / "cloud/client.py",
    )
)
CLOUD_KEYS = {row.key for row in errors.FAULTS if row.key} | {
    kind.usual_key for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.CloudError)
}
DEVICE_KEYS = {key for _, _, key in _ERRORS} | {"key_length", "not_heard"}


def test_every_error_of_the_cloud_has_a_text() -> None:
    assert TEXTS["config"]["error"].keys() >= CLOUD_KEYS
    assert len(CLOUD_KEYS) >= 12


@pytest.mark.parametrize("texts", [TEXTS["config"]["error"], TEXTS["config_subentries"]["device"]["error"]])
def test_every_error_of_a_device_has_a_text(texts: Mapping[str, str]) -> None:
    assert texts.keys() >= DEVICE_KEYS


def test_the_same_error_is_said_in_the_same_words() -> None:
    first, second = TEXTS["config"]["error"], TEXTS["config_subentries"]["device"]["error"]
    assert len(first.keys() & second.keys()) >= 12
    assert {key: first[key] for key in first.keys() & second.keys()} == {
        key: second[key] for key in first.keys() & second.keys()
    }


def test_every_finding_has_a_text() -> None:
    assert TEXTS["common"].keys() >= set(Finding)
    assert {key for key in TEXTS["config"]["error"] if key.startswith("found_")} == {
        Finding.NO_KEY,
        Finding.NO_GATEWAY,
        Finding.GATEWAY_FOREIGN,
    }


def test_every_data_center_has_a_name() -> None:
    names = {region.code: region.name for region in REGIONS}
    assert TEXTS["selector"]["region"]["options"] == {AUTO: "Find it for me", **names}


OLD_CORE = {"already_in_progress", "reauth_successful", "reconfigure_successful"}
"""Said by Home Assistant itself, with texts of its own from 2026.10 on."""


@pytest.mark.parametrize(
    "keys",
    [
        TEXTS["common"],
        *(TEXTS["config"][part] for part in ("error", "abort", "step")),
        *(TEXTS["config_subentries"]["device"][part] for part in ("error", "abort", "step")),
        *(TEXTS["options"][part] for part in ("error", "abort", "step", "progress")),
        TEXTS["issues"],
    ],
)
def test_no_text_is_left_over(keys: Mapping[str, Any]) -> None:
    assert [key for key in keys.keys() - OLD_CORE if key.removesuffix("_without_cloud") not in SOURCE] == []


def test_the_check_of_flows_sees_what_is_missing() -> None:
    texts = {"abort": {"done": "{name} is done"}}
    assert lacking(texts, {"type": "abort", "reason": "done"}) == ["abort.done"]
    assert lacking(texts, {"type": "abort", "reason": "gone", "description_placeholders": {"name": ""}}) == [
        "abort.gone"
    ]
    assert lacking(texts, {"type": "abort", "reason": "done", "description_placeholders": {"name": ""}}) == []
    assert lacking(texts, {"type": "progress", "progress_action": "search"}) == ["progress.search"]
