import { z } from 'zod'

export const WorkerRoute = z.union([
  z.string().transform((pattern) => ({
    ...{ pattern, zone_name: undefined, custom_domain: false, previews_enabled: false },
  })),
  z.object({
    pattern: z.string(),
    zone_name: z.string().optional(),
    custom_domain: z.boolean().default(false),
    previews_enabled: z.boolean().default(false),
  }),
])

const Queue = z.object({ queue: z.string(), binding: z.string().optional() })
const Named = z.looseObject({ name: z.string() })

/** What a configuration of wrangler says of one Worker that may be uploaded. */
const Target = z.object({
  workers_dev: z.boolean().optional(),
  preview_urls: z.boolean().optional(),
  route: WorkerRoute.optional(),
  routes: z.array(WorkerRoute).optional(),
  vars: z.looseObject({ hosts: z.array(z.string()).default([]) }).optional(),
  compatibility_flags: z.array(z.string()).optional(),
  ratelimits: z
    .array(
      z.looseObject({
        name: z.string(),
        simple: z.object({ limit: z.number(), period: z.number() }),
      }),
    )
    .optional(),
  send_email: z.array(Named).optional(),
  assets: z.looseObject({ binding: z.string().optional() }).optional(),
  triggers: z.object({ crons: z.array(z.string()).optional() }).optional(),
  queues: z
    .object({
      producers: z.array(Queue).default([]),
      consumers: z.array(Queue).default([]),
    })
    .optional(),
  observability: z
    .object({ logs: z.object({ invocation_logs: z.boolean().optional() }).optional() })
    .optional(),
})
export type Target = z.output<typeof Target>

export const WranglerConfiguration = Target.extend({
  env: z.record(z.string(), Target).default({}),
})

/** What wrangler does not hand down to an environment: it has them itself, or it has none. */
const notInherited = {
  vars: undefined,
  queues: undefined,
  send_email: undefined,
  ratelimits: undefined,
} as const satisfies Partial<Record<keyof Target, undefined>>

/**
 * The top and the environments, each with what it names itself (`own`) and with what it has.
 * @param chosen an environment, '' for the top; without it, all of them.
 */
export function targetsOf(
  { env, ...top }: z.output<typeof WranglerConfiguration>,
  chosen?: string,
) {
  const targets = Object.entries(env).map(([name, own]) => {
    const target: Target = { ...top, ...notInherited, ...own }
    return { name, at: `env.${name}.`, label: `env.${name}: `, own, target }
  })
  return [{ name: '', at: '', label: '', own: top, target: top }, ...targets].filter(
    ({ name }) => chosen === undefined || name === chosen,
  )
}
