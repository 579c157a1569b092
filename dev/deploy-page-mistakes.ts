import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { z } from 'zod'
import { mailPaths } from '#core/context'
import { environmentVariableNames } from '../src/config.ts'
import { edgeLimit } from '../src/http/generated/edge-limit.ts'
import { deploymentMistakes } from './deployment-mistakes.ts'
import { root } from './run.ts'

const Package = z.object({ scripts: z.record(z.string(), z.string()) })
const Queues = z.object({ consumers: z.array(z.looseObject({ queue: z.string() })) })
const Configuration = z.object({ queues: Queues })
const Staging = z.object({ env: z.object({ staging: z.object({ queues: Queues }) }) })

/** The secrets without which the service does not start. */
const needed = ['DATABASE_URL', 'PUBLIC_URL', 'MASTER_SECRET', 'CLIENT_SECRETS']

type Project = {
  /** docs/deploy.md. */
  readonly page: string
  /** wrangler.toml. */
  readonly toml: string
  /** The names in package.json. */
  readonly scripts: readonly string[]
}

const read = (name: string) => readFileSync(join(root, name), 'utf8')

/** Looks at `wrangler.toml`, and at the page that says how it is deployed. Fails with all mistakes. */
export function checkDeployment(): undefined {
  const toml = read('wrangler.toml')
  const { scripts } = Package.parse(JSON.parse(read('package.json')))
  const page = { page: read('docs/deploy.md'), toml, scripts: Object.keys(scripts) }
  const mistakes = [...deploymentMistakes(toml), ...deployPageMistakes(page)]
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
}

/** What the page says of deployments that the configuration, the settings or the scripts do not bear out. */
export const deployPageMistakes = (project: Project): string[] =>
  [
    ...mistakesOfQueues(project),
    ...mistakesOfSecrets(project),
    ...mistakesOfScripts(project),
    ...mistakesOfStaging(project),
    ...mistakesOfPaths(project),
  ].map((mistake) => `docs/deploy.md: ${mistake}`)

const wordsAfter = (page: string, command: string): string[] =>
  [...page.matchAll(new RegExp(`^ *${command} ([\\w-]+)`, 'gm'))].flatMap(([, word]) => word ?? [])

const lacking = (what: string, all: readonly string[], given: readonly string[]): string[] =>
  all.filter((one) => !given.includes(one)).map((one) => `${what} ${one}`)

function mistakesOfQueues({ page, toml }: Project): string[] {
  const queues = consumersOf(Configuration.parse(parse(toml)).queues).map(({ queue }) => queue)
  const made = wordsAfter(page, 'npx wrangler queues create')
  const loop = /for queue in ([\w -]+);/.exec(page)?.[1]?.split(' ') ?? []
  return [
    ...lacking('no command makes the queue', queues, made),
    ...lacking('wrangler.toml has no queue', made, queues),
    ...lacking('staging makes no queue', queues, loop),
    ...lacking('wrangler.toml has no queue', loop, queues),
  ]
}

const consumersOf = ({ consumers }: z.output<typeof Queues>) => consumers

function mistakesOfSecrets({ page }: Project): string[] {
  const put = wordsAfter(page, 'npx wrangler secret put')
  return [
    ...lacking('no command puts the secret', needed, put),
    ...lacking('there is no secret', put, environmentVariableNames()),
  ]
}

function mistakesOfScripts({ page, scripts }: Project): string[] {
  const run = [...page.matchAll(/npm run ([\w:-]+)/g)].flatMap(([, name]) => name ?? [])
  return lacking('package.json has no script', run, scripts)
}

/** Its queues are those of production under other names. */
function mistakesOfStaging({ page, toml }: Project): string[] {
  const text = /<!-- staging -->\n```toml\n([\s\S]*?)```/.exec(page)?.[1]
  if (text === undefined) return ['there is no section for staging']
  const named = (all: z.output<typeof Queues>) =>
    consumersOf(all).map((queue) => JSON.stringify(queue))
  const production = named(Configuration.parse(parse(toml)).queues)
  const staging = named(Staging.parse(parse(text)).env.staging.queues).map((queue) =>
    queue.replaceAll('-staging"', '"'),
  )
  return [
    ...lacking('staging lacks the consumer', production, staging),
    ...lacking('wrangler.toml has no consumer', staging, production),
    // A shop that has pasted it in has it already.
    ...(/^\[env\.staging\]/m.test(toml)
      ? []
      : deploymentMistakes(`${toml}\n${withOwnLimit(text)}`)),
  ]
}

/** A shop may have another limit at the edge than the page, and gives its environments the same. */
const withOwnLimit = (text: string): string =>
  text.replace(
    /simple = \{[^}]*\}/,
    `simple = { limit = ${edgeLimit.most}, period = ${edgeLimit.seconds} }`,
  )

const mistakesOfPaths = ({ page }: Project): string[] =>
  Object.entries(mailPaths)
    .map(([name, schema]) => `| \`${name}\` | \`${schema.parse(undefined)}\` |`)
    .filter((row) => !page.includes(row))
    .map((row) => `no row begins with ${row}`)
