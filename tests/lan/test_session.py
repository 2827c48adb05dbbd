"""A session without a socket: what it makes of what devices say."""

from hypothesis import given, settings, strategies as st
import orjson
import pytest

from custom_components.localtuya.lan.dialect import DIALECTS
from custom_components.localtuya.lan.errors import DeviceRefused, FrameError, KeyRejected, VersionMismatch
from custom_components.localtuya.lan.session import Event, Failed, Presence, Ready, Reply, Report, Session
from tests.lab.wire import NEGOTIATING, Command

from .speech import KEY, VERSIONS, Speech

UNVALID = b"json obj data unvalid"
every_version = pytest.mark.parametrize("version", VERSIONS)


def begun(version: str, key: bytes = KEY) -> tuple[Session, Speech]:
    """Return a session that is ready, and the device at its other end."""
    while True:
        session, device = Session(DIALECTS[version], "device", key), Speech(version)
        if version not in NEGOTIATING:
            return session, device
        (event,) = session.receive(device.respond(session.open()))
        if isinstance(event, Ready):  # but for one in 256, whose key begins with zero
            return session, device


def json_of(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    names = st.sampled_from(["dps", "data", "cid", "reqType", "1", "online"])
    return st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3)


def reports(events: list[Event]) -> list[Report]:
    return [event for event in events if isinstance(event, Report)]


@every_version
def test_a_push(version: str) -> None:
    session, device = begun(version)
    assert session.receive(device.report({"1": True})) == [Report({"1": True})]
    assert session.receive(device.report({"1": 5}, "c1")) == [Report({"1": 5}, "c1")]
    assert session.proved


@every_version
def test_finish_proves_the_key(version: str) -> None:
    session, device = Session(DIALECTS[version], "device", KEY), Speech(version)
    local = device.codec
    if version not in NEGOTIATING:
        assert session.open() == b""
        assert session.ready
        return
    (event,) = session.receive(device.respond(session.open()))
    if isinstance(event, Failed):  # one in 256
        return
    assert isinstance(event, Ready)
    assert local.open(event.greeting).command == Command.FINISH
    assert device.hear(session.heartbeat()).command == Command.HEART_BEAT


@every_version
def test_numbers_grow_from_one(version: str) -> None:
    session, device = begun(version)
    sent = [session.heartbeat(), session.query()[0], session.control({"1": True})[0], session.refresh([18])]
    numbers = [device.hear(packet).sequence for packet in sent]
    assert numbers == sorted(set(numbers))
    assert numbers[0] > 0


@every_version
@pytest.mark.parametrize("retcode", [0, 1])
def test_an_empty_acknowledgement_is_no_failure(version: str, retcode: int) -> None:
    session, device = begun(version)
    _, ticket = session.control({"1": False})
    assert session.receive(device.say(device.control, retcode=retcode)) == [Reply(ticket)]


@every_version
def test_a_report_before_the_acknowledgement_settles_once(version: str) -> None:
    session, device = begun(version)
    _, first = session.control({"1": False})
    _, second = session.control({"2": 5})
    assert session.receive(device.report({"1": False})) == [Report({"1": False}), Reply(first)]
    # The late acknowledgement of the first is not taken for that of the second.
    assert session.receive(device.say(device.control)) == []
    assert session.receive(device.say(device.control)) == [Reply(second)]


@every_version
def test_a_report_of_another_value_settles_nothing(version: str) -> None:
    session, device = begun(version)
    session.control({"1": False})
    assert session.receive(device.report({"1": True, "2": False})) == [Report({"1": True, "2": False})]


@every_version
@pytest.mark.parametrize("nulls", [0, 1, 2])
def test_empty_frames_and_pushes_before_the_answer(version: str, nulls: int) -> None:
    session, device = begun(version)
    _, ticket = session.query()
    for _ in range(nulls):
        assert session.receive(device.say(device.query)) == []
    if not nulls:
        assert session.receive(device.report({"18": 1})) == [Report({"18": 1})]
    events = session.receive(device.answer({"1": True}))
    assert events == [Report({"1": True}, answer=True), Reply(ticket)]
    assert reports(session.receive(device.answer({"1": True}))) == [Report({"1": True})]


@every_version
def test_a_report_after_an_empty_answer_is_the_answer(version: str) -> None:
    session, device = begun(version)
    _, ticket = session.query()
    session.receive(device.say(device.query))
    assert session.receive(device.report({"1": True})) == [Report({"1": True}), Reply(ticket)]


@every_version
@pytest.mark.parametrize("sequence", [0, 1, 47489, 0xFFFFFFFF])
def test_numbers_of_the_device_mean_nothing(version: str, sequence: int) -> None:
    session, device = begun(version)
    _, ticket = session.control({"1": True})
    assert session.receive(device.say(device.control, sequence=sequence)) == [Reply(ticket)]


@every_version
def test_a_refusal_has_its_reason(version: str) -> None:
    session, device = begun(version)
    _, ticket = session.query()
    (event,) = session.receive(device.say(device.query, UNVALID, retcode=1))
    assert isinstance(event, Reply)
    assert event.ticket is ticket
    assert isinstance(event.error, DeviceRefused)
    assert (event.error.retcode, event.error.text) == (1, UNVALID.decode())


@every_version
def test_words_of_refusal_inside_a_value_are_a_value(version: str) -> None:
    session, device = begun(version)
    assert session.receive(device.report({"9": UNVALID.decode()})) == [Report({"9": UNVALID.decode()})]


def test_wrong_key_3_1_shows_in_a_control() -> None:
    session, device = begun("3.1", b"fedcba9876543210")
    session.control({"1": True})
    (event,) = session.receive(device.say(Command.CONTROL, b"parse data error", retcode=1))
    assert isinstance(event, Failed)
    assert isinstance(event.error, KeyRejected)


@pytest.mark.parametrize("version", ["3.2", "3.3"])
def test_wrong_key_shows_in_a_refusal(version: str) -> None:
    session, device = begun(version, b"fedcba9876543210")
    session.query()
    (event,) = session.receive(device.say(Command.DP_QUERY, b"parse data error", retcode=1))
    assert isinstance(event, Failed)
    assert isinstance(event.error, KeyRejected)


def test_a_refusal_in_the_own_key_is_no_wrong_key() -> None:
    session, device = begun("3.3")
    _, ticket = session.control({"1": True})
    (event,) = session.receive(device.say(Command.CONTROL, b"parse data error", retcode=1))
    assert isinstance(event, Reply)
    assert event.ticket is ticket


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_a_response_in_another_key_is_not_believed(version: str) -> None:
    session = Session(DIALECTS[version], "device", KEY)
    device = Speech(version, b"fedcba9876543210")
    session.open()
    (event,) = session.receive(device.say(Command.RESPONSE, bytes(48)))
    assert isinstance(event, Failed)
    assert isinstance(event.error, FrameError)


@pytest.mark.parametrize("version", ["3.4", "3.5"])
def test_after_a_failure_nothing_is_understood(version: str) -> None:
    session, device = Session(DIALECTS[version], "device", KEY), Speech(version)
    session.open()
    response = device.say(Command.RESPONSE, bytes(48))
    (event,) = session.receive(response + response)
    assert isinstance(event, Failed)
    assert isinstance(event.error, KeyRejected)
    assert session.receive(response) == []
    assert session.receive(device.report({"1": True})) == []


def test_a_device_of_3_1_betrays_itself_to_3_3() -> None:
    session, _ = begun("3.3")
    (event,) = session.receive(Speech("3.1").answer({"1": True}))
    assert isinstance(event, Failed)
    assert isinstance(event.error, VersionMismatch)
    assert event.error.version == "3.1"


@every_version
def test_damage_costs_only_its_frame(version: str) -> None:
    session, device = begun(version)
    packet = bytearray(device.report({"1": True}))
    packet[-8] ^= 1
    assert session.receive(bytes(packet) + device.report({"1": False})) == [Report({"1": False})]


@every_version
def test_much_damage_ends_the_session(version: str) -> None:
    session, device = begun(version)
    packet = bytearray(device.report({"1": True}))
    packet[-8] ^= 1
    (event,) = session.receive(bytes(packet) * 3)
    assert isinstance(event, Failed)
    assert isinstance(event.error, FrameError)


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
def test_answers_find_the_child_that_was_asked_about(version: str) -> None:
    session, device = begun(version)
    tickets = {node: session.query(node)[1] for node in ("a", "b", "c")}
    told = session.receive(device.report({"1": 0}, "b") + device.answer({"1": 3}, "c") + device.answer({"1": 1}, "a"))
    assert told == [
        Report({"1": 0}, "b"),
        Report({"1": 3}, "c", answer=True),
        Reply(tickets["c"]),
        Report({"1": 1}, "a", answer=True),
        Reply(tickets["a"]),
    ]


def test_presence_in_several_frames() -> None:
    session, device = begun("3.4")
    events = []
    for online, offline in (["a", "b"], ["c"]), ([], ["d", 5, None]):
        data = {"online": online, "offline": offline, "nearby": ["x"]}
        events += session.receive(
            device.say(Command.EXTENSION, orjson.dumps({"reqType": "subdev_online_stat_report", "data": data}))
        )
    assert events == [
        Presence(frozenset("ab"), frozenset("c")),
        Presence(frozenset(), frozenset("d")),
    ]


@every_version
@pytest.mark.parametrize(
    "body",
    [b"[]", b"5", b"{}", b'{"dps":[]}', b'{"dps":null}', b'{"data":5}', b'{"data":{"dps":5}}', b"no json", b"[" * 5000],
)
def test_odd_json_is_survived(version: str, body: bytes) -> None:
    session, device = begun(version)
    assert reports(session.receive(device.say(Command.STATUS, body))) == []
    assert session.receive(device.report({"1": True})) == [Report({"1": True})]


@every_version
def test_invalid_utf_8_and_nul_bytes_are_read_as_well_as_can_be(version: str) -> None:
    session, device = begun(version)
    (event,) = session.receive(device.say(Command.STATUS, b'{"dps":{"1":"a\xffb"}}\0\0'))
    assert event == Report({"1": "a\ufffdb"})


def test_a_cid_that_is_no_text_is_ignored() -> None:
    session, device = begun("3.4")
    assert session.receive(device.say(Command.STATUS, b'{"data":{"cid":5,"dps":{"1":1}}}')) == [Report({"1": 1})]


def test_tickets_are_bounded_where_nothing_is_acknowledged() -> None:
    session, device = begun("3.3")
    for number in range(1000):
        session.control({"1": number})
        session.receive(device.report({"1": number}))
    assert len(session._pending) <= 8


def test_unanswered_tickets_are_bounded() -> None:
    session, _ = begun("3.3")
    for number in range(1000):
        session.control({"1": number})
    assert len(session._pending) <= 256


def test_values_that_json_cannot_hold() -> None:
    session, _ = begun("3.3")
    with pytest.raises(FrameError):
        session.control({"1": object()})


@given(
    version=st.sampled_from(VERSIONS),
    pieces=st.lists(
        st.one_of(
            st.binary(max_size=60),
            st.tuples(st.integers(0, 70), st.binary(max_size=60), st.integers(0, 3)),
            st.tuples(
                st.just(8), st.recursive(st.none() | st.integers(-5, 5) | st.text(max_size=3), json_of), st.just(0)
            ),
        ),
        max_size=8,
    ),
)
@settings(max_examples=300)
def test_nothing_that_is_said_raises(version: str, pieces: list[bytes | tuple[int, object, int]]) -> None:
    session, device = begun(version)
    session.query()
    session.control({"1": True}, "c1")
    for piece in pieces:
        if isinstance(piece, bytes):
            session.receive(piece)
        else:
            command, body, retcode = piece
            session.receive(
                device.say(command, body if isinstance(body, bytes) else orjson.dumps(body), retcode=retcode)
            )
    assert len(session._pending) <= 2
