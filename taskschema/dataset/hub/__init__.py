"""Publishing of exports on the Hugging Face Hub."""
