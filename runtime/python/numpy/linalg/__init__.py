"""numpy.linalg: norms and the inverse."""

from .._bridge import LinAlgError
from .._wrappers import linalg_inv as inv
from .._wrappers import linalg_norm as norm

norm.__name__ = norm.__qualname__ = 'norm'
inv.__name__ = inv.__qualname__ = 'inv'
__all__ = ['LinAlgError', 'inv', 'norm']


def __getattr__(name):
    from .._missing import missing

    raise missing('numpy.linalg', name)
