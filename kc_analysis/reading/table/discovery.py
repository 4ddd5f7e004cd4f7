"""Which numbers of a table are totals of which others, told by the numbers alone."""

from collections.abc import Iterator, Mapping

import numpy as np

from kc_analysis.reading.table.sums import Place, Sum

MISS = 5.0
NEEDED = 12.0
DIGITS = 6
STRIDES = (2, 3, 4, 5, 6)


def find_sums(values, shape=None):
    if not values:
        return []
    rows, columns = shape or tuple(max(at[axis] for at in values) + 1 for axis in (0, 1))
    grid = np.full((rows, columns), np.nan)
    for at, value in values.items():
        grid[at] = value
    unit = units(grid)
    down = [Sum((t, c), [(p, c) for p in parts]) for t, parts, c in Search(grid, unit).found()]
    across = [
        Sum((c, t), [(c, p) for p in parts]) for t, parts, c in Search(grid.T, unit.T).found()
    ]
    return down + across


def units(grid):
    digits = np.zeros(grid.shape, int)
    filled = np.nan_to_num(grid)
    for d in range(DIGITS):
        scaled = filled * 10**d
        digits[np.abs(scaled - np.rint(scaled)) > 1e-4] = d + 1
    finest = np.minimum(digits.max(1, keepdims=True), digits.max(0, keepdims=True))
    return 10.0**-finest


class Search:
    def __init__(self, grid, unit):
        self.present = ~np.isnan(grid)
        self.value = np.nan_to_num(grid)
        self.unit = unit
        self.free = np.ones(grid.shape, bool)
        self.parents = {}
        self.sums = []
        self.seen = set()

    def found(self):
        n = len(self.value)
        lines = np.flatnonzero(self.present.any(1))
        kind = np.array([self.unit[i][self.present[i]].min() for i in lines])
        whole = (lines, np.zeros(len(lines), int))
        kinds = [whole]
        if len(set(kind)) > 1:
            order = np.argsort(kind, kind="stable")
            kinds.append((lines[order], np.unique(kind[order], return_inverse=True)[1]))
        while any(self.round(order, block, self.free) for order, block in kinds):
            pass
        everything = np.ones_like(self.free)
        for order, block in kinds:
            start = np.searchsorted(block, block)
            rank = np.arange(len(order)) - start
            for s in STRIDES:
                if len(order) < 3 * s:
                    break
                strided = block * s + rank % s
                again = np.argsort(strided, kind="stable")
                self.round(order[again], strided[again], everything)
        return self.sums

    def round(self, order, block, free):
        """Accept what a view bears out."""
        pick = free[order] & self.present[order]
        part = np.where(pick, self.value[order], 0)
        zero = np.zeros((1, part.shape[1]))
        P = np.round(np.vstack([zero, part.cumsum(0)]), DIGITS)
        nonzero = np.vstack([zero, (part != 0).cumsum(0)])
        count = np.vstack([zero, pick.cumsum(0)])
        T, there, U = self.value[order], self.present[order], self.unit[order]
        finest = np.where(there, U, np.inf).min(0)
        finest[np.isinf(finest)] = 1
        first = np.searchsorted(block, block)
        last = np.searchsorted(block, block, side="right")
        t, lo, hi = self.candidates(P, T, there, U, finest, first, last)
        if not len(t):
            return False
        k = count[hi] - count[lo]
        total = T[t]
        error = np.abs(P[hi] - P[lo] - total)
        tolerance = 0.5 * U[t] + 0.5 * finest * np.minimum(k, 2 * np.sqrt(k)) + 1e-5
        hit = error <= tolerance
        meant = there[t] & (k > 0)
        weight = np.log2(1 + np.abs(total) / (2 * error + U[t]))
        score = np.where(
            meant, np.where(hit, np.where(nonzero[hi] - nonzero[lo] >= 2, weight, 0), -MISS), 0
        )
        needed = NEEDED + np.log2(np.maximum(k.max(1), 1))
        promising = np.flatnonzero(np.where(score > 0, score, 0).sum(1) >= needed)
        options = sorted(
            (
                (s, i, a, b)
                for i in promising
                for s, a, b in segments(score[i], needed[i])
            ),
            key=lambda x: -x[0],
        )
        new = False
        for s, i, a, b in options:
            own = [c for c in range(a, b) if meant[i, c] and hit[i, c]]
            where = np.arange(lo[i], hi[i])
            parts = {c: order[where[pick[where, c]]].tolist() for c in own}
            if free is self.free and not all(self.free[parts[c], c].all() for c in own):
                continue
            top = int(order[t[i]])
            key = [(top, c, tuple(sorted(parts[c]))) for c in own]
            if all(x in self.seen for x in key):
                continue
            best = a + int(score[i, a:b].argmax())
            if self.above(top, best) & set(parts[best]):
                continue
            new = True
            self.seen.update(key)
            for c in own:
                self.sums.append((top, parts[c], c))
                for p in parts[c]:
                    self.parents.setdefault((p, c), set()).add(top)
                self.free[parts[c], c] = False
        return new

    def above(self, line, c):
        todo, seen = [line], set()
        while todo:
            for p in self.parents.get((todo.pop(), c), ()):
                if p not in seen:
                    seen.add(p)
                    todo.append(p)
        return seen

    def candidates(self, P, T, there, U, finest, first, last):
        n = len(T)
        size = n + 2
        at = np.arange(n)
        out = []
        for c in range(T.shape[1]):
            tops = at[there[:, c] & (T[:, c] != 0)]
            if not len(tops):
                continue
            uniq, rank = np.unique(P[:, c], return_inverse=True)
            keys = np.sort(rank * size + np.arange(n + 1))
            reach = 0.5 * U[tops, c] + 2.5 * finest[c]
            for sign in (1, -1):
                base = tops + 1 if sign > 0 else tops
                target = P[base, c] + sign * T[tops, c]
                pos = np.searchsorted(uniq, target)
                for near in (-2, -1, 0, 1):
                    r = np.clip(pos + near, 0, len(uniq) - 1)
                    k = np.searchsorted(keys, r * size + base, side="right" if sign > 0 else "left")
                    k = np.clip(k if sign > 0 else k - 1, 0, len(keys) - 1)
                    end = keys[k] % size
                    ok = (np.abs(uniq[r] - target) <= reach) & (keys[k] // size == r)
                    ok &= (end > base) & (end <= last[tops]) if sign > 0 else (end < base) & (
                        end >= first[tops]
                    )
                    o, e = tops[ok], end[ok]
                    b = base[ok]
                    out.append(np.stack([o, np.minimum(b, e), np.maximum(b, e)]))
        if not out:
            return np.empty((3, 0), int)
        return np.unique(np.concatenate(out, 1), axis=1)


def segments(score, needed, start=0):
    total = np.concatenate([[0], score.cumsum()])
    gain = total - np.minimum.accumulate(total)
    end = int(gain.argmax())
    if gain[end] < needed:
        return
    begin = int(total[: end + 1].argmin()) if end else 0
    lowest = total[: end + 1].min()
    begin = int(np.flatnonzero(total[: end + 1] == lowest)[-1])
    # zeros of the pattern beside count too
    while begin > 0 and score[begin - 1] == 0:
        begin -= 1
    stop = end
    while stop < len(score) and score[stop] == 0:
        stop += 1
    yield gain[end], start + begin, start + stop
    yield from segments(score[:begin], needed, start)
    yield from segments(score[stop:], needed, start + stop)
