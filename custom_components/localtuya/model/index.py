"""Rows by the words that they need, so that of many only those are looked at that can apply."""

from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet


class Index[T]:
    """Rows in their order; of each set of words that a row needs, one must be there."""

    def __init__(self, rows: Iterable[T], needed: Callable[[T], Iterable[frozenset[str]]]) -> None:
        """File each row under the words of its smallest set; one that needs nothing is always among them."""
        self._rows = [(row, tuple(filter(None, needed(row)))) for row in rows]
        self._places: dict[str, list[int]] = {}
        self._always = {place for place, (_, sets) in enumerate(self._rows) if not sets}
        for place, (_, sets) in enumerate(self._rows):
            for word in min(sets, key=len, default=()):
                self._places.setdefault(word, []).append(place)

    def among(self, words: AbstractSet[str]) -> Iterator[T]:
        """Yield the rows that find what they need in these words, in their order."""
        places = self._always.union(*(self._places[word] for word in self._places.keys() & words))
        for place in sorted(places):
            row, sets = self._rows[place]
            if not any(map(words.isdisjoint, sets)):
                yield row
