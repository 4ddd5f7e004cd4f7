"""The mid-term review: what was planned beside what was allocated, spent and delivered."""
