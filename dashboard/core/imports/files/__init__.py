"""Any file that a list comes in, read into headings and cells, in a process of its own."""
