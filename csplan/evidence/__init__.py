"""Every number has a source, a date, a licence and a hash. Releases in, events and cube and observations out."""
