<<<<<<< HEAD
"""What a grid says as a table: headings, rows, and the sums that they promise."""
=======
"""What a table of any kind says of itself: its header, its outline, its sums."""
>>>>>>> h-sums
