"""Values in, messages out."""
