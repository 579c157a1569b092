import { isJobDoneError } from '#core/context'
import { inParallel } from '#kernel/in-parallel'
import { errorFields, log } from '#kernel/log'
import { type Runtime, sendJobMessages, systemContext } from '../runtime.ts'
import { type Performer, performers } from './performers.ts'
import { processSetHalvingOnFailure } from './process-set-halving-on-failure.ts'
import { readMessage, readMessageSafely } from './read-or-put-back-message.ts'
import { makeRetryOrStore, type RetryOrStore } from './retry-or-store.ts'

/** Messages of one tenant and kind, by job: the queue may deliver a job more than once. */
type JobSet = {
  readonly tenant: string
  readonly kind: string
  readonly performer: Performer
  readonly jobs: ReadonlyMap<string, readonly Message[]>
}

const SETS_AT_ONCE = 4

/**
 * Does the jobs of a batch, and acknowledges or returns each message by itself; never throws. Jobs of a kind are done as a set
 * if the kind allows it. A set that fails is halved until the failing job is alone. A job that fails, and an unreadable message, is
 * buried after its last try; while the database is away, none is.
 */
export async function consume(
  batch: MessageBatch,
  runtime: Runtime,
  known: ReadonlyMap<string, Performer> = performers,
): Promise<void> {
  const { sets, strange } = sortOut(batch.messages, runtime, known)
  const giveUp = makeRetryOrStore(batch.queue, runtime)
  await inParallel(sets, SETS_AT_ONCE, (set) => performSet(set, runtime, giveUp))
  await giveUp(strange)
}

function sortOut(
  messages: readonly Message[],
  runtime: Runtime,
  known: ReadonlyMap<string, Performer>,
): { readonly sets: readonly JobSet[]; readonly strange: readonly Message[] } {
  const sets = new Map<string, JobSet & { jobs: Map<string, Message[]> }>()
  const strange: Message[] = []
  for (const message of messages) {
    const job = readMessageSafely(message, readMessage)
    const performer = job === null ? undefined : known.get(job.kind)
    if (job === null || performer === undefined || !runtime.config.tenants.has(job.tenant)) {
      log('warn', 'message not understood', { messageId: message.id, attempts: message.attempts })
      strange.push(message)
      continue
    }
    const { tenant, kind, id } = job
    const name = 'alone' in performer ? `${tenant} ${kind} ${id}` : `${tenant} ${kind}`
    const set = sets.get(name) ?? { tenant, kind, performer, jobs: new Map() }
    sets.set(name, set)
    set.jobs.set(id, [...(set.jobs.get(id) ?? []), message])
  }
  return { sets: [...sets.values()], strange }
}

function performSet(set: JobSet, runtime: Runtime, giveUp: RetryOrStore): Promise<void> {
  const { tenant, kind } = set
  return processSetHalvingOnFailure(
    [...set.jobs],
    async (jobs) => {
      const ids = jobs.map(([id]) => id)
      const left = new Set(await perform(set, ids, runtime))
      for (const message of messagesOf(jobs.filter(([id]) => !left.has(id)))) message.ack()
      if (left.size === 0) return
      log('warn', 'jobs not done yet', { tenant, kind, jobs: left.size })
      await giveUp(messagesOf(jobs.filter(([id]) => left.has(id))))
    },
    (jobs, error) => {
      const messages = messagesOf(jobs)
      const [first] = messages
      const facts = { tenant, kind, job: jobs[0]?.[0], attempts: first?.attempts }
      log('error', 'job failed', { ...facts, ...errorFields(error) })
      return giveUp(messages, error)
    },
  )
}

type Job = readonly [id: string, messages: readonly Message[]]

const messagesOf = (jobs: readonly Job[]): Message[] => jobs.flatMap(([, messages]) => messages)

/** Does jobs. Resolves with those that could not be done yet. */
async function perform(
  { tenant, kind, performer }: JobSet,
  ids: readonly string[],
  runtime: Runtime,
): Promise<readonly string[]> {
  const ctx = systemContext(runtime, tenant, kind)
  let left: readonly string[] = []
  try {
    const [id = ''] = ids
    if ('alone' in performer) await performer.alone(ctx, id)
    else if ('partly' in performer) left = await performer.partly(ctx, ids)
    else await performer.together(ctx, ids)
  } catch (error) {
    if (!isJobDoneError(error)) throw error
  }
  await sendJobMessages(runtime, ctx.outcome.jobs)
  return left
}
