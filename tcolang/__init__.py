"""TCO as code: `.tco` specs in, a traceable recommendation out."""
