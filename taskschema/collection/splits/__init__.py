"""Split lists, tracks and the policy that assigns tasks to splits."""
