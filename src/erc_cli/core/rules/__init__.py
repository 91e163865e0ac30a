"""The rules of `erc check`: one function each, gathered in `catalogue.RULES`."""
