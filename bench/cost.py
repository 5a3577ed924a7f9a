"""The headers in which the measured server says what a request cost: a count, and microseconds."""

QUERIES, WALL, CPU = "X-Bench-Queries", "X-Bench-Wall", "X-Bench-CPU"
