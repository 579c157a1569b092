const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** The first moment after a given one. */
export type Schedule = (after: Date) => Date

const every =
  (ms: number, offset = 0): Schedule =>
  (after) =>
    new Date((Math.floor((after.getTime() - offset) / ms) + 1) * ms + offset)

export const eachMinuteSchedule: Schedule = every(MINUTE_MS)

/** Once a day, at a time of UTC. */
export const dailyScheduleAt = (hour: number, minute: number): Schedule =>
  every(DAY_MS, (hour * 60 + minute) * MINUTE_MS)
