import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Access, expectStatus, serviceAt } from './smoke/service.ts'
import { Skipped, steps } from './smoke/step.ts'

const usage = `npm run smoke -- --url https://customer.example.com

Asks a running service whether its parts work: token, customer, webhook, queue, mail, cron.
Takes CLIENT_ID and CLIENT_SECRET of a service from the environment, or TOKEN. The scopes
customer:read, customer:write, event:read and webhook:write are needed. It makes a guest and deletes it.

For npm start: CLIENT_ID=dev CLIENT_SECRET=dev npm run smoke -- --url http://localhost:8787`

const PAUSE_MS = 5000
const ALL_MS = 75_000
const Grant = z.object({ access_token: z.string(), scope: z.string().optional() })

type Smoke = {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  readonly fetch?: typeof fetch
  readonly signal?: AbortSignal
  readonly pause?: () => Promise<void>
}

/** Tries each part of a running service, and says of each whether it works. Resolves with the exit code. */
export async function smoke({ args, env, say, ...world }: Smoke): Promise<number> {
  const url = urlOf(args)
  if (url === null) {
    say(usage)
    return 1
  }
  const { fetch: send = fetch, signal = AbortSignal.timeout(ALL_MS) } = world
  const pause = world.pause ?? (() => wait(PAUSE_MS, undefined, { signal }))
  let broken = 0
  const run = async <T>(name: string, work: () => Promise<readonly [T, string]>) => {
    try {
      const [result, sentence] = await work()
      say(`ok      ${name}: ${sentence}`)
      return result
    } catch (error) {
      if (error instanceof Skipped) {
        say(`skipped ${name}: ${error.message}`)
        return null
      }
      broken++
      say(`BROKEN  ${name}: ${signal.aborted ? 'no answer in time' : said(error)}`)
      return null
    }
  }
  const access = { url, fetch: send, signal }
  const token = await run('token', () => getToken(access, env))
  if (token === null) return 1
  const service = serviceAt({ ...access, token })
  for (const [name, step] of Object.entries(steps)) {
    await run(name, async () => [null, await step(service, pause)])
  }
  return broken === 0 ? 0 : 1
}

function urlOf(args: readonly string[]): string | null {
  try {
    const { url } = parseArgs({ args: [...args], options: { url: { type: 'string' } } }).values
    return url !== undefined && /^https?:$/.test(new URL(url).protocol) ? url : null
  } catch {
    return null
  }
}

async function getToken(
  access: Omit<Access, 'token'>,
  { CLIENT_ID: id, CLIENT_SECRET: secret, TOKEN: token }: Smoke['env'],
): Promise<readonly [string, string]> {
  const { ask } = serviceAt({ ...access, token: null })
  expectStatus('GET /healthz', await ask('GET', '/healthz'), 200)
  expectStatus('GET /readyz', await ask('GET', '/readyz'), 200)
  if (token) return [token, 'TOKEN of the environment']
  if (!id || !secret) throw new Error('CLIENT_ID and CLIENT_SECRET, or TOKEN, must be set')
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
  const answer = await ask('POST', '/oauth/token', new URLSearchParams(form))
  expectStatus(`POST ${new URL('/oauth/token', access.url).href}`, answer, 200)
  const grant = Grant.parse(answer.body)
  if (grant.scope === 'customer:register') {
    throw new Error(`${id} is a storefront's client (customer:register): take a service's client`)
  }
  return [grant.access_token, 'given']
}

/** A failure of the network says its reason in its cause. */
function said(error: unknown): string {
  if (error instanceof z.ZodError) return 'the answer is not what this version of the service gives'
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${said(error.cause)}` : error.message
}

if (import.meta.main) {
  process.exit(
    await smoke({
      args: process.argv.slice(2),
      env: process.env,
      say: (line) => console.log(line),
    }),
  )
}
