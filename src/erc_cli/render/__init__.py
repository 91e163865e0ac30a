"""Values to text. The only part that knows rich and tabulate; it reads and writes no file."""
