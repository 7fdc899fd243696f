"""The formats in which a file may come. Each is read as a stream of rows."""
