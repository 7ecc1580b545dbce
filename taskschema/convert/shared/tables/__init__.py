"""What all tables share: columns, cells, and the files they stand in."""
