"""numpy.random: the streams of NumPy, bit for bit. The module's functions share one RandomState."""

from ._generator import PCG64, Generator, SeedSequence, default_rng
from ._legacy import RandomState

_rand = RandomState()
_FUNCTIONS = """choice get_state normal permutation rand randint randn random random_integers random_sample seed set_state
shuffle standard_normal uniform""".split()
globals().update({name: getattr(_rand, name) for name in _FUNCTIONS})
ranf = sample = random_sample = _rand.random_sample

__all__ = ['Generator', 'PCG64', 'RandomState', 'SeedSequence', 'default_rng', 'ranf', 'sample', *_FUNCTIONS]

for _cls in (Generator, PCG64, RandomState, SeedSequence):
    _cls.__module__ = 'numpy.random'
