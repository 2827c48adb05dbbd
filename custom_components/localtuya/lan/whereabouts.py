"""The addresses at which a device may be."""


class Whereabouts:
    """Candidates, best first; the address that was configured or proved itself last is never crowded out."""

    __slots__ = ("_proven", "hosts")

    def __init__(self, host: str | None) -> None:
        self.hosts: tuple[str, ...] = (host,) if host else ()
        """All candidates."""
        self._proven = host

    def confirm(self, host: str) -> None:
        """Take an address that can be relied on; the ones before it stay as fallback."""
        self._proven = host
        self.hosts = (host, *(other for other in self.hosts if other != host))[:_MOST]

    def propose(self, host: str, *, behind_first: bool = False) -> bool:
        """Take an address that somebody named; False if it was known. `behind_first` spares the present one."""
        if host in self.hosts:
            return False
        at = int(behind_first)
        found = [*self.hosts[:at], host, *self.hosts[at:]]
        while len(found) > _MOST:
            found.remove(next(other for other in reversed(found) if other not in {host, self._proven}))
        self.hosts = tuple(found)
        return True

    def clear(self) -> None:
        """Forget all."""
        self.hosts = ()
        self._proven = None


_MOST = 4
