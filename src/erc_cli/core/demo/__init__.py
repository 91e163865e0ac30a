"""A register of any size that is plainly fictional, passes every rule and is the same bytes for the same seed."""
