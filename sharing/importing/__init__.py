"""Importing content from a spreadsheet: reading it, judging each line, writing it."""
