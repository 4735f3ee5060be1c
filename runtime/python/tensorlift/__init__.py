"""What the kernel adds to Python: running programs, results beside lines, tracebacks with the user's frames only."""
