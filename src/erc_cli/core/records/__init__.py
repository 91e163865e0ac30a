"""One pydantic model per record type; `types_of_record.RECORD_TYPES` is what the rest iterates over."""
