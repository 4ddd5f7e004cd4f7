"""What a table of any kind says of itself: its header, its outline, its sums."""
