from custom_components.localtuya.cloud.gateways import (
    adopted,
    completed,
    incomplete,
    matched_by_key,
    united,
    worth_asking,
)
from custom_components.localtuya.cloud.rows import CloudDevice

HUB = CloudDevice("hub", category="wg2", local_key="k")
PLUG = CloudDevice("plug", category="cz", local_key="p")
CHILD = CloudDevice("child", category="wsdcg", local_key="k", sub=True)
KEYLESS = CloudDevice("keyless", category="pir", sub=True)
REMOTE = CloudDevice("remote", category="infrared_ac", sub=True)


def family(*devices: CloudDevice) -> dict[str, CloudDevice]:
    return {device.id: device for device in devices}


def test_a_home_without_sub_devices_is_complete() -> None:
    assert not incomplete(family(HUB, PLUG))
    assert incomplete(family(HUB, CHILD))
    assert incomplete(family(CloudDevice("plug")))


def test_what_is_missing_is_filled_and_nothing_else() -> None:
    rows = [
        CloudDevice("plug", local_key="other"),
        CloudDevice("keyless", local_key="k", gateway_id="hub", node_id="n"),
    ]
    done = completed(family(PLUG, KEYLESS), [*rows, CloudDevice("stranger")])
    assert list(done) == ["plug", "keyless"]
    assert done["plug"].local_key == "p"
    assert (done["keyless"].local_key, done["keyless"].gateway_id, done["keyless"].node_id) == ("k", "hub", "n")


def test_a_shared_key_tells_the_gateway() -> None:
    assert matched_by_key(family(HUB, PLUG, CHILD))["child"].gateway_id == "hub"


def test_a_key_that_two_devices_have_tells_nothing() -> None:
    twin = CloudDevice("twin", category="wg2", local_key="k")
    assert matched_by_key(family(HUB, twin, CHILD))["child"].gateway_id is None


def test_an_empty_key_tells_nothing() -> None:
    assert matched_by_key(family(CloudDevice("hub", category="wg2"), KEYLESS))["keyless"].gateway_id is None


def test_gateways_are_asked_only_where_it_helps() -> None:
    assert worth_asking(family(HUB, PLUG, KEYLESS)) == ("hub",)
    assert worth_asking(family(HUB, PLUG, REMOTE)) == ()
    assert worth_asking(family(HUB, PLUG)) == ()


def test_a_gateway_adopts_whom_it_names() -> None:
    done = adopted(family(HUB, KEYLESS), "hub", [CloudDevice("keyless", node_id="n")])
    assert (done["keyless"].gateway_id, done["keyless"].node_id) == ("hub", "n")


def test_a_device_that_is_listed_twice_is_one() -> None:
    rows = [CloudDevice("plug", name="Plug"), CloudDevice("plug", name="Old plug", local_key="p"), HUB]
    done = united(family(HUB), rows)
    assert list(done) == ["hub", "plug"]
    assert (done["plug"].name, done["plug"].local_key) == ("Plug", "p")
