"""Headless studies: environments for learners, figures, trials, studies as pages, speed."""
