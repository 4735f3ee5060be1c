"""The submodules of tf as objects: what exists in them, and clear words for what exists in TensorFlow only."""

import difflib
import types

#: Packages of TensorFlow that are out of scope as a whole.
OUT_OF_SCOPE = {
    'keras': 'tf.keras is out of scope here: this runtime has tensors, gradients and tf.function; write layers as functions over tf.Variable',
    'data': 'tf.data is out of scope here: loop over NumPy arrays or lists',
    'io': 'tf.io is out of scope here',
    'image': 'tf.image is out of scope here',
    'saved_model': 'tf.saved_model is out of scope here',
    'distribute': 'tf.distribute is out of scope here',
    'lite': 'tf.lite is out of scope here',
    'summary': 'tf.summary is out of scope here',
    'train': 'tf.train is out of scope here',
}
#: Names of TensorFlow without a counterpart here, beyond those of the covered modules.
KNOWN = frozenset(
    'custom_gradient recompute_grad hessians get_static_value RaggedTensor SparseTensor Module einsum split map_fn scan vectorized_map py_function numpy_function searchsorted sequence_mask '
    'slice strided_slice unique_with_counts tensor_scatter_nd_sub tensor_scatter_nd_max tensor_scatter_nd_min scatter_nd atan acos asin '
    'tan sinh cosh asinh acosh atanh atan2 complex bitcast cumsum_v2 dynamic_partition dynamic_stitch edit_distance ensure_shape extract_volume_patches '
    'foldl foldr group guarantee_const histogram_fixed_width histogram_fixed_width_bins hessians fingerprint realdiv reduce_logsumexp '
    'required_space_to_batch_paddings reverse_sequence scalar_mul shape_n size_n space_to_batch space_to_batch_nd sparse strings switch_case case '
    'timestamp transpose_v2 truncatediv truncatemod type_spec_from_value unravel_index variable_creator_scope zeros_initializer ones_initializer '
    'constant_initializer random_normal_initializer random_uniform_initializer Graph Operation autodiff audio bitwise config_experimental dtypes '
    'experimental feature_column graph_util init_scope initializers linalg lookup losses metrics mlir nest no_op no_gradient name_scope nn optimizers '
    'parallel_stack profiler quantization queue ragged raw_ops rfft sets signal signatures sysconfig test tpu tuple type_spec types version xla '
    'erf erfc lgamma digamma expm1 log1p rsqrt reciprocal segment_sum unsorted_segment_sum bincount confusion_matrix cumulative_logsumexp '
    'divide_no_nan xlogy log_sigmoid logsumexp lbeta in_top_k top_k is_non_decreasing is_strictly_increasing l2_normalize multiply_no_nan nextafter '
    'polygamma polyval rint softplus softsign special squared_difference zero_fraction zeta conj angle imag real igamma betainc bessel_i0 '
    'adjoint band_part cholesky cholesky_solve cross det eig eigh eigvals eigvalsh einsum experimental expm global_norm logdet logm lstsq lu '
    'matrix_rank matrix_transpose pinv qr slogdet solve sqrtm svd tensor_diag tensor_diag_part triangular_solve LinearOperator normalize '
    'uniform normal truncated_normal shuffle gamma poisson categorical Generator stateless_uniform stateless_normal get_global_generator '
    'elu selu gelu swish silu leaky_relu log_softmax crelu relu6 dropout conv1d conv2d conv3d max_pool avg_pool bias_add batch_normalization moments '
    'softmax_cross_entropy_with_logits sigmoid_cross_entropy_with_logits sparse_softmax_cross_entropy_with_logits l2_loss embedding_lookup '
    'assert_equal assert_less assert_greater assert_positive assert_negative assert_rank assert_shapes assert_all_finite assert_type '
    'check_numerics enable_check_numerics Assert set_soft_device_placement get_visible_devices set_visible_devices threading optimizer '
    'list_logical_devices experimental_run_functions_eagerly experimental_connect_to_cluster get_logical_device_configuration LogicalDevice'.split()
)

#: Names of tf.compat.v1 only.
V1_ONLY = frozenset(
    'InteractiveSession placeholder_with_default global_variables_initializer get_variable variable_scope get_default_graph '
    'reset_default_graph ConfigProto train layers summary disable_v2_behavior enable_eager_execution assign get_session'.split()
)


class UnsupportedName(AttributeError):
    """A name that TensorFlow has and this runtime does not."""

    __module__ = 'tensorflow'


UnsupportedName.__name__ = UnsupportedName.__qualname__ = 'AttributeError'


def missing(path, name, names):
    """The error for `path.name`."""
    full = f'{path}.{name}'
    if path == 'tf' and name in OUT_OF_SCOPE:
        return UnsupportedName(OUT_OF_SCOPE[name])
    module = path.replace('tf', 'tensorflow', 1)
    known = KNOWN | V1_ONLY if path == 'tf.compat.v1' else KNOWN
    if name not in known or name.startswith('__'):
        return AttributeError(f"module '{module}' has no attribute '{name}'")
    near = difflib.get_close_matches(name, [n for n in names if not n.startswith('_')], 1, 0.5)
    hint = f'; the nearest name that is: {path}.{near[0]}' if near else ''
    return UnsupportedName(f'{full} exists in TensorFlow but is not supported here{hint}')


class Namespace(types.ModuleType):
    """tf.math, tf.linalg and the like."""

    def __init__(self, path, **members):
        super().__init__('tensorflow' + path[2:])
        self.__dict__.update(members)
        self.__dict__['_path'] = path

    def __getattr__(self, name):
        raise missing(self._path, name, self.__dict__)

    def __repr__(self):
        return f'<module {self.__name__!r}>'
