import { z } from 'zod'
import { expectStatus, type Service } from './service.ts'

/** What a step found: a sentence, or nothing more to say than that it works. */
type Step = (service: Service, pause: () => Promise<void>) => Promise<string>

/** What a step could not try. Nothing is broken. */
export class SkippedStep extends Error {}

const Made = z.object({ id: z.string() })
const Ready = z.object({
  degraded: z.array(z.string()).default([]),
  backlog: z.object({
    clockSeconds: z.int().nullable(),
    waiting: z.array(z.object({ kind: z.string(), seconds: z.int() })),
  }),
})
const Hooks = z.object({ data: z.array(z.object({ id: z.string() })) })
const Tested = z.object({
  delivered: z.boolean(),
  error: z.string().nullable(),
  response: z.object({ status: z.int() }).nullable(),
})

/** A clock that runs each minute has nothing due for so long. */
const CLOCK_SECONDS = 180
/** So old is no job whose queue works. */
const JOB_SECONDS = 120

/** The guest gets no mail, and its address leads nowhere (RFC 2606). */
async function customer({ ask }: Service): Promise<string> {
  const email = `smoke-${crypto.randomUUID()}@example.com`
  const made = await ask('POST', '/customer/guest', { email, firstName: 'Smoke' })
  if (made.body.code === 'guest_checkout_disabled') return readList({ ask })
  expectStatus('POST /customer/guest', made, 201)
  const path = `/customer/${Made.parse(made.body).id}`
  try {
    expectStatus('PATCH', await ask('PATCH', path, { firstName: 'Test' }), 200)
    const read = await ask('GET', path)
    expectStatus('GET', read, 200)
    if (read.body.firstName !== 'Test')
      throw new Error('GET does not show the change that PATCH made')
  } finally {
    expectStatus('DELETE', await ask('DELETE', path), 204)
  }
  return 'made, changed, read and deleted'
}

async function readList({ ask }: Pick<Service, 'ask'>): Promise<string> {
  expectStatus('GET /customer', await ask('GET', '/customer?limit=1'), 200)
  return 'list read; guest checkout is disabled in this shop'
}

const backlogOf = async ({ ask }: Service) => {
  const answer = await ask('GET', '/readyz')
  expectStatus('GET /readyz', answer, 200)
  return Ready.parse(answer.body)
}

const isMail = (kind: string) => kind === 'mail'

/** Nothing has waited for long. A job that waits only now is looked at again, for it may be done at any moment. */
const jobs =
  (isMeant: (kind: string) => boolean, where: string): Step =>
  async (service) => {
    const { waiting } = (await backlogOf(service)).backlog
    const late = waiting.filter(({ kind, seconds }) => isMeant(kind) && seconds > JOB_SECONDS)
    if (late.length === 0) return 'nothing waits'
    const all = late.map(({ kind, seconds }) => `${kind} for ${seconds} s`).join(', ')
    throw new Error(`waiting: ${all}. ${where}`)
  }

/** A service that was deployed just now has its first tick within a minute. */
async function cron(service: Service, pause: () => Promise<void>): Promise<string> {
  for (;;) {
    const { clockSeconds } = (await backlogOf(service)).backlog
    if (clockSeconds !== null && clockSeconds <= CLOCK_SECONDS) {
      return clockSeconds === 0
        ? 'nothing is due'
        : `the oldest task has been due for ${clockSeconds} s`
    }
    if (clockSeconds !== null) {
      throw new Error(
        `the oldest task has been due for ${clockSeconds} s. Look at the triggers in wrangler.toml and at the log`,
      )
    }
    await pause()
  }
}

async function webhook({ ask, isLocal }: Service): Promise<string> {
  const listed = await ask('GET', '/webhook?limit=1')
  expectStatus('GET /webhook', listed, 200)
  const [own] = Hooks.parse(listed.body).data
  if (own !== undefined) return tryHook({ ask, isLocal }, own.id, true)
  const made = await ask('POST', '/webhook', { url: 'https://example.com/', events: ['*'] })
  expectStatus('POST /webhook', made, 201)
  const { id } = Made.parse(made.body)
  try {
    return await tryHook({ ask, isLocal }, id, false)
  } finally {
    expectStatus('DELETE /webhook', await ask('DELETE', `/webhook/${id}`), 204)
  }
}

/** @param isOwn whether the endpoint has to accept it; the one of a stranger need only answer. */
async function tryHook({ ask, isLocal }: Service, id: string, isOwn: boolean): Promise<string> {
  const answer = await ask('POST', `/webhook/${id}/test`)
  expectStatus('POST /webhook/{id}/test', answer, 200)
  const { delivered, error, response } = Tested.parse(answer.body)
  if (delivered) return 'delivered to the first webhook'
  const status = response?.status
  if (!isOwn && status !== undefined) {
    return `the shop has no webhook yet; a test message to https://example.com/ was answered with ${status}`
  }
  const failure = `not delivered: ${error ?? status}`
  // No answer at all: a service on somebody's machine may have no way to the Internet.
  if (isLocal && status === undefined)
    throw new SkippedStep(
      `this service is on localhost, from where the webhook cannot be reached (${error})`,
    )
  throw new Error(failure)
}

/** The steps behind the token, in their order. */
export const steps: Readonly<Record<string, Step>> = {
  customer,
  webhook,
  queue: jobs((kind) => !isMail(kind), 'Look at the queues and their consumers in wrangler.toml'),
  mail: jobs(isMail, 'Look at the sending domain and the MAIL binding'),
  cron,
}
