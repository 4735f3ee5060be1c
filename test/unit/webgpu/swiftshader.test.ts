// WGSL is proved on SwiftShader: the suites run in a process that has it, one test per case here.
import { test } from 'node:test';
import { runWithSwiftShader, swiftShaderMissing } from '../../support/swiftshader.ts';

const missing = swiftShaderMissing();
for (const suite of ['kernels', 'programs', 'host']) {
  test(`${suite} on SwiftShader`, { skip: missing ?? false }, async context => {
    for await (const { name, error } of runWithSwiftShader(new URL(`./${suite}.suite.ts`, import.meta.url)))
      await context.test(name, () => {
        if (error !== undefined) throw new Error(error);
      });
  });
}
