"""Define the errors that a user reads in one line: unusable input, or a lap left unfinished."""


class InputError(Exception):
    """An input of the user cannot be used. The message is one line: the place and the remedy."""


class MissingFileError(InputError):
    """There is no file of that name."""


class UnfinishedLapError(Exception):
    """A driver did not get round. The message is one line."""


class LostLapError(UnfinishedLapError):
    """A driver raised, hung or returned nonsense. The message is one line."""
