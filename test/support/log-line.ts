import { afterAll, expect, vi } from 'vitest'

type Line = Readonly<Record<string, unknown>>

/** The lines of the log from now on, of every level, instead of on the console. */
export function readLog() {
  const written: string[] = []
  for (const level of ['log', 'warn', 'error'] as const) {
    const spy = vi.spyOn(console, level)
    spy.mockImplementation((line) => void written.push(String(line)))
    afterAll(() => spy.mockRestore())
  }
  let read = 0
  return {
    /** All of them. */
    written,
    /** Those since the last look. */
    next(): Line[] {
      const lines = written.slice(read).map((line): Line => JSON.parse(line))
      read = written.length
      return lines
    },
  }
}

/** Fails if a line holds one of the texts. The beginning of a token counts where a word begins, for keyed hashes may hold the same letters. */
export function expectNone(lines: readonly string[], texts: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(0)
  const all = lines.join('\n')
  for (const text of texts) expect(all).not.toContain(text)
  for (const begin of ['ac_', 'rt_', 'lh_', 'dt_', 'eyJ']) {
    expect(all).not.toMatch(new RegExp(`(?<![\\w-])${begin}`))
  }
}
