import { expireMemberships } from '#core/group'
import { performDueMerges } from '#core/merge'
import { relayJobs } from '#core/outbox'
import { judgeDueMoments, type RuleBatchSizes } from '#core/rule'
import { systemContext, systemContextForTenants } from '../../../src/runtime.ts'
import type { TestApp } from '../../support/app.ts'
import { World } from '../world.ts'

/** So small that a handful of customers is many batches. */
export const SMALL: RuleBatchSizes = {
  batch: 3,
  added: 3,
  batches: 2,
  moments: 2,
  locked: 2,
  written: 5,
  due: 3,
}

/** How far the clock goes on during a request: less than a token lives. */
const LATE = 25 * 60_000

/** A shop that has its tenant to itself, for the rules of a tenant read all its customers. */
export class RuleWorld extends World {
  readonly begin: number
  readonly open: boolean
  /** How often the groups were looked at, and how many they held. */
  readonly counts = { looks: 0, held: 0 }

  constructor(app: TestApp, prefix: string, mischief: number, open: boolean) {
    super(patient(app), prefix, mischief)
    this.begin = app.runtime.now().getTime()
    this.open = open
    this.emailAt = (n) => `${prefix}-${n % 3}@example.${n % 2 === 0 ? 'com' : 'org'}`
  }

  /** Messages come in small batches, several at once, and the clock goes on while they are worked on. */
  override stirUp(): void {
    super.stirUp()
    const { app, random } = this
    if (app.queue.hostility !== undefined)
      app.queue.hostility = { ...app.queue.hostility, batch: 3 }
    const { always } = app.wire.faults
    app.wire.faults.always = (request) => {
      if (random() < 0.03) app.advance(Math.floor(random() * LATE))
      return always?.(request)
    }
  }

  /** What cron does every minute; what fails is done by the next. */
  async cron(): Promise<void> {
    const { runtime, tenant } = this.app
    const system = systemContextForTenants(runtime)
    await relayJobs(system).catch(() => true)
    await send(system.outcome.jobs)
    for (const step of [expireMemberships, judgeSome, performDueMerges]) {
      for (let more = true; more; ) {
        const ctx = systemContext(runtime, tenant, 'cron')
        more = await step(ctx).catch(() => false)
        await send(ctx.outcome.jobs)
      }
    }

    async function send(jobs: typeof system.outcome.jobs) {
      await runtime.send(jobs).catch(() => undefined)
    }
  }
}

const judgeSome: typeof judgeDueMoments = (ctx) => judgeDueMoments(ctx, SMALL)

/** The keys that sign tokens change with the time, and to read them may fail as all else: whoever asks for a token asks again. */
function patient(app: TestApp): TestApp {
  const again =
    <A extends unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      for (let tries = 1; tries < 12; tries++) {
        try {
          return await ask(...args)
        } catch {
          // A reply was lost.
        }
      }
      return ask(...args)
    }
  return {
    ...app,
    call: again(app.call),
    storefrontToken: again(app.storefrontToken),
    shopperToken: again(app.shopperToken),
  }
}
