"""Which numbers of a table are totals of which others, told by the numbers alone."""

from collections.abc import Iterator, Mapping

import numpy as np

from kc_analysis.reading.table.sums import Place, Sum

import os
NEEDED, COMPLEX, CAP, MISS, STRIDED, NEARCOST, DOUBT, NEAR, LONG = map(float, os.environ.get('PAR', '12 6.6 99 5 3 2 0.7 .02 10').split())
DIGITS = 6
REACH = 8
LIMIT = 2000
SHAPES = (
    [(0, 0, 0)]
    + [(g, 0, 0) for g in range(1, 2 * REACH)]
    + [(g, a, h) for g in range(6) for a in range(1, REACH) for h in range(1, REACH) if g + a + h <= REACH + 2 and (g == 0 or a == 1)]
    + [(-g, 1, h) for g in range(2, REACH) for h in range(g - 1, REACH)]
)
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


def sameness(grid):
    """How likely two nonzero numbers of a column are equal."""
    out = np.zeros((2, grid.shape[1]))
    out[1] = 1
    for c, column in enumerate(grid.T):
        seen = column[~np.isnan(column) & (column != 0)]
        if len(seen) > 1:
            often = np.unique(seen, return_counts=True)[1]
            out[:, c] = (often * (often - 1)).sum() / (len(seen) * (len(seen) - 1)), len(often) / len(seen)
    return out


class Search:
    def __init__(self, grid, unit):
        self.present = ~np.isnan(grid)
        self.value = np.nan_to_num(grid)
        self.unit = unit
        self.free = np.ones(grid.shape, bool)
        same, self.distinct = sameness(grid)
        self.most = -np.log2(np.maximum(same, 1e-9))
        self.parents = {}
        self.sums = []
        self.seen = set()
        self.used = {}

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
        while any(self.round(order, block, self.free, SHAPES) for order, block in kinds):
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
                self.round(order[again], strided[again], everything, extra=STRIDED)
        for order, block in kinds:
            self.round(order, block, everything, SHAPES)
        return self.sums

    def round(self, order, block, free, shapes=((0, 0, 0),), extra=0):
        """Accept what a view bears out."""
        pick = free[order] & self.present[order]
        part = np.where(pick, self.value[order], 0)
        zero = np.zeros((1, part.shape[1]))
        P = np.round(np.vstack([zero, part.cumsum(0)]), DIGITS)
        mark = np.vstack([zero, np.cos(part).cumsum(0)])
        nonzero = np.vstack([zero, (part != 0).cumsum(0)])
        count = np.vstack([zero, pick.cumsum(0)])
        T, there, U = self.value[order], self.present[order], self.unit[order]
        finest = np.where(there, U, np.inf).min(0)
        finest[np.isinf(finest)] = 1
        first = np.searchsorted(block, block)
        last = np.searchsorted(block, block, side="right")
        cands = self.candidates(P, T, there, U, finest, first, last, np.array(shapes))
        if not cands.shape[1]:
            return False
        t, lo, hi, lo2, hi2 = cands
        span = lambda X: X[hi] - X[lo] + X[hi2] - X[lo2]
        k = span(count)
        total = T[t]
        error = np.abs(span(P) - total)
        tolerance = 0.5 * U[t] + 0.5 * finest * np.minimum(k, 2 * np.sqrt(k)) + 1e-5
        exact = error <= tolerance
        meant = there[t] & (k > 0)
        hit = exact | (error <= NEAR * np.abs(total))
        weight = np.log2(1 + np.abs(total) / (2 * error + U[t])) - DOUBT
        weight = np.minimum(weight, CAP)
        weight = np.maximum(np.minimum(weight, np.maximum(self.most, weight * self.distinct**2)), 0) * fresh(np.where(meant & exact, np.round(total + span(mark), 5), np.nan))
        weight = np.where(exact, np.where(span(nonzero) >= 2, weight, 0), np.where(hit, -NEARCOST, -MISS))
        score = np.where(meant, weight, 0)
        needed = NEEDED + extra + np.log2(np.maximum(k.max(1), 1)) + COMPLEX * ((hi2 > lo2) | (lo > t + 1) | (hi < t))
        promising = np.flatnonzero(np.where(score > 0, score, 0).sum(1) >= needed)
        options = sorted(
            (
                (s - needed[i], i, a, b, hi[i] - lo[i] + hi2[i] - lo2[i])
                for i in promising
                for s, a, b in segments(score[i], needed[i])
            ),
            key=lambda x: x[4] * LONG - x[0],
        )
        new = False
        for s, i, a, b, _ in options:
            own = [c for c in range(a, b) if meant[i, c] and hit[i, c]]
            where = np.r_[lo[i]:hi[i], lo2[i]:hi2[i]]
            parts = {c: order[where[pick[where, c]]].tolist() for c in own}
            if free is self.free and not all(self.free[parts[c], c].all() for c in own):
                continue
            top = int(order[t[i]])
            if all((top, c) in self.seen for c in own) and free is not self.free:
                continue
            best = a + int(score[i, a:b].argmax())
            chosen = set(parts[best])
            if any(self.above(line, best) & chosen for line in (top, *chosen)):
                continue
            same = tuple(sorted(parts[best])), best
            if same in self.used and abs(self.used[same] - top) != 1:
                continue
            new = True
            self.used.update(((tuple(sorted(parts[c])), c), top) for c in own)
            self.seen.update((top, c) for c in own)
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

    def candidates(self, P, T, there, U, finest, first, last, shapes):
        n = len(T)
        size = n + 2
        at = np.arange(n)
        out, votes = [], []
        gap, a, h = shapes.T
        for c in range(T.shape[1]):
            tops = at[there[:, c] & (T[:, c] != 0)]
            if not len(tops) or self.distinct[c] < 0.1 and self.most[c] < 0.5:
                continue
            uniq, rank = np.unique(P[:, c], return_inverse=True)
            keys = np.sort(rank * size + np.arange(n + 1))
            for sign in (1, -1):
                start = (tops + 1 if sign > 0 else tops)[:, None] + sign * gap
                begin = start + sign * a
                base = begin + sign * h
                good = (base < last[tops][:, None]) if sign > 0 else (base > first[tops][:, None])
                good &= (start >= first[tops][:, None]) & (start <= last[tops][:, None])
                row, col = np.nonzero(good)
                top = tops[row]
                start, begin, base = start[row, col], begin[row, col], base[row, col]
                reach = 0.5 * U[top, c] + 2.5 * finest[c]
                target = P[base, c] + sign * T[top, c] - P[begin, c] + P[start, c]
                pos = np.searchsorted(uniq, target)
                for near in (-1, 0):
                    r = np.clip(pos + near, 0, len(uniq) - 1)
                    ok = np.abs(uniq[r] - target) <= reach
                    if not ok.any():
                        continue
                    r = r[ok]
                    o, s, g, b = top[ok], start[ok], begin[ok], base[ok]
                    k = np.searchsorted(keys, r * size + b, side="right" if sign > 0 else "left")
                    k = np.clip(k if sign > 0 else k - 1, 0, len(keys) - 1)
                    end = keys[k] % size
                    ok = keys[k] // size == r
                    ok &= (end > b) & (end <= last[o]) if sign > 0 else (end < b) & (end >= first[o])
                    o, s, g, b, end = (x[ok] for x in (o, s, g, b, end))
                    out.append(np.stack([o, np.minimum(s, g), np.maximum(s, g), np.minimum(b, end), np.maximum(b, end)]))
                    votes.append(np.log2(1 + np.abs(T[o, c]) / U[o, c]))
        if not out:
            return np.empty((5, 0), int)
        all_ = np.concatenate(out, 1)
        code = all_[0]
        for row in all_[1:]:
            code = code * size + row
        _, one, which = np.unique(code, return_index=True, return_inverse=True)
        votes = np.bincount(which, np.concatenate(votes))
        best = np.argsort(-votes, kind="stable")[:LIMIT]
        return all_[:, one[best[votes[best] > NEEDED / 3]]]


def fresh(total):
    order = np.argsort(total, axis=1, kind="stable")
    ranked = np.take_along_axis(total, order, 1)
    first = np.ones_like(ranked, bool)
    first[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    out = np.empty_like(first)
    np.put_along_axis(out, order, first, 1)
    return out


def segments(score, needed, start=0):
    total = np.concatenate([[0], score.cumsum()])
    gain = total - np.minimum.accumulate(total)
    end = int(gain.argmax())
    if gain[end] < needed:
        return
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
