"""The pages of targets, by what one does there."""
