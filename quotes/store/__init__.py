"""Where documents and quotes are kept: the schema, and the only SQL that writes."""
