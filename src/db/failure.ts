/** Rolled back for certain, because another transaction was in the way: it may simply run again. */
export class Conflict extends Error {
  override name = 'Conflict'
}

/** No reply that can be trusted: a write may or may not have been committed. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** The key's request was answered before: the kept answer is to be read. */
export class Replay extends Error {
  override name = 'Replay'
}

/** The job's row is gone: it was done before. */
export class Done extends Error {
  override name = 'Done'
}
