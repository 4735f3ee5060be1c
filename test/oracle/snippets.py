"""Snippets and what they print: the common part of the recorders. The kernel's tests run `observe` on the same sources."""

import contextlib
import io
import json
import pathlib
import re
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent


def first_line(error):
    """Type and first line of an exception."""
    return f'{type(error).__name__}: {(str(error).splitlines() or [""])[0]}'


def observe(source, setup=''):
    """What a snippet prints, then its warnings, then its exception. Addresses are left out."""
    import numpy as np

    out, names = io.StringIO(), {'np': np}
    with np.printoptions(), warnings.catch_warnings(record=True) as caught, contextlib.redirect_stdout(out):
        warnings.simplefilter('always')
        try:
            exec(compile(setup + '\n' + source, 'snippet', 'exec'), names)
        except Exception as error:
            print('!', first_line(error))
    for warning in caught:
        out.write(f'~ {warning.category.__name__}: {warning.message}\n')
    return re.sub(r'0x[0-9A-Fa-f]{6,}', '0x…', out.getvalue())


def main(name, sources, setup=''):
    """Records the snippets, or with --check compares them with what they print now."""
    path = HERE / 'recorded' / f'{name}.json'
    now = [{'source': source, 'text': observe(source, setup)} for source in sources]
    if '--check' not in sys.argv:
        lines = ',\n'.join(json.dumps(case, ensure_ascii=False) for case in now)
        path.write_text('{"setup": %s, "cases": [\n%s\n]}\n' % (json.dumps(setup), lines), encoding='utf-8')
        print(f'{len(now)} snippets recorded')
        return
    then = {case['source']: case['text'] for case in json.loads(path.read_text(encoding='utf-8'))['cases']}
    wrong = [case for case in now if then.get(case['source']) != case['text']]
    for case in wrong[:20]:
        print(f"{case['source']}\n  recorded {then.get(case['source'])!r}\n  now      {case['text']!r}")
    lost = len(then.keys() - {case['source'] for case in now})
    print(f'{len(now) - len(wrong)} passed, {len(wrong) + lost} failed')
    sys.exit(1 if wrong or lost else 0)


def failures(name):
    """For the kernel: the snippets that print something else than recorded, as JSON."""
    recorded = json.loads((HERE / 'recorded' / f'{name}.json').read_text(encoding='utf-8'))
    wrong = []
    for case in recorded['cases']:
        got = observe(case['source'], recorded['setup'])
        if got != case['text']:
            wrong.append({'source': case['source'], 'expected': case['text'], 'got': got})
    return json.dumps({'count': len(recorded['cases']), 'wrong': wrong})
