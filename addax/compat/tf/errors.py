"""`tf.errors`: what is raised here in their place, so that `except` finds it."""

AbortedError = CancelledError = InternalError = UnknownError = UnavailableError = RuntimeError
FailedPreconditionError = RuntimeError
DataLossError = InvalidArgumentError = ValueError
DeadlineExceededError = TimeoutError
NotFoundError = FileNotFoundError
AlreadyExistsError = FileExistsError
OpError = Exception
OutOfRangeError = StopIteration
PermissionDeniedError = PermissionError
ResourceExhaustedError = MemoryError
UnimplementedError = NotImplementedError

__all__ = [name for name in dir() if name.endswith("Error")]  # pyright: ignore[reportUnsupportedDunderAll]
