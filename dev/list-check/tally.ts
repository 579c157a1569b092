import type { Outcome } from './check.ts'

type Timed = { readonly ms: number; readonly label: string }

/** Adds up what the cases of a sweep have found out. */
export class Tally {
  readonly sums = { rows: 0, ended: 0, guessed: 0, nobody: 0, empty: 0, short: 0, wrong: 0 }
  private readonly times = new Map<string, Timed[]>()

  add(label: string, { size, isGuessed, readings, counts, problems }: Outcome): void {
    const { sums } = this
    for (const { ids, pages, isEnd } of readings) {
      sums.rows += ids.length
      for (const { ms } of pages) this.time('pages', ms, label)
      const before = isEnd ? pages.slice(0, -1) : pages
      sums.empty += before.filter(({ rows }) => rows === 0).length
      sums.short += before.filter(({ rows, limit }) => rows > 0 && rows < limit).length
    }
    for (const { counting, ms } of counts) this.time(`${counting} counts`, ms, label)
    if (readings[0]?.isEnd) sums.ended++
    if (isGuessed) sums.guessed++
    if (size === 0) sums.nobody++
    if (problems.length > 0) sums.wrong++
  }

  private time(name: string, ms: number, label: string): void {
    const list = this.times.get(name) ?? []
    list.push({ ms, label })
    this.times.set(name, list)
  }

  /** The times in lines, with the longest ones. */
  lines(worst: number): string[] {
    return [...this.times].flatMap(([name, all]) => {
      const sorted = all.toSorted((a, b) => b.ms - a.ms)
      const at = (share: number) =>
        (sorted[Math.floor(sorted.length * (1 - share))]?.ms ?? 0).toFixed(1)
      const longest = sorted.slice(0, worst)
      return [
        `${name} (${all.length}): ms p50 ${at(0.5)} p95 ${at(0.95)} max ${at(1)}`,
        ...longest.map(({ ms, label }) => `  ${ms.toFixed(1).padStart(8)} ${label}`),
      ]
    })
  }
}
