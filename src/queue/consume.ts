import { isDone, isUnreachable } from '#core/context'
import { inParallel } from '#kernel/in-parallel'
import { errorFields, log } from '#kernel/log'
import { type Runtime, sendOn, systemContext } from '../runtime.ts'
import { putBack, readMessage } from './message.ts'
import { type Performer, performers } from './perform.ts'

/** Messages of one tenant and kind, by job: the queue may bring one job more than once. */
type JobSet = {
  readonly tenant: string
  readonly kind: string
  readonly performer: Performer
  readonly jobs: ReadonlyMap<string, readonly Message[]>
}

const SETS_AT_ONCE = 4

/**
 * Does what a batch of messages asks for and settles each by itself; never throws. Jobs of a kind are done as a set where the
 * kind allows it; a set that fails is halved until the job that spoils it stands alone. What cannot be read goes back until
 * the queue hands it to the dead letters.
 */
export async function consume(
  batch: MessageBatch,
  runtime: Runtime,
  known: ReadonlyMap<string, Performer> = performers,
): Promise<void> {
  const sets = sortOut(batch.messages, runtime, known)
  await inParallel(sets, SETS_AT_ONCE, (set) => settle(set, runtime))
}

function sortOut(
  messages: readonly Message[],
  runtime: Runtime,
  known: ReadonlyMap<string, Performer>,
): JobSet[] {
  const sets = new Map<string, JobSet & { jobs: Map<string, Message[]> }>()
  for (const message of messages) {
    const job = readMessage(message.body)
    const performer = job === null ? undefined : known.get(job.kind)
    if (job === null || performer === undefined || !runtime.config.tenants.has(job.tenant)) {
      log('warn', 'message not understood', { messageId: message.id, attempts: message.attempts })
      putBack(message)
      continue
    }
    const { tenant, kind, id } = job
    const name = 'alone' in performer ? `${tenant} ${kind} ${id}` : `${tenant} ${kind}`
    const set = sets.get(name) ?? { tenant, kind, performer, jobs: new Map() }
    sets.set(name, set)
    set.jobs.set(id, [...(set.jobs.get(id) ?? []), message])
  }
  return [...sets.values()]
}

async function settle(set: JobSet, runtime: Runtime): Promise<void> {
  const messages = [...set.jobs.values()].flat()
  try {
    await perform(set, runtime)
    for (const message of messages) message.ack()
  } catch (error) {
    if (set.jobs.size > 1 && !isUnreachable(error)) {
      for (const half of halves(set)) await settle(half, runtime)
      return
    }
    log('error', 'job failed', {
      tenant: set.tenant,
      kind: set.kind,
      job: set.jobs.keys().next().value,
      attempts: messages[0]?.attempts,
      ...errorFields(error),
    })
    for (const message of messages) putBack(message)
  }
}

async function perform({ tenant, kind, performer, jobs }: JobSet, runtime: Runtime) {
  const ctx = systemContext(runtime, tenant, kind)
  try {
    const [id = ''] = jobs.keys()
    if ('alone' in performer) await performer.alone(ctx, id)
    else await performer.together(ctx, [...jobs.keys()])
  } catch (error) {
    if (!isDone(error)) throw error
  }
  await sendOn(runtime, ctx.outcome.jobs)
}

function halves(set: JobSet): JobSet[] {
  const jobs = [...set.jobs]
  const middle = Math.ceil(jobs.length / 2)
  return [jobs.slice(0, middle), jobs.slice(middle)].map((part) => ({
    ...set,
    jobs: new Map(part),
  }))
}
