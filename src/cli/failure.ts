// Errors that end the command with a plain sentence, and the exit codes of the contract.

export const exitCodes = { done: 0, no: 1, usage: 2, runtime: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command: one sentence, an exit code, and what could help. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: ExitCode;
  readonly hint: string | undefined;
  /** For `--debug`. */
  readonly detail: string | undefined;
  constructor(code: ExitCode, message: string, hint?: string, detail?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
    this.detail = detail;
  }
}

/** Wrong use: an option or a file that cannot be what was meant. */
export const usage = (message: string, hint?: string): Failure => new Failure(exitCodes.usage, message, hint);

/** Any error as a `Failure`; what nobody foresaw is the program's own fault. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Failure(exitCodes.runtime, String(error));
  if (error.name === 'KernelError') {
    const detail = 'detail' in error ? String(error.detail) : '';
    return new Failure(exitCodes.runtime, error.message, undefined, `${detail}\n${error.stack ?? ''}`.trim());
  }
  // A text that is not a notebook.
  if (error.name === 'SyntaxError')
    return new Failure(
      exitCodes.usage,
      `The file is not a notebook: ${error.message.replace(/\.?$/, '.')}`,
      undefined,
      error.stack,
    );
  return new Failure(
    exitCodes.runtime,
    `Something went wrong inside Tensorlift: ${error.message}`,
    'Run again with --debug to see where, and please report it.',
    error.stack,
  );
}
