"""The kc command: one file a command, each thin."""

from kc_analysis.cli.main import main

__all__ = ["main"]
