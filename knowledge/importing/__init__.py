"""What each kind of resource takes from a line of a spreadsheet. Reading files, running and resuming
imports is the work of the room `sharing`; a kind says here only what is its own."""
