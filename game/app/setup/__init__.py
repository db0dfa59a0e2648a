"""The setup being worked on, what it does to the lap, and the charts that show it."""
