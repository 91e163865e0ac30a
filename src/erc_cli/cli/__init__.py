"""One file per noun or verb: parse the words typed, call a command, print its value."""
