"""All benchmarks: ours, theirs, the ratio and the aim, side by side in one run."""

import allocation
import explore
import forms
import reading
import rerun
import uncertainty

print(f"{'':<58}{'ours':>12}{'theirs':>12}{'ratio':>8}")
reading.main()
forms.main()
explore.main()
uncertainty.main()
allocation.main()
rerun.main()
