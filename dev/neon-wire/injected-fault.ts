import { setTimeout as wait } from 'node:timers/promises'
import type { ReceivedRequest } from './received-request.ts'
import { RequestRefused } from './refusal.ts'
import type { SqlRequest } from './request.ts'

/** `before` nothing ran; `after` everything was committed. */
type Moment = 'before' | 'after'

/** What goes wrong with a request. */
export type InjectedFault = {
  readonly at: Moment
  /** Which request it waits for; any, when left out. */
  readonly when?: (request: SqlRequest) => boolean
} & (
  | { readonly do: 'cut' }
  | {
      readonly do: 'answer'
      readonly status: number
      /** PostgreSQL's SQLSTATE; Neon's own errors have none. */
      readonly code?: string
      readonly text?: string
    }
  | { readonly do: 'hold'; readonly until: Promise<unknown> }
  | { readonly do: 'delay'; readonly milliseconds: number }
)

/** Faults waiting for their requests: the first that matches is used, once. */
export class InjectedFaults {
  #waiting: InjectedFault[] = []
  /** Asked when no fault waits: a rule over all requests, for example a seeded random choice. */
  always: ((request: SqlRequest) => InjectedFault | undefined) | undefined

  add(...faults: InjectedFault[]): void {
    this.#waiting.push(...faults)
  }

  clear(): void {
    this.#waiting = []
    this.always = undefined
  }

  get left(): number {
    return this.#waiting.length
  }

  take(request: SqlRequest): InjectedFault | undefined {
    if (this.#waiting.length === 0) return this.always?.(request)
    const at = this.#waiting.findIndex(({ when }) => !when || when(request))
    return at < 0 ? this.always?.(request) : this.#waiting.splice(at, 1)[0]
  }
}

/** Applies the fault. Throws `RequestRefused` if the fault is an answer. */
export async function injectFault(fault: InjectedFault, client: ReceivedRequest): Promise<void> {
  if (fault.do === 'hold') await fault.until
  if (fault.do === 'delay') await wait(fault.milliseconds)
  if (fault.do === 'cut') client.cut()
  if (fault.do === 'answer') {
    throw new RequestRefused(fault.status, fault.text ?? 'injected fault', fault.code)
  }
}
