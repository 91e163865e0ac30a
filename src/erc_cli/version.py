"""The version of this program, alone in a file so that it can be read at no cost."""

VERSION = "0.1.0"
