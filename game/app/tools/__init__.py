"""Work around the window: pictures without a display, frame times, a drive's sound as a file."""
