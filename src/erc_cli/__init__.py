"""erc: the register of an external-relations directorate, as plain YAML under git."""
