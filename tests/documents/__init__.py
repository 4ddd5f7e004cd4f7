"""Documents made up for the tests: random plans, every layout and form, and single faults."""
