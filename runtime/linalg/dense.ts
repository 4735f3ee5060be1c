// Linear algebra on one row-major matrix in float64: LU with partial pivoting and one-sided Jacobi.
// float32 matrices are widened by the caller and rounded once at the end.

/** Called now and then during long work; what it throws ends it. */
export type Checkpoint = () => void;
const never: Checkpoint = () => {};

/** Element i, which exists. */
const at = (data: Float64Array, i: number): number => data[i] as number;

/** Below this size, steps are fused (one rounding for x - a·b), as the processors that NumPy is built for do. */
const fusedSize = 32;

type Update = (x: number, a: number, b: number) => number;
const plain: Update = (x, a, b) => x - a * b;

/** x - a·b with the product's rounding error carried along (Dekker, Knuth). */
const fused: Update = (x, a, b) => {
  const product = a * b;
  const split = (v: number): number => {
    const scaled = v * 134217729;
    return scaled - (scaled - v);
  };
  const [aHigh, bHigh] = [split(a), split(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = x - product;
  const back = sum - x;
  const result = sum + (x - (sum - back) + (-product - back) - error);
  return Number.isFinite(result) ? result : sum;
};

export interface Factors {
  /** L below the diagonal (ones on it), U on and above. */
  readonly lu: Float64Array;
  /** Row of the original matrix that stands in row i. */
  readonly rows: Int32Array;
  /** Sign of the permutation. */
  readonly sign: number;
  readonly singular: boolean;
}

/** LU factors of an n × n matrix with the largest pivot of each column; ties take the first row. */
export function factor(matrix: Float64Array, n: number, checkpoint: Checkpoint = never): Factors {
  const lu = matrix.slice();
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let singular = false;
  const small = n <= fusedSize;
  /** A small matrix is factored column by column, sums before differences: the last bits are those of LAPACK's. */
  const sumFirst = (i: number, j: number, terms: number): number => {
    if (terms === 0) return at(lu, i * n + j);
    let sum = at(lu, i * n) * at(lu, j);
    for (let p = 1; p < terms; p++) sum = -fused(-sum, at(lu, i * n + p), at(lu, p * n + j));
    return at(lu, i * n + j) - sum;
  };
  for (let j = 0; j < n; j++) {
    checkpoint();
    if (small) for (let i = 1; i < n; i++) lu[i * n + j] = sumFirst(i, j, Math.min(i, j));
    let pivot = j;
    for (let i = j + 1; i < n; i++) if (Math.abs(at(lu, i * n + j)) > Math.abs(at(lu, pivot * n + j))) pivot = i;
    if (at(lu, pivot * n + j) === 0) {
      singular = true;
      continue;
    }
    if (pivot !== j) {
      sign = -sign;
      const swapped = rows[j] as number;
      rows[j] = rows[pivot] as number;
      rows[pivot] = swapped;
      const line = lu.slice(j * n, j * n + n);
      lu.copyWithin(j * n, pivot * n, pivot * n + n);
      lu.set(line, pivot * n);
    }
    const inverse = 1 / at(lu, j * n + j);
    for (let i = j + 1; i < n; i++) {
      const scale = at(lu, i * n + j) * inverse;
      lu[i * n + j] = scale;
      if (small || scale === 0) continue;
      for (let c = j + 1; c < n; c++) lu[i * n + c] = at(lu, i * n + c) - scale * at(lu, j * n + c);
    }
  }
  return { lu, rows, sign, singular };
}

/** Solves A·X = B for the n × m right-hand side `b`, given A's factors. */
export function solveFactored(
  { lu, rows }: Factors,
  b: Float64Array,
  n: number,
  m: number,
  checkpoint: Checkpoint = never,
): Float64Array {
  const x = new Float64Array(n * m);
  for (let i = 0; i < n; i++) x.set(b.subarray((rows[i] as number) * m, (rows[i] as number) * m + m), i * m);
  const update = n <= fusedSize ? fused : plain;
  const eliminate = (from: number, to: number) => {
    const scale = at(lu, to * n + from);
    if (scale !== 0) for (let j = 0; j < m; j++) x[to * m + j] = update(at(x, to * m + j), scale, at(x, from * m + j));
  };
  for (let k = 0; k < n; k++) {
    checkpoint();
    for (let i = k + 1; i < n; i++) eliminate(k, i);
  }
  for (let k = n - 1; k >= 0; k--) {
    checkpoint();
    const inverse = 1 / at(lu, k * n + k);
    for (let j = 0; j < m; j++) x[k * m + j] = at(x, k * m + j) * inverse;
    for (let i = 0; i < k; i++) eliminate(k, i);
  }
  return x;
}

export function identity(n: number): Float64Array {
  const eye = new Float64Array(n * n);
  for (let i = 0; i < n; i++) eye[i * n + i] = 1;
  return eye;
}

export function determinant(matrix: Float64Array, n: number, checkpoint: Checkpoint = never): number {
  const { lu, sign, singular } = factor(matrix, n, checkpoint);
  if (singular) return 0;
  // By way of logarithms, as NumPy does: the last bits show it.
  let negative = sign < 0;
  let logarithm = 0;
  for (let i = 0; i < n; i++) {
    const pivot = at(lu, i * n + i);
    if (pivot < 0) negative = !negative;
    logarithm += Math.log(Math.abs(pivot));
  }
  return negative ? -Math.exp(logarithm) : Math.exp(logarithm);
}

/** Singular values of an m × n matrix, descending: rotations make the columns (the shorter side) orthogonal. */
export function singularValues(
  matrix: Float64Array,
  m: number,
  n: number,
  checkpoint: Checkpoint = never,
): Float64Array {
  const tall = m >= n;
  const [rows, columns] = tall ? [m, n] : [n, m];
  // Column-major work copy: column c lies in a[c * rows …].
  const a = new Float64Array(rows * columns);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) a[tall ? j * rows + i : i * rows + j] = at(matrix, i * n + j);
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < columns - 1; p++) {
      checkpoint();
      for (let q = p + 1; q < columns; q++) if (rotate(a, p * rows, q * rows, rows)) rotated = true;
    }
  }
  const values = new Float64Array(columns);
  for (let c = 0; c < columns; c++) values[c] = norm(a, c * rows, rows);
  return values.sort().reverse();
}

function norm(a: Float64Array, start: number, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(at(a, start + i));
    if (size !== size) return NaN;
    if (size > largest) largest = size;
  }
  if (largest === 0 || largest === Infinity) return largest;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (at(a, start + i) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** Makes two columns orthogonal; false when they are already. */
function rotate(a: Float64Array, p: number, q: number, n: number): boolean {
  let [pp, qq, pq] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [x, y] = [at(a, p + i), at(a, q + i)];
    pp += x * x;
    qq += y * y;
    pq += x * y;
  }
  if (!(Math.abs(pq) > 1e-16 * Math.sqrt(pp) * Math.sqrt(qq))) return false;
  const zeta = (qq - pp) / (2 * pq);
  const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const c = 1 / Math.hypot(1, t);
  const s = c * t;
  for (let i = 0; i < n; i++) {
    const [x, y] = [at(a, p + i), at(a, q + i)];
    a[p + i] = c * x - s * y;
    a[q + i] = s * x + c * y;
  }
  return true;
}
