"""Study the car without a window: environments for learners, figures, trials, pages, speed."""
