import { type Fragment, joinFragments, rawFragment, sqlFragment } from '#db/fragment'
import type { CustomerFilter } from '../filter.ts'
import { hoursBack } from '../filter-moment.ts'
import { columnFragment } from './sql.ts'

/**
 * The filters with a relative time. Time alone can make them true or false. "After" includes its moment, so a customer leaves one microsecond later. "Before" excludes its moment, so a customer enters at that same time.
 */
const clocks = [
  { name: 'createdAfter', of: 'createdAt', makes: 'leave' },
  { name: 'createdBefore', of: 'createdAt', makes: 'enter' },
  { name: 'lastOrderAfter', of: 'lastOrderKey', makes: 'leave' },
  { name: 'lastOrderBefore', of: 'lastOrderKey', makes: 'enter' },
] as const

/** The relative times of a filter. */
function clocksOf(filter: CustomerFilter) {
  return clocks.flatMap((clock) => {
    const moment = filter[clock.name]
    const hours = moment === undefined ? null : hoursBack(moment)
    if (hours === null) return []
    const at = sqlFragment`${columnFragment(clock.of, 'c')} + make_interval(hours => ${hours}::int) + interval '1 microsecond'`
    return [{ ...clock, at }]
  })
}

/** The filter without its relative times. */
export function withoutRelativeTimes(filter: CustomerFilter): CustomerFilter {
  const relative = new Set<string>(clocksOf(filter).map(({ name }) => name))
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !relative.has(name)))
}

/**
 * The next moment at which the customer `c` begins or ceases to meet a filter because time passes, if its values stay as they are; null:
 * never. With fixed values a filter holds in one stretch of time: from the latest moment of entering to the earliest of leaving.
 * @param hasValues whether all else holds, and the values of the times are there.
 */
export function nextMoment(filter: CustomerFilter, now: Date, hasValues: Fragment): Fragment {
  const all = clocksOf(filter)
  if (all.length === 0) return sqlFragment`null::timestamptz`
  const at = (makes: 'enter' | 'leave') =>
    all.filter((clock) => clock.makes === makes).map((clock) => clock.at)
  const enters = bound('greatest', at('enter'), '-infinity')
  const leaves = bound('least', at('leave'), 'infinity')
  const moment = sqlFragment`${now.toISOString()}::timestamptz`
  return sqlFragment`case when ${hasValues} and ${enters} < ${leaves} then
    case when ${enters} > ${moment} then ${enters} when ${leaves} > ${moment} then nullif(${leaves}, 'infinity') end end`
}

const bound = (
  choose: 'greatest' | 'least',
  moments: readonly Fragment[],
  none: string,
): Fragment =>
  moments.length === 0
    ? sqlFragment`${rawFragment(`'${none}'::timestamptz`)}`
    : sqlFragment`${rawFragment(choose)}(${joinFragments(moments, ', ')})`
