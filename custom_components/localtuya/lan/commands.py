"""Command numbers of the LAN protocol."""

from enum import IntEnum

import tinytuya


class Command(IntEnum):
    """What a frame is about."""

    SESS_KEY_NEG_START = tinytuya.SESS_KEY_NEG_START
    SESS_KEY_NEG_RESP = tinytuya.SESS_KEY_NEG_RESP
    SESS_KEY_NEG_FINISH = tinytuya.SESS_KEY_NEG_FINISH
    CONTROL = tinytuya.CONTROL
    STATUS = tinytuya.STATUS
    HEART_BEAT = tinytuya.HEART_BEAT
    DP_QUERY = tinytuya.DP_QUERY
    CONTROL_NEW = tinytuya.CONTROL_NEW
    DP_QUERY_NEW = tinytuya.DP_QUERY_NEW
    UPDATEDPS = tinytuya.UPDATEDPS
    REQ_DEVINFO = tinytuya.REQ_DEVINFO
    LAN_EXT_STREAM = tinytuya.LAN_EXT_STREAM


# Frames whose text travels without the 15-byte version slot.
BARE = frozenset(
    {
        Command.SESS_KEY_NEG_START,
        Command.SESS_KEY_NEG_RESP,
        Command.SESS_KEY_NEG_FINISH,
        Command.HEART_BEAT,
        Command.DP_QUERY,
        Command.DP_QUERY_NEW,
        Command.UPDATEDPS,
        Command.LAN_EXT_STREAM,
    }
)
