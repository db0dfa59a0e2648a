"""Define the commands of `leaf-rc`, by subject. The window is imported only when it is needed."""
