"""From document to plan with origins and findings, beside what a user would pick instead."""

import time
from collections.abc import Callable
from io import StringIO
from statistics import median

import pandas as pd
from compare import compare

import kc_analysis as kc
from kc_analysis.checks.reconcile import check
from kc_analysis.reading.grid import Document
