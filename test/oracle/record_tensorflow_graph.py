"""Programs of TensorFlow that trace, branch, loop and differentiate: what they print, and the errors' last words."""

import os

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

from programs import SETUP, programs  # noqa: E402
from snippets import main  # noqa: E402

PROGRAMS = r'''
@tf.function
def f(x):
    print(x, repr(x+1), x.name)
    return x*2+1
print(f(tf.constant(1)), f(tf.constant(2)), f(tf.constant(2.)))
print(f(3)); print(f(3)); print(f(4))
---
@tf.function(autograph=False)
def f(x):
    if x>0: return x
    return -x
f(tf.constant(1))
---
@tf.function
def f(x):
    return bool(x)
f(tf.constant(1))
---
@tf.function
def f(x):
    return x.numpy()
f(tf.constant(1))
---
@tf.function
def f(x):
    return np.sqrt(x)
f(tf.constant([1.,2]))
---
@tf.function
def f(x):
    return int(x)
f(tf.constant(1))
---
@tf.function
def f(x):
    return float(x)
f(tf.constant(1.))
---
@tf.function
def f(x):
    return [i for i in range(x)]
f(tf.constant(3))
---
@tf.function
def f(x):
    s=0
    for i in x: s+=i
    return s
print(f(tf.constant([1,2])))
---
@tf.function
def f(n):
    s=0
    for i in tf.range(n): s+=i
    return s
print(f(tf.constant(5)))
---
@tf.function
def f(x):
    if x>0: y=x
    else: y=-x
    return y
print(f(tf.constant(-3)))
---
@tf.function
def f(x):
    if x>0: y=x
    return y
print(f(tf.constant(-3)))
---
@tf.function
def f(x):
    if x>0: return x
    return -x
print(f(tf.constant(-3)))
---
@tf.function
def f(x):
    while tf.reduce_sum(x)>1: x=x/2
    return x
print(f(tf.constant([4.,4.])))
---
@tf.function
def f(x):
    while x>0:
        x=x-1
        if x==3: break
    return x
print(f(tf.constant(10)))
---
@tf.function
def f():
    v=tf.Variable(1)
    return v+1
f()
---
v=tf.Variable(1)
@tf.function
def f(x):
    v.assign_add(x)
    return v*2
print(f(2), v.numpy(), f(tf.constant(3)), v)
---
@tf.function(input_signature=[tf.TensorSpec([None],tf.float32)])
def f(x):
    print(x.shape, x)
    return tf.reduce_sum(x)
print(f(tf.constant([1.,2.])), f([1.,2.,3.]))
f(tf.constant([1,2]))
---
@tf.function
def f(x):
    y=tf.boolean_mask(x,x>1)
    print(y.shape, tf.where(x>1).shape, tf.unique(x)[0].shape)
    return y
print(f(tf.constant([1,2,3])))
---
@tf.function
def f(x,y): return x+y
f(tf.constant([1,2]),tf.constant([1.,2]))
---
@tf.function
def f(x,i): return tf.gather(x,i)
f(tf.constant([1,2]),tf.constant(5))
---
@tf.function
def f(x,i): return x[i]
f(tf.constant([1,2]),tf.constant(5))
---
@tf.function
def f(x): return x.shape, x.dtype, x.ndim, x.device
print(f(tf.constant(1)))
---
@tf.function
def f(x):
    with tf.GradientTape() as t:
        t.watch(x); y=x*x
    return t.gradient(y,x)
print(f(tf.constant(3.)))
---
@tf.function
def f(x): return x*x
x=tf.constant(3.)
with tf.GradientTape() as t:
    t.watch(x); y=f(x)
print(t.gradient(y,x)); t.gradient(y,x)
---
x=tf.constant(3.)
with tf.GradientTape() as t:
    y=x*x
print(t.gradient(y,x))
---
x=tf.constant(3)
with tf.GradientTape() as t:
    t.watch(x); y=x*x
print(t.gradient(y,x))
---
with tf.GradientTape() as t: t.watch([1.0])
---
with tf.GradientTape() as t: y=1
t.gradient(2.0, tf.Variable(1.))
---
v=tf.Variable([1.,2.])
with tf.GradientTape() as t: y=tf.gather(v,[0,0])
g=t.gradient(y,v); print(type(g), g)
---
v=tf.Variable([1.,2.])
with tf.GradientTape(persistent=True) as t: y=v*v
print(t.jacobian(y,v), t.gradient(y,{'a':v,'b':[v]}), t.watched_variables())
---
with tf.GradientTape() as t: pass
t.gradient(tf.Variable(1.)*1, [])
---
v=tf.Variable(1.)
with tf.GradientTape() as t:
    y=v*2
    print(t.gradient(y,v))
---
v=tf.Variable(1.)
with tf.GradientTape() as t:
    y=tf.stop_gradient(v*2)
print(t.gradient(y,v), t)
---
v=tf.Variable(1.)
with tf.GradientTape() as t:
    y=tf.stop_gradient(v*2)
print(t.gradient(y,v,unconnected_gradients='zero'))
---
v=tf.Variable(1.); w=tf.Variable(2)
with tf.GradientTape() as t:
    y=v*2
print(t.gradient(y,w))
---
v=tf.Variable([1.,2.])
with tf.GradientTape() as t:
    v.assign_add([1.,1.]); v[0].assign(5.)
    y=v*v
print(t.gradient(y,v))
---
v=tf.Variable([1.,2.])
with tf.GradientTape() as t:
    y=np.sum(v*v)
print(t.gradient(y,v))
---
v=tf.Variable(3.)
with tf.GradientTape() as t:
    with tf.GradientTape() as u: y=v**3
    g=u.gradient(y,v)
print(t.gradient(g,v))
---
print(tf.while_loop(lambda i,s: i<5, lambda i,s:(i+1,s+i), [0, tf.constant(0)]))
---
print(tf.cond(tf.constant(True), lambda: 1, lambda: tf.constant(2)))
---
print(tf.cond(True, lambda: 1, lambda: 2.0))
---
ta=tf.TensorArray(tf.float32,size=3)
for i in range(3): ta=ta.write(i, i*1.0)
print(ta.stack(), ta.size(), ta.read(1)); print(ta.unstack([1.,2.]).stack())
---
ta=tf.TensorArray(tf.float32,size=2)
ta.write(5,1.)
---
ta=tf.TensorArray(tf.float32,size=2)
ta=ta.write(0,1.); ta.read(0); ta.read(0)
---
ta=tf.TensorArray(tf.float32,size=2); ta.read(0)
---
@tf.function
def f(n):
    ta=tf.TensorArray(tf.int32,size=n)
    for i in tf.range(n): ta=ta.write(i,i*i)
    return ta.stack()
print(f(tf.constant(4)))
---
@tf.function
def f(x):
    for i in tf.range(3):
        x=tf.concat([x,x],0)
    return x
f(tf.constant([1]))
---
@tf.function
def f(x):
    if tf.reduce_sum(x)>0:
        y=1
    else:
        y=2.0
    return y
f(tf.constant([1]))
---
@tf.function
def f(x):
    x[0]=1
f(tf.constant([1]))
---
@tf.function
def f(x):
    return x+1.5
f(tf.constant([1]))
---
with tf.device('/GPU:0'): print(tf.constant(1).device)
---
with tf.device('/CPU:0'): print(tf.constant(1).device)
---
print(tf.range(0.,1.,0.1).numpy().tolist())
---
print(tf.Variable(1.,name='a'), tf.Variable([1.]).device, tf.Variable(1.).name, tf.Variable(1).trainable)
v=tf.Variable([1.,2.]); print(v[0]); v[0].assign(tf.constant([9.])); print(v)
---
v=tf.Variable([1.,2.,3.]); v[0:2].assign(5.); print(v)
---
v=tf.Variable([1.,2.,3.]); v[0:2].assign([5.]); print(v)
---
v=tf.Variable([[1.,2.],[3.,4.]]); v[0].assign([5.,6.]); v[:,1].assign([7.,8.]); print(v); v[0,0].assign_add(1.); print(v)
---
v=tf.Variable([1.,2.,3.]); print(v.scatter_nd_update([[0]],[9.])); print(v.assign([1.,1.,1.]).numpy())
---
v=tf.Variable([1.,2.]); v.assign_add(1.); print(v); v.assign_add([1]); print(v); v.assign(np.array([1,2])); print(v)
---
@tf.function
def f(x, n):
    for i in tf.range(n):
        if i % 2 == 0: continue
        x = x + tf.cast(i, x.dtype)
        if x > 20.0: break
    return x
print(f(tf.constant(1.0), 10), f(tf.constant(1.0), tf.constant(3)))
---
@tf.function
def f(x):
    if x > 0:
        if x > 10: return x * 2
        y = x + 1
    else:
        y = -x
    return y
print([f(tf.constant(v)).numpy() for v in (20, 5, -3)])
---
def helper(x):
    if tf.reduce_sum(x) > 0: return x
    return -x
@tf.function
def f(x): return helper(x) + 1
print(f(tf.constant([-1., -2.])), f(tf.constant([1., 2.])))
---
w = tf.Variable([[1., 2.], [3., 4.]]); b = tf.Variable([0.5, -0.5])
@tf.function
def step(x, t):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.tanh(x @ w + b) - t))
    gw, gb = tape.gradient(loss, [w, b])
    w.assign_sub(0.5 * gw); b.assign_sub(0.5 * gb)
    return loss
x = tf.constant([[1., 0.], [0., 1.]]); t = tf.constant([[0., 1.], [1., 0.]])
losses = [float(step(x, t)) for _ in range(5)]
print(losses[0] > losses[-1], [round(v, 4) for v in losses], np.round(w.numpy(), 3).tolist())
---
x = tf.Variable([1., 2., 3.])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        y = tf.reduce_sum(x ** 3 * tf.sin(x))
    g = t1.gradient(y, x)
    s = tf.reduce_sum(g * g)
print(np.round(t2.gradient(s, x).numpy(), 2).tolist())
---
@tf.function
def power(x, n):
    r = tf.ones_like(x)
    while n > 0:
        r = r * x
        n = n - 1
    return r
x = tf.constant(2.0)
with tf.GradientTape() as t:
    t.watch(x); y = power(x, tf.constant(5))
print(y, t.gradient(y, x))
---
@tf.function
def rows(x):
    ta = tf.TensorArray(tf.float32, size=tf.shape(x)[0])
    for i in tf.range(tf.shape(x)[0]): ta = ta.write(i, tf.reduce_sum(x[i]) * tf.cast(i, tf.float32))
    return ta.stack()
x = tf.Variable([[1., 2.], [3., 4.], [5., 6.]])
with tf.GradientTape() as t: y = tf.reduce_sum(rows(x))
print(rows(x), t.gradient(y, x))
---
n = [0]
@tf.function
def f(x, k=2): n[0] += 1; return x * k
f(tf.constant(1)); f(tf.constant(2)); f(tf.constant([1])); f(tf.constant(1.)); f(1); f(1); f(2); f(1, k=3); print(n)
---
for fn in (tf.reduce_max, tf.reduce_min, tf.reduce_prod, tf.nn.relu, tf.sigmoid, tf.abs, tf.sign, tf.floor, tf.math.reduce_std, tf.norm):
    x = tf.Variable([1., -2., -2., 0.])
    with tf.GradientTape() as t: y = tf.reduce_sum(fn(x))
    g = t.gradient(y, x); print(None if g is None else g.numpy().tolist())
---
x = tf.Variable([[4., 1.], [2., 3.]]); y = tf.Variable([[1., 2.], [0., 1.]])
for fn in (tf.matmul, tf.maximum, tf.pow, tf.divide, lambda a, b: tf.linalg.inv(a) @ b, lambda a, b: tf.where(a > b, a, b * b), lambda a, b: tf.concat([a, b], 0), lambda a, b: tf.tensordot(a, b, 2)):
    with tf.GradientTape() as t: z = tf.reduce_sum(fn(x, y))
    print([np.round(g.numpy(), 4).tolist() for g in t.gradient(z, [x, y])])
---
@tf.function
def f(x): return g(x) + 1
@tf.function
def g(x): return x * 2
print(f(tf.constant(3)), tf.executing_eagerly()); tf.config.run_functions_eagerly(True); print(f(tf.constant(3))); tf.config.run_functions_eagerly(False)
'''

main('tensorflow_graph', programs(PROGRAMS), SETUP)
