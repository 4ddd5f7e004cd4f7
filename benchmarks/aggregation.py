"""Discovery of sums on a peer's data."""

import argparse
import gzip
import json
import re
from pathlib import Path

from kc_analysis.reading.table.discovery import find_sums

def listed(v):
    return json.loads(v) if isinstance(v, str) else v

MARKS = {"None": "", "Comma": ",", "Point": ".", "Space": " "}

def number(text, thousands, decimal):
    text = text.strip().replace("\u00a0", " ")
    text = re.sub(r"^[$€£¥]\s*|\s*%$", "", text)
    text = text.replace("−", "-")
    m = re.fullmatch(r"\((.*)\)", text)
    negative = bool(m)
    if m: text = m[1]
    if text.startswith("-"):
        negative = True
        text = text[1:].strip()
    text = re.sub(r"^[$€£¥]\s*|\s*%$", "", text)
    g = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|" if thousands else ""
    if not re.fullmatch(rf"(?:{g}\d+)?(?:{re.escape(decimal)}\d+)?", text) or not text:
        return None
    v = float((text.replace(thousands, "") if thousands else text).replace(decimal, "."))
    return -v if negative else v

def read(cells, fmt):
    th, de = (MARKS[x] for x in fmt.split())
    out = {}
    for r, row in enumerate(cells):
        for c, text in enumerate(row):
            v = number(text, th, de)
            if v is not None:
                out[r, c] = v
    return out

def main():
    p = argparse.ArgumentParser()
    p.add_argument("data"); p.add_argument("--out", type=Path)
    a = p.parse_args()
    with gzip.open(a.data, "rt") as f, a.out.open("w") as o:
        for i, line in enumerate(f):
            t = json.loads(line)
            cells = listed(t["table_array"])
            vals = read(cells, t["number_format"])
            s = find_sums(vals)
            o.write(json.dumps({"table": i, "sums": [[int(x.total[0]), int(x.total[1]), [[int(q) for q in y] for y in x.parts]] for x in s]}) + "\n")

if __name__ == "__main__":
    main()
