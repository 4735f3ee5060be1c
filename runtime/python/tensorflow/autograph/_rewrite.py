"""The rewriting itself. Bodies of if, while and for become functions over the variables of the function (nonlocal); break, continue
and return inside loops become flags; `and`, `or`, `not`, conditional expressions and calls go through the functions of _run.py."""

import ast

_PLAIN = frozenset('super locals globals vars exec eval dir print isinstance type getattr setattr hasattr'.split())
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Unsupported(Exception):
    """The function is left as it is."""


def _name(text, store=False):
    return ast.Name(id=text, ctx=ast.Store() if store else ast.Load())


def _assign(text, value):
    return ast.Assign(targets=[_name(text, True)], value=value)


def _call(function, *args):
    return ast.Call(func=ast.Attribute(value=_name('_ag'), attr=function, ctx=ast.Load()), args=list(args), keywords=[])


def _lambda(body):
    arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return ast.Lambda(args=arguments, body=body)


def _inside(nodes, kinds, into_loops=True):
    """Whether statements hold a node of these kinds, functions within left out."""
    for node in nodes:
        if isinstance(node, kinds):
            return True
        if isinstance(node, _SCOPES) or not into_loops and isinstance(node, (ast.While, ast.For)):
            continue
        if _inside(list(ast.iter_child_nodes(node)), kinds, into_loops):
            return True
    return False


def _assigned(nodes, out=None):
    """Names that statements bind."""
    out = {} if out is None else out
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, (ast.Store, ast.Del)):
            out[node.id] = None
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            out[node.name] = None
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                out[(alias.asname or alias.name).partition('.')[0]] = None
        elif isinstance(node, ast.ExceptHandler) and node.name:
            out[node.name] = None
        if not isinstance(node, _SCOPES):
            _assigned(ast.iter_child_nodes(node), out)
    return out


def _ends(body):
    """Whether a block always returns."""
    last = body[-1] if body else None
    if isinstance(last, (ast.Return, ast.Raise)):
        return True
    return isinstance(last, ast.If) and _ends(last.body) and _ends(last.orelse)


class _Expressions(ast.NodeTransformer):
    """Operators that Python would decide by truth, and calls."""

    conditional = False

    def visit_BoolOp(self, node):
        self.generic_visit(node)
        return ast.copy_location(_call('and_' if isinstance(node.op, ast.And) else 'or_', *map(_lambda, node.values)), node)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return ast.copy_location(_call('not_', node.operand), node) if isinstance(node.op, ast.Not) else node

    def visit_Compare(self, node):
        self.generic_visit(node)
        operands = [node.left, *node.comparators]
        if len(node.ops) == 1 or not all(isinstance(n, (ast.Name, ast.Constant)) for n in operands[1:-1]):
            return node
        pairs = [
            ast.copy_location(ast.Compare(left=left, ops=[op], comparators=[right]), node)
            for left, op, right in zip(operands, node.ops, operands[1:])
        ]
        return ast.copy_location(_call('and_', *map(_lambda, pairs)), node)

    def visit_IfExp(self, node):
        # As in TensorFlow, a conditional expression inside another one stays Python's.
        if self.conditional:
            return node
        self.conditional = True
        self.generic_visit(node)
        self.conditional = False
        return ast.copy_location(_call('if_expression', node.test, _lambda(node.body), _lambda(node.orelse)), node)

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and (node.func.id in _PLAIN or node.func.id == '_ag'):
            return node
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == '_ag':
            return node
        node.func = ast.copy_location(_call('call', node.func), node)
        return node

    def visit_Lambda(self, node):
        return node

    def visit_NamedExpr(self, node):
        raise Unsupported


class _Function:
    """Rewrites one function."""

    def __init__(self, node):
        self.node = node
        self.count = 0
        self.undefined = {}
        #: Names that are read behind the `if` statements around.
        self.live = []
        self.outside = set()
        for child in ast.walk(node):
            if isinstance(child, (ast.Global, ast.Nonlocal)):
                self.outside.update(child.names)

    def fresh(self, what):
        self.count += 1
        return f'_ag_{what}_{self.count}'

    def run(self):
        arguments = self.node.args
        given = [a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        given += [a.arg for a in (arguments.vararg, arguments.kwarg) if a]
        body = self.block(self.node.body)
        start = [_assign(name, _call('Undefined', ast.Constant(name))) for name in self.undefined if name not in given]
        doc = body[:1] if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else []
        self.node.body = [*doc, *start, *body[len(doc) :]]
        return self.node

    # ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────
    def expression(self, node):
        return _Expressions().visit(node)

    def block(self, statements):
        out = []
        for i, s in enumerate(statements):
            rest = statements[i + 1 :]
            if isinstance(s, ast.If):
                if _inside([s], ast.Return):
                    return out + self.if_return(s, rest)
                out += self.if_(s)
            elif isinstance(s, (ast.While, ast.For)):
                made, done = self.loop(s)
                if done is None:
                    out += made
                    continue
                result = ast.If(test=_name(done), body=[ast.Return(value=_name(done + '_value'))], orelse=[])
                return out + made + self.block([ast.copy_location(result, s), *rest])
            elif isinstance(s, ast.FunctionDef):
                s.body = _Function(s).run().body
                out.append(s)
            elif isinstance(s, (ast.With, ast.Try)):
                for field in ('body', 'orelse', 'finalbody'):
                    if getattr(s, field, None):
                        setattr(s, field, self.block(getattr(s, field)))
                for handler in getattr(s, 'handlers', ()):
                    handler.body = self.block(handler.body)
                for item in getattr(s, 'items', ()):
                    item.context_expr = self.expression(item.context_expr)
                out.append(s)
            elif isinstance(s, (ast.ClassDef, ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)):
                out.append(s)
            else:
                out.append(self.expression(s))
        return out

    def state(self, *blocks):
        names = [n for block in blocks for n in _assigned(block) if n not in self.outside]
        names = list(dict.fromkeys(names))
        self.undefined.update(dict.fromkeys(names))
        return names

    def nested(self, name, body, names, argument=None):
        """A function whose assignments are those of the function around it."""
        arguments = ast.arguments(
            posonlyargs=[], args=[ast.arg(arg=argument)] if argument else [], kwonlyargs=[], kw_defaults=[], defaults=[]
        )
        inner = [ast.Nonlocal(names=list(names))] if names else []
        return ast.FunctionDef(name=name, args=arguments, body=[*inner, *(body or [ast.Pass()])], decorator_list=[], type_params=[])

    def accessors(self, names):
        """`get()` and `set(values)` over the variables."""
        get, put = self.fresh('get'), self.fresh('set')
        values = ast.Tuple(elts=[_name(n) for n in names], ctx=ast.Load())
        target = ast.Tuple(elts=[_name(n, True) for n in names], ctx=ast.Store())
        return get, put, [
            self.nested(get, [ast.Return(value=values)], []),
            self.nested(put, [ast.Assign(targets=[target], value=_name('_ag_values'))] if names else [], names, '_ag_values'),
        ]

    def _at(self, nodes, where):
        for node in nodes:
            ast.copy_location(node, where)
            for child in ast.walk(node):
                if not hasattr(child, 'lineno'):
                    ast.copy_location(child, where)
        return nodes

    def if_(self, s):
        names = self.state(s.body, s.orelse)
        then, other = self.fresh('then'), self.fresh('else')
        get, put, accessors = self.accessors(names)
        made = [
            self.nested(then, self.block(s.body), names),
            self.nested(other, self.block(s.orelse), names),
            *accessors,
            ast.Expr(value=_call('if_', self.expression(s.test), _name(then), _name(other), _name(get), _name(put), ast.Constant(tuple(names)))),
        ]
        return self._at(made, s)

    def if_return(self, s, rest):
        """An `if` of which a side returns takes the rest of the block into its sides."""
        import copy

        body = s.body if _ends(s.body) else [*s.body, *copy.deepcopy(rest)]
        orelse = s.orelse if s.orelse and _ends(s.orelse) else [*s.orelse, *rest]
        names = self.state(body, orelse)
        then, other = self.fresh('then'), self.fresh('else')
        get, put, accessors = self.accessors(names)
        live = ast.Constant(tuple(name if name in self.live else None for name in names))
        before = self.live
        if rest and not _ends(s.body) and not _ends(s.orelse):
            # TensorFlow goes on behind this statement: what is read there must have a value on every way.
            self.live = [*before, *(n.id for t in rest for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))]
        made = [
            self.nested(then, self.block(body), names),
            self.nested(other, self.block(orelse), names),
            *accessors,
            ast.Return(value=_call('if_return', self.expression(s.test), _name(then), _name(other), _name(get), _name(put), live)),
        ]
        self.live = before
        return self._at(made, s)

    def loop(self, s):
        """`(statements, flag)`: the flag is set where a return inside the loop was taken."""
        if s.orelse:
            raise Unsupported
        stop = self.fresh('break') if _inside(s.body, (ast.Break,), False) or _inside(s.body, ast.Return) else None
        skip = self.fresh('continue') if _inside(s.body, (ast.Continue,), False) else None
        done = self.fresh('return') if _inside(s.body, ast.Return) else None
        body = self.guarded(s.body, stop, skip, done)
        if skip:
            body = [_assign(skip, ast.Constant(False)), *body]
        start = [_assign(flag, ast.Constant(False)) for flag in (stop, done) if flag]
        extra = ast.UnaryOp(op=ast.Not(), operand=_name(stop)) if stop else None
        test, step = self.fresh('test'), self.fresh('body')
        if isinstance(s, ast.For):
            body = [ast.Assign(targets=[s.target], value=_name('_ag_item')), *body]
        names = self.state(body)
        if done:
            self.undefined[done + '_value'] = None
        get, put, accessors = self.accessors(names)
        made = [*self._at(start, s), self.nested(step, self.block(self._at(body, s)), names, '_ag_item' if isinstance(s, ast.For) else None), *accessors]
        if isinstance(s, ast.While):
            condition = s.test if extra is None else ast.BoolOp(op=ast.And(), values=[extra, s.test])
            made.append(self.nested(test, [ast.Return(value=self.expression(condition))], []))
            made.append(ast.Expr(value=_call('while_', _name(test), _name(step), _name(get), _name(put), ast.Constant(tuple(names)))))
        else:
            more = ast.Constant(None) if extra is None else _lambda(self.expression(extra))
            iterated = self.expression(s.iter)
            targets = ast.Constant(tuple(_assigned([s.target])))
            made.append(ast.Expr(value=_call('for_', iterated, more, _name(step), _name(get), _name(put), ast.Constant(tuple(names)), targets)))
        return self._at(made, s), done

    def guarded(self, statements, stop, skip, done):
        """Loop bodies without break, continue and return: what follows one of them runs only where its flag is not set."""
        out = []
        flags = [f for f in (stop, skip) if f]
        for i, s in enumerate(statements):
            if isinstance(s, ast.Break):
                return [*out, _assign(stop, ast.Constant(True))]
            if isinstance(s, ast.Continue):
                return [*out, _assign(skip, ast.Constant(True))]
            if isinstance(s, ast.Return):
                value = s.value or ast.Constant(None)
                return [*out, _assign(done + '_value', value), _assign(done, ast.Constant(True)), _assign(stop, ast.Constant(True))]
            own = isinstance(s, ast.If) and (_inside([s], (ast.Break, ast.Continue), False) or _inside([s], ast.Return))
            if isinstance(s, (ast.With, ast.Try)) and (_inside([s], (ast.Break, ast.Continue), False) or _inside([s], ast.Return)):
                raise Unsupported
            if isinstance(s, (ast.While, ast.For)) and _inside([s], ast.Return):
                raise Unsupported
            if not own:
                out.append(s)
                continue
            changed = ast.If(
                test=s.test,
                body=self.guarded(s.body, stop, skip, done),
                orelse=self.guarded(s.orelse, stop, skip, done) if s.orelse else [],
            )
            out.append(ast.copy_location(changed, s))
            rest = self.guarded(statements[i + 1 :], stop, skip, done)
            if rest:
                held = _name(flags[0]) if len(flags) == 1 else ast.BoolOp(op=ast.Or(), values=[_name(f) for f in flags])
                out.append(ast.copy_location(ast.If(test=ast.UnaryOp(op=ast.Not(), operand=held), body=rest, orelse=[]), s))
            return out
        return out


def rewrite(node):
    """A function definition, rewritten in place."""
    return _Function(node).run()
