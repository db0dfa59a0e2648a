"""Draw what driving leaves behind, marks and dust and debris, and the shadows of clouds."""
