import type { Refusal } from '#kernel/error'
import { limitRefusal } from '#kernel/limit-refusal'

/** Scrypt takes 32 MiB and a whole core for as long as it takes. */
const AT_WORK = 2
const LONGEST_LINE = 100
/** The most hashes of one place in the queue. */
export const MAX_QUEUED_HASHES_PER_PLACE = 2
const LONGEST_WAIT_MS = 15_000
/** The runtime may kill a request at work, and says nothing. Nothing takes this long by itself. */
const LOST_AFTER_MS = 10_000
const RETRY_AFTER = 1
/** In workerd a request is accepted, read and handed on in three turns of the event loop: with one turn it waited for two or more hashes. */
const TURNS = 5

/** The order in the queue. A request waits only for its first hash. `again` marks a request that has had its first hash. */
const ranks = ['again', 'device', 'service', 'other'] as const
export type HashPriority = (typeof ranks)[number]

/** A network that may have `size` times as many in the line as one place. */
type Network = { readonly network: string; readonly size: number }

/** @property networks the networks of the request's place. Without a place, only the bound of all requests applies. */
type Comer = { readonly rank: HashPriority; readonly networks: readonly Network[] }

type Ticket = Comer & {
  /** Lets the request begin. */
  readonly call: () => void
  readonly refuse: (why: Refusal) => void
  step: 'waiting' | 'ready' | 'called' | 'begun'
  lostAt: number
}

/** Tests have their own. */
export type HashQueueClock = {
  readonly now: () => number
  /** Calls `work` once after `ms` milliseconds. Returns a function that cancels this. */
  readonly after: (ms: number, work: () => void) => () => void
  /** Lets other waiting work of the event loop run first. */
  readonly turn: () => Promise<void>
}

const realClock: HashQueueClock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  async turn() {
    for (let turn = 0; turn < TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
    }
  },
}

/**
 * Does one hash when its turn comes. Refuses `too_many_requests` before the work when there is no room in the line, or none at work
 * within fifteen seconds.
 */
export type PasswordHashQueue = <T>(comer: Comer, work: () => Promise<T>) => Promise<T>

/**
 * The line of an isolate before its password hashes: two at a time, the others wait by rank. They begin one by one, some turns of the
 * event loop apart: in workerd scrypt holds the only thread until it is done, so two are never at work there, and other requests get in
 * between. Another request lets a waiting one begin. So only the timer belongs to the waiting request itself.
 */
export function makePasswordHashQueue(clock: HashQueueClock = realClock): PasswordHashQueue {
  const waiting: Ticket[] = []
  let atWork: Ticket[] = []

  const leave = (ticket: Ticket): void => {
    waiting.splice(waiting.indexOf(ticket), 1)
    ticket.refuse(noRoom())
  }

  /** Makes room if the queue is full: the last request with a lower priority leaves. So strangers cannot block requests with a higher priority. */
  const makeRoom = ({ rank, networks }: Comer): boolean => {
    if (rank === 'again' || atWork.length < AT_WORK) return true
    const bounded = waiting.filter((other) => other.rank !== 'again')
    const isCrowded = ({ network, size }: Network) =>
      bounded.filter((other) => isOf(other, network)).length >= MAX_QUEUED_HASHES_PER_PLACE * size
    if (networks.some(isCrowded)) return false
    if (bounded.length < LONGEST_LINE) return true
    const last = bounded.at(-1)
    if (last === undefined || ranks.indexOf(last.rank) <= ranks.indexOf(rank)) return false
    leave(last)
    return true
  }

  const moveOn = (): void => {
    const now = clock.now()
    atWork = atWork.filter(({ lostAt }) => lostAt > now)
    for (const ticket of waiting.splice(0, AT_WORK - atWork.length)) {
      ticket.step = 'ready'
      ticket.lostAt = now + LOST_AFTER_MS
      atWork.push(ticket)
    }
    if (atWork.some(({ step }) => step === 'called')) return
    const next = atWork.find(({ step }) => step === 'ready')
    if (next === undefined) return
    next.step = 'called'
    next.call()
  }

  const enter = (ticket: Ticket): void => {
    const behind = waiting.findIndex(({ rank }) => ranks.indexOf(rank) > ranks.indexOf(ticket.rank))
    waiting.splice(behind < 0 ? waiting.length : behind, 0, ticket)
    moveOn()
  }

  const called = async (comer: Comer): Promise<Ticket> => {
    let stop = (): void => undefined
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const ticket: Ticket = { ...comer, call: resolve, refuse: reject, step: 'waiting', lostAt: 0 }
    moveOn()
    if (!makeRoom(ticket)) throw noRoom()
    enter(ticket)
    if (ticket.step === 'waiting' && ticket.rank !== 'again') {
      stop = clock.after(LONGEST_WAIT_MS, () => {
        moveOn()
        if (waiting.includes(ticket)) leave(ticket)
      })
    }
    await promise.finally(() => stop())
    return ticket
  }

  return async (comer, work) => {
    const ticket = await called(comer)
    try {
      await clock.turn()
      const done = work()
      ticket.step = 'begun'
      moveOn()
      return await done
    } finally {
      atWork = atWork.filter((other) => other !== ticket)
      moveOn()
    }
  }
}

const isOf = ({ networks }: Comer, network: string): boolean =>
  networks.some((one) => one.network === network)

const noRoom = () => limitRefusal('hashes', RETRY_AFTER)
