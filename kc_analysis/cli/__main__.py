"""``python -m kc_analysis.cli`` is the kc command."""

import sys

from kc_analysis.cli.main import main

sys.exit(main())
