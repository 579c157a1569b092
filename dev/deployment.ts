import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { root } from './run.ts'

const Target = z.object({
  compatibility_flags: z.array(z.string()).optional(),
  observability: z
    .object({ logs: z.object({ invocation_logs: z.boolean().optional() }).optional() })
    .optional(),
})
const Configuration = Target.extend({ env: z.record(z.string(), Target).default({}) })

/**
 * What a configuration of wrangler lacks that the service relies on. The platform's own log lines hold whole URLs, which have searches in
 * them, and are on unless they are switched off. Without the flag, a request to another host of the zone passes by its firewall.
 */
export function deploymentMistakes(text: string): string[] {
  const { env, ...top } = Configuration.parse(parse(text))
  // An environment has the settings of the top that it does not name itself.
  const targets = Object.entries(env).map(
    ([name, own]) => [`env.${name}: `, { ...top, ...own }] as const,
  )
  return [['', top] as const, ...targets].flatMap(([name, target]) => [
    ...(target.observability?.logs?.invocation_logs === false
      ? []
      : [`${name}observability.logs.invocation_logs must be false`]),
    ...(target.compatibility_flags?.includes('global_fetch_strictly_public')
      ? []
      : [`${name}compatibility_flags must have global_fetch_strictly_public`]),
  ])
}

/** Looks at `wrangler.toml`. Fails with all mistakes. */
export function checkDeployment(): undefined {
  const mistakes = deploymentMistakes(readFileSync(join(root, 'wrangler.toml'), 'utf8'))
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
}
