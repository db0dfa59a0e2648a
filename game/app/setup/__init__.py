"""The setup scene: the setup being worked on, what it does to the lap, and its pages."""
