"""What a change means for the tasks: fields, rows, labels, names, and what it brought in."""
