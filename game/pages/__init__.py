"""Make pages of HTML that need nothing else, with charts that look alike."""
