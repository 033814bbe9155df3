"""What combines the packages below for a user: opening, saving, reviewing, contact sheets."""
