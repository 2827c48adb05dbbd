from custom_components.localtuya.cloud.rows import CloudDevice
from custom_components.localtuya.learning import _described
from custom_components.localtuya.model.record import DeviceRecord

KNOWN = DeviceRecord("door", name="Door", node_id="n1", gateway_id="hub", properties=({"id": 1},), dps={"1": True})


def test_what_a_list_does_not_say_is_not_lost() -> None:
    said = _described(KNOWN, CloudDevice("door", name="Front door", sub=True, product_id="p1"))
    assert (said.name, said.product_id) == ("Front door", "p1")
    assert (said.node_id, said.gateway_id, said.properties, said.dps) == ("n1", "hub", ({"id": 1},), {"1": True})


def test_what_it_says_counts() -> None:
    said = _described(KNOWN, CloudDevice("door", sub=True, node_id="n2", gateway_id="other"))
    assert (said.node_id, said.gateway_id) == ("n2", "other")


def test_a_device_that_is_not_listed_is_what_it_was() -> None:
    assert _described(KNOWN, None) is KNOWN
