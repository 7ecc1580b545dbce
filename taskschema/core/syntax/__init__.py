"""JSON and YAML as text: parsing, places, edits."""
