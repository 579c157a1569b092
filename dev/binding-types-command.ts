/** The types of the bindings, from `wrangler.toml`. The arguments are part of what it writes. */
export const bindingTypesCommand = [
  'wrangler',
  'types',
  'src/env.d.ts',
  '--include-runtime=false',
  // The secrets of one developer are not among the bindings.
  '--env-file=/dev/null',
] as const satisfies string[]
