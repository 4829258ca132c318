"""The commands of the command line: their options in ``parser``, the work of each beside it."""
