"""One screen a module; screens never meet."""
