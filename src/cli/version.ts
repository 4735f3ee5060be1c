// The version of the package, put in by the build.
import manifest from '../../package.json' with { type: 'json' };

export const { version } = manifest;
