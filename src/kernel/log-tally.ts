import {
  type BoundedDistinctCounter,
  makeBoundedDistinctCounter,
} from './bounded-distinct-counter.ts'
import { type Level, type LogFields, log } from './log.ts'

/** A kind of log lines. Lines of one kind differ only in the caller and in the extra fields. */
type Kind = { readonly level: Level; readonly message: string; readonly fields: LogFields }

/** The place and the account of a line, as keyed hashes; null: not known. */
type Who = { readonly place: string | null; readonly account: string | null }

export type LogTally = {
  /** Writes a line, or only counts it when its kind has had enough lines in this minute. @param more what this line says besides. */
  readonly note: (kind: Kind, who: Who, more: LogFields) => void
  /** Writes the sums of a minute that is over. Each work of this isolate calls it: a request, a message, a cron task. */
  readonly settle: (at: Date) => void
}

/** The lines of one kind that are written in a minute. */
export const WRITTEN_LINES_PER_KIND = 5
/** The kinds that are told apart in a minute. Beyond it, all of one message are one kind, whose fields are null. */
const MOST_KINDS = 500
const MINUTE_MS = 60_000

type Entry = {
  readonly kind: Kind
  times: number
  readonly places: BoundedDistinctCounter
  readonly accounts: BoundedDistinctCounter
}

/**
 * Lines of which there may be very many: the first few of a kind are written, the others are one line when the minute is over, with their
 * sum, and with how many places and accounts there were in that minute. It needs no timer, and its memory is bounded.
 */
export function makeLogTally(): LogTally {
  const counted = new Map<string, Entry>()
  let minute = 0
  const entryOf = (kind: Kind): Entry => {
    const key = JSON.stringify(kind)
    const entry = counted.get(key) ?? {
      kind,
      times: 0,
      places: makeBoundedDistinctCounter(),
      accounts: makeBoundedDistinctCounter(),
    }
    if (entry.times > 0 || counted.size < MOST_KINDS || isBare(kind)) {
      counted.set(key, entry)
      return entry
    }
    return entryOf({ ...kind, fields: bare(kind.fields) })
  }
  return {
    note(kind, who, more) {
      const entry = entryOf(kind)
      entry.times++
      entry.places.add(who.place)
      entry.accounts.add(who.account)
      if (entry.times <= WRITTEN_LINES_PER_KIND) {
        log(kind.level, kind.message, { ...kind.fields, ...who, ...more })
      }
    },
    settle(at) {
      const now = Math.floor(at.getTime() / MINUTE_MS)
      if (now === minute) return
      const since = new Date(minute * MINUTE_MS).toISOString()
      for (const { kind, times, places, accounts } of counted.values()) {
        if (times <= WRITTEN_LINES_PER_KIND) continue
        log(kind.level, kind.message, {
          ...kind.fields,
          times: times - WRITTEN_LINES_PER_KIND,
          since,
          places: places.count(),
          accounts: accounts.count(),
          // It is there when one of the two numbers may be larger.
          atLeast: places.isFull() || accounts.isFull() || undefined,
        })
      }
      counted.clear()
      minute = now
    },
  }
}

const bare = (fields: LogFields): LogFields =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, null]))

const isBare = ({ fields }: Kind): boolean => Object.values(fields).every((value) => value === null)
