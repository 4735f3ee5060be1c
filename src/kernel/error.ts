// The one error of the kernel's client.

/** The kernel could not be started, its process ended, or its answer makes no sense. `detail` is for `--debug`. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  readonly detail: string;
  constructor(message: string, detail = '') {
    super(message);
    this.detail = detail;
  }
}
