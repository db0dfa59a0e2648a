"""Make pictures and sound files without a display, measure times, and make files that ship."""
