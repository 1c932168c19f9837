"""What `tco check` found, kept from one run to the next outside of the project."""
