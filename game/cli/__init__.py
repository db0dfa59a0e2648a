"""The commands of `leaf-rc`, by subject. The window is imported only when one is asked for."""
