// Runs and states for tests of the panel's page.
export { figures } from './figures.ts';
export { largeGraph } from './largeGraph.ts';
export { polynomial } from './polynomial.ts';
export { dead, failed, loading, ready } from './states.ts';
export { sliceOf, tensors } from './tensors.ts';
export { training, trainingRun } from './training.ts';
export { report, source, trainStep, trainStepGraph, trainStepRun } from './trainStep.ts';
