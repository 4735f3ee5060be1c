"""numpy.linalg: norms, the inverse, determinants, systems of equations."""

from .._bridge import LinAlgError
from .._wrappers import linalg_det as det
from .._wrappers import linalg_inv as inv
from .._wrappers import linalg_norm as norm
from .._wrappers import linalg_solve as solve

for _function in (det, inv, norm, solve):
    _function.__name__ = _function.__qualname__ = _function.__name__.removeprefix('linalg_')
__all__ = ['LinAlgError', 'det', 'inv', 'norm', 'solve']


def __getattr__(name):
    from .._missing import missing

    raise missing('numpy.linalg', name)
