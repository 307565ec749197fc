"""Which bands QGIS asks for one after the other."""

from __future__ import annotations

from collections.abc import Collection


class BandOrder:
    """Predicts the next of ``count`` bands that QGIS asks for: those that followed last time."""

    def __init__(self, count: int):
        self._count = count
        self._last = count
        self._followers: dict[int, int] = {}

    def predict(self, band: int, count: int) -> Collection[int]:
        """Record a request for a band; return it and its likely successors, ``count`` in all."""
        self._followers[self._last], self._last = band, band
        if count >= self._count:
            return range(1, self._count + 1)
        selected = [band]
        while len(selected) < count:
            likely = self._followers.get(selected[-1], selected[-1] % self._count + 1)
            if likely in selected:
                break
            selected.append(likely)
        return selected
