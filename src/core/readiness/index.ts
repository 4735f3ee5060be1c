// Readiness: whether a function runs on tensors, under `tf.function` and on a tape, with the first place that stands against it.
import type { FunctionReadiness } from '../../shared/readiness.ts';
import type { Analysis } from '../infer/types.ts';
import { Walk } from './walk.ts';

/** The functions and methods of a program in the order of the text; what is defined inside others is part of those. */
export const readiness = (analysis: Analysis): readonly FunctionReadiness[] =>
  analysis.functions
    .filter(({ node }) => node.kind === 'function_definition' && node.above('function_definition') === null)
    .map(info => new Walk(analysis, info).answer(info));
