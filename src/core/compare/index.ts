// The door of the room: verdicts on two programs that ran.
export * from './verdict.ts';
export * from './edges.ts';
export * from './statements.ts';
export * from './overall.ts';
