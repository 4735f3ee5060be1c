// Prints the examples of the hazard rows as JSON, for the recorder of their outcomes.
import { hazards } from '../../src/core/hazards/index.ts';

process.stdout.write(JSON.stringify(hazards.map(({ id, numpy, tensorflow }) => ({ id, numpy, tensorflow }))));
