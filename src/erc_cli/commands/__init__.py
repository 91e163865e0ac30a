"""One plain function per verb: read, compute, return values. Nothing here prints."""
