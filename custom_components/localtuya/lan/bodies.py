"""The JSON of requests. All times are Unix seconds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import orjson

from .dialect import Dialect

USUAL_DP_IDS: Final = (*range(1, 26), *range(50, 71), *range(100, 141))
"""Where the datapoints of a device22 usually are."""


def query(dialect: Dialect, device_id: str, node: str | None, now: int) -> bytes:
    """Ask for all DPs, of a gateway's child if `node` is given."""
    if node is not None:
        return orjson.dumps({"cid": node} if dialect.wrapped else {"cid": node, "t": now})
    if dialect.wrapped:
        return b"{}"
    return orjson.dumps({"gwId": device_id, "devId": device_id, "uid": device_id, "t": str(now)})


def control(dialect: Dialect, device_id: str, dps: Mapping[str, object], node: str | None, now: int) -> bytes:
    """Write DPs. Raises TypeError for values that JSON cannot hold."""
    values = dict(dps)
    if dialect.wrapped:
        data = {"dps": values} if node is None else {"cid": node, "ctype": 0, "dps": values}
        return orjson.dumps({"protocol": 5, "t": now, "data": data})
    if node is not None:
        return orjson.dumps({"cid": node, "t": now, "dps": values})
    return orjson.dumps({"devId": device_id, "uid": device_id, "t": str(now), "dps": values})


def null_queries(device_id: str, dp_ids: Iterable[int], now: int) -> list[bytes]:
    """Ask a device22 for DPs by writing nulls, in requests below 255 bytes. On other devices nulls are values!"""
    ids = list(dp_ids)
    return [
        orjson.dumps({"devId": device_id, "uid": device_id, "t": str(now), "dps": dict.fromkeys(map(str, part))})
        for part in (ids[at : at + _NULLS_PER_REQUEST] for at in range(0, len(ids), _NULLS_PER_REQUEST))
    ]


def refresh(dp_ids: Sequence[int]) -> bytes:
    """Ask for fresh values of metered DPs."""
    return orjson.dumps({"dpId": list(dp_ids)})


def heartbeat(device_id: str) -> bytes:
    """Say that the client is alive."""
    return orjson.dumps({"gwId": device_id, "devId": device_id})


def presence() -> bytes:
    """Ask a gateway which of its children are online."""
    return b'{"reqType":"subdev_online_stat_query","data":{"cids":[]}}'


_NULLS_PER_REQUEST = 12
