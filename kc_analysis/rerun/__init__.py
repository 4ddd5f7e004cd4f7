"""Everything made anew, by one command: a cycle's reports, a review's papers."""
