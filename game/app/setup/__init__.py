"""The setup scene shows the setup being worked on, what it does to the lap, and all its values."""
