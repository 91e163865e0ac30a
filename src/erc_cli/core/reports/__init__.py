"""Reports: one function each, from the register to sections of tables, bars and lines."""
