"""What several formats of a comparison share."""
