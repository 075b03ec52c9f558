"""The rules: pure functions and frozen values. No files, no clock, no dice."""
