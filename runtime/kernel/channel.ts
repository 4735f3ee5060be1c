// The memory that an interpreter's worker shares with the kernel's main thread: a ring of output, a reply slot for
// synchronous requests, the interrupt byte and the flag "user code runs". Python is synchronous: it waits here, and only here.

/** What a frame of the ring carries; a long event is parts and then the frame with its end. */
export const frames = { stdout: 1, stderr: 2, event: 3, eventPart: 4 } as const;
export type FrameKind = (typeof frames)[keyof typeof frames];

export interface SharedParts {
  readonly control: SharedArrayBuffer;
  readonly ring: SharedArrayBuffer;
  readonly reply: SharedArrayBuffer;
  readonly interrupt: SharedArrayBuffer;
}

/** Words of `control`. `head` and `tail` count bytes ever written and read, modulo 2³². */
const word = { head: 0, tail: 1, replied: 2, replyLength: 3, running: 4, never: 5 } as const;
const ringBytes = 1 << 18;
const replyBytes = 1 << 20;
const headerBytes = 5;

export function createShared(): SharedParts {
  return {
    control: new SharedArrayBuffer(32),
    ring: new SharedArrayBuffer(ringBytes),
    reply: new SharedArrayBuffer(replyBytes),
    interrupt: new SharedArrayBuffer(1),
  };
}

/** The worker's end. `poke` tells the main thread that an empty ring got its first frame. */
export class WorkerEnd {
  readonly interrupt: Uint8Array;
  readonly #control: Int32Array;
  readonly #ring: Uint8Array;
  readonly #reply: Uint8Array;
  readonly #poke: () => void;

  constructor(shared: SharedParts, poke: () => void) {
    this.interrupt = new Uint8Array(shared.interrupt);
    this.#control = new Int32Array(shared.control);
    this.#ring = new Uint8Array(shared.ring);
    this.#reply = new Uint8Array(shared.reply);
    this.#poke = poke;
  }

  /** Appends a frame; long ones are split. */
  write(kind: FrameKind, bytes: Uint8Array): void {
    const most = ringBytes / 4;
    for (let at = 0; at < bytes.length; at += most) {
      const isPart = kind === frames.event && at + most < bytes.length;
      this.#frame(isPart ? frames.eventPart : kind, bytes.subarray(at, at + most));
    }
  }

  #frame(kind: FrameKind, bytes: Uint8Array): void {
    const head = Atomics.load(this.#control, word.head);
    const size = headerBytes + bytes.length;
    for (;;) {
      const tail = Atomics.load(this.#control, word.tail);
      if (((head - tail) | 0) + size <= ringBytes) break;
      this.#poke();
      Atomics.wait(this.#control, word.tail, tail, 50);
    }
    const length = bytes.length;
    const header = [kind, length & 255, (length >> 8) & 255, (length >> 16) & 255, length >>> 24];
    header.forEach((byte, index) => (this.#ring[(head + index) & (ringBytes - 1)] = byte));
    const start = (head + headerBytes) & (ringBytes - 1);
    const first = Math.min(length, ringBytes - start);
    this.#ring.set(bytes.subarray(0, first), start);
    this.#ring.set(bytes.subarray(first), 0);
    Atomics.store(this.#control, word.head, (head + size) | 0);
    if (Atomics.load(this.#control, word.tail) === head) this.#poke();
  }

  /** Sends a request with `post` and sleeps until the answer is there; null for "none". `interrupted` is asked now and then. */
  request(post: () => void, interrupted: () => void): Uint8Array | null {
    Atomics.store(this.#control, word.replied, 0);
    post();
    while (Atomics.wait(this.#control, word.replied, 0, 20) === 'timed-out') {
      if (this.interrupt[0]) interrupted();
    }
    const length = Atomics.load(this.#control, word.replyLength);
    return length < 0 ? null : this.#reply.slice(0, length);
  }

  pause(milliseconds: number): void {
    Atomics.wait(this.#control, word.never, 0, milliseconds);
  }

  running(flag: boolean): void {
    Atomics.store(this.#control, word.running, flag ? 1 : 0);
  }
}

/** The main thread's end. */
export class MainEnd {
  readonly #control: Int32Array;
  readonly #ring: Uint8Array;
  readonly #reply: Uint8Array;
  readonly #interrupt: Uint8Array;

  constructor(shared: SharedParts) {
    this.#control = new Int32Array(shared.control);
    this.#ring = new Uint8Array(shared.ring);
    this.#reply = new Uint8Array(shared.reply);
    this.#interrupt = new Uint8Array(shared.interrupt);
  }

  /** Takes every frame out of the ring, in order. */
  *drain(): Generator<{ kind: number; bytes: Uint8Array }> {
    for (;;) {
      const tail = Atomics.load(this.#control, word.tail);
      if (tail === Atomics.load(this.#control, word.head)) return;
      const byte = (offset: number) => this.#ring[(tail + offset) & (ringBytes - 1)] ?? 0;
      const kind = byte(0);
      const length = byte(1) | (byte(2) << 8) | (byte(3) << 16) | (byte(4) << 24);
      const start = (tail + headerBytes) & (ringBytes - 1);
      const bytes = new Uint8Array(length);
      const first = Math.min(length, ringBytes - start);
      bytes.set(this.#ring.subarray(start, start + first));
      bytes.set(this.#ring.subarray(0, length - first), first);
      Atomics.store(this.#control, word.tail, (tail + headerBytes + length) | 0);
      Atomics.notify(this.#control, word.tail);
      yield { kind, bytes };
    }
  }

  /** Answers a request; longer answers than the slot are refused by the caller asking in pieces. */
  answer(bytes: Uint8Array | null): void {
    if (bytes) this.#reply.set(bytes.subarray(0, replyBytes));
    Atomics.store(this.#control, word.replyLength, bytes ? Math.min(bytes.length, replyBytes) : -1);
    Atomics.store(this.#control, word.replied, 1);
    Atomics.notify(this.#control, word.replied);
  }

  /** Raises KeyboardInterrupt in user code. None is left over where the user's code ended just now. */
  interrupt(): void {
    this.#interrupt[0] = 2;
    if (!this.running) this.#interrupt[0] = 0;
  }

  get running(): boolean {
    return Atomics.load(this.#control, word.running) === 1;
  }
}

/** Largest answer of one request; files are read in pieces of this size. */
export const pieceBytes = replyBytes;
