"""What the reader makes of documents of every kind, and of mixtures: a line a kind.

    python benchmarks/kinds.py [--seeds N] [--first N] [--kind WORD] [--form WORD] [--show]
        [--mixtures] [--folder DIR]

Of each kind it says how many documents were read rightly, told (an error finding), refused, read
wrongly without a word (SILENT) or crashed, and how many of them all were not what is expected
(short). With ``--show`` each short document is named, written to the folder, and what is wrong is
said.
"""

import argparse
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from documents import kinds
from documents.tabulated import Case
from documents.truth import judge

OUTCOMES = ("right", "told", "refused", "SILENT", "crash")


def cases(name: str, seed: int) -> tuple[str, Case]:
    return kinds.mixture(seed) if name == "mixture" else (name, kinds.make_case(name, seed))


def documents(
    names: list[str], form: str, seeds: range, folder: Path
) -> Iterator[tuple[str, str, Case, Path]]:
    """Each document written: its kind, what it is called, its case and its file."""
    for name in names:
        for seed in seeds:
            for each in kinds.WRITERS if name == "mixture" else kinds.forms(name):
                if form in each:
                    said, case = cases(name, seed)
                    data = kinds.write(case, each)
                    if data is None:
                        continue
                    path = folder / f"{name}-{seed}-{each}.{kinds.WRITERS[each][1]}"
                    path.write_bytes(data)
                    yield name, f"{path.name} ({said})", case, path


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--kind", default="", help="a part of the kind's name")
    parser.add_argument("--form", default="", help="a part of the form's name")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--mixtures", action="store_true", help="mixtures in place of the kinds")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir(), "kinds"))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    warnings.simplefilter("ignore")
    names = ["mixture"] if asked.mixtures else [n for n in kinds.NAMES if asked.kind in n]
    seeds = range(asked.first, asked.first + asked.seeds)
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    shown: dict[str, list[str]] = {name: [] for name in names}
    for name, said, case, path in documents(names, asked.form, seeds, asked.folder):
        verdict = judge(case, path)
        counts[name][verdict.outcome] += 1
        counts[name]["short"] += not verdict.good
        if verdict.good:
            path.unlink()
        else:
            shown[name].append(f"    {verdict.outcome:7} {said}\n            {verdict.word[:300]}")
    for name, count in counts.items():
        tally = "  ".join(f"{count[o]:4} {o}" if count[o] else " " * (len(o) + 5) for o in OUTCOMES)
        print(
            f"{name:40} {tally}  {count['short']} short" if count["short"] else f"{name:40} {tally}"
        )
        if asked.show:
            print("\n".join(shown[name])) if shown[name] else None
    total = sum(counts.values(), Counter())
    print(", ".join(f"{total[o]} {o}" for o in (*OUTCOMES, "short")))
    sys.exit(total["short"] > 0)


if __name__ == "__main__":
    main()
