"""The templates of pages and tables; whatever a document says comes out escaped."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
)
TEMPLATES.tests["written_number"] = re.compile(r"[−+]?\d[\d.,]*|–").fullmatch
