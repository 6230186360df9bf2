"""What can be asked of the loop."""
