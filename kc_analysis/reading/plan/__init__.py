"""The plan among a document's tables: which are of it, which rows are its lines, its funds."""
