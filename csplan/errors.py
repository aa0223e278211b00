"""What a person can mend, said in words. The one module that every room may use."""


class CsplanError(Exception):
    """Shown without a traceback: one sentence of what is wrong and one of what to do."""

    exit_code = 2


class InputRejected(CsplanError):
    """A file or a value that was refused whole; nothing already held has changed."""

    exit_code = 4
