import { afterAll, vi } from 'vitest'

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
