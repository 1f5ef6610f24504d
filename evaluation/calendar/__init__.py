"""The working calendar: notices are read, days are named by them, a year is a picture."""
