"""Headless studies: environments for learners, published figures, studies as pages, speed."""
