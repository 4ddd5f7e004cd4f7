"""What a grid says as a table: headings, rows, and the sums that they promise."""
