"""The sub-devices of a simulated gateway: their values, what the gateway remembers of them, who is there."""

from collections.abc import Iterable, Mapping
from itertools import batched

import orjson


class Hub:
    """Children by cid; `dps` holds how they are, the memory how the gateway answers while it lags."""

    def __init__(self, children: Mapping[str, Mapping[str, object]]) -> None:
        self.dps: dict[str, dict[str, object]] = {cid: dict(dps) for cid, dps in children.items()}
        self.offline: set[str] = set()
        self._memory: dict[str, dict[str, object]] = {}

    def remembered(self, cid: str) -> dict[str, object]:
        """Give the values that the gateway answers with."""
        return self._memory.get(cid, self.dps[cid])

    def lag(self, cid: str) -> bool:
        """Keep the present values as the memory; False where an older memory stands."""
        if cid in self._memory or cid not in self.dps:
            return False
        self._memory[cid] = dict(self.dps[cid])
        return True

    def catch_up(self, cid: str) -> dict[str, object]:
        """Forget the memory; gives the values that it had wrong."""
        old, new = self._memory.pop(cid, {}), self.dps.get(cid, {})
        return {dp: value for dp, value in new.items() if old.get(dp) != value}

    def presence(self, cids: Iterable[str], chunk: int) -> list[bytes]:
        """Give the bodies of an online list, one per `chunk` children and at least one."""
        groups = [list(group) for group in batched(cids, chunk, strict=False)] or [[]]
        return [
            orjson.dumps(
                {
                    "reqType": "subdev_online_stat_report",
                    "data": {
                        "online": [cid for cid in group if cid not in self.offline],
                        "offline": [cid for cid in group if cid in self.offline],
                        "nearby": [],
                    },
                }
            )
            for group in groups
        ]
