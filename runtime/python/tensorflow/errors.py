"""tf.errors: the exceptions of TensorFlow's runtime."""

from numpy import _bridge


class OpError(Exception):
    """An error of an op; `message` is what it says."""

    __module__ = 'tensorflow.python.framework.errors_impl'

    def __init__(self, node_def, op=None, message=None, error_code=None, *args):
        if message is None and op is None:
            node_def, message = None, node_def
        super().__init__(message)
        self._node_def, self._op, self._message = node_def, op, message
        self._error_code = error_code if error_code is not None else _CODES.get(type(self).__name__)

    node_def = property(lambda self: self._node_def)
    op = property(lambda self: self._op)
    message = property(lambda self: self._message)
    error_code = property(lambda self: self._error_code)
    experimental_payloads = property(lambda self: {})

    def __str__(self):
        return str(self._message)


_CODES = {}


def _define(name, code):
    cls = type(name, (OpError,), {'__module__': OpError.__module__, '__doc__': f'The error {name} of TensorFlow.'})
    _CODES[name] = code
    _bridge.exception(name, cls)
    globals()[name] = cls


for _name, _code in {
    'CancelledError': 1,
    'UnknownError': 2,
    'InvalidArgumentError': 3,
    'DeadlineExceededError': 4,
    'NotFoundError': 5,
    'AlreadyExistsError': 6,
    'PermissionDeniedError': 7,
    'ResourceExhaustedError': 8,
    'FailedPreconditionError': 9,
    'AbortedError': 10,
    'OutOfRangeError': 11,
    'UnimplementedError': 12,
    'InternalError': 13,
    'UnavailableError': 14,
    'DataLossError': 15,
    'UnauthenticatedError': 16,
}.items():
    _define(_name, _code)


class OperatorNotAllowedInGraphError(TypeError):
    """An operator of Python that a symbolic tensor does not have."""

    __module__ = 'tensorflow.python.framework.errors_impl'


class InaccessibleTensorError(ValueError):
    """A tensor of another graph is used."""

    __module__ = 'tensorflow.python.framework.errors_impl'


_bridge.exception('LookupError', LookupError)
InvalidArgumentError = globals()['InvalidArgumentError']
NotFoundError = globals()['NotFoundError']
FailedPreconditionError = globals()['FailedPreconditionError']
UnimplementedError = globals()['UnimplementedError']
ResourceExhaustedError = globals()['ResourceExhaustedError']
