"""Programs as snippets: the common part of the recorders of whole TensorFlow programs."""

#: AutoGraph reads the source of functions, so each program gets a file name under which it can be found.
SETUP = """import linecache, logging, sys
import tensorflow as tf
logging.getLogger('tensorflow').setLevel('CRITICAL')
def program(source):
    name = f'program{abs(hash(source))}'
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        exec(compile(source, name, 'exec'), {'tf': tf, 'np': np})
    except Exception as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = [line for line in lines if 'Error: ' in line] if lines[:1] == ['in user code:'] else lines
        print('!', type(error).__name__, (said or [''])[-1 if lines[:1] == ['in user code:'] else 0])
"""


def programs(text):
    """Snippets of programs that are separated by lines of three dashes."""
    return [f'program({source!r})' for source in text.strip().split('\n---\n')]
