import type { Kept } from './session-store.ts'

const marks = ({ accessToken, refreshToken, root }: Kept) =>
  [accessToken, refreshToken, root].filter(Boolean)

/**
 * Whether two sessions are of one shopper: they name the same customer, or, where one of them names none, one was refreshed from the
 * other. Two unrelated tokens without a customer's id may belong to different shoppers.
 */
export function isSameShopper(one: Kept, other: Kept): boolean {
  if (one.userId && other.userId) return one.userId === other.userId
  const known = marks(other)
  return marks(one).some((mark) => known.includes(mark))
}

/** Gives `next` the mark of the session that it was refreshed from, if that one names no customer. */
export const inheritSessionRoot = <T extends Kept>(session: Kept, next: T): T => {
  const root = session.root ?? (session.userId ? undefined : session.accessToken)
  return root ? { ...next, root } : next
}
