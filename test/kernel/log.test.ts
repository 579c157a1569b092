import { afterEach, expect, test, vi } from 'vitest'
import { holdings } from '#db/personal'
import { type LogFields, log } from '#kernel/log'

afterEach(() => vi.restoreAllMocks())

function written(fields: object) {
  const lines: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line))
  log('info', 'something happened', fields as LogFields)
  return JSON.parse(lines[0] ?? '{}')
}

const personal = holdings.flatMap(({ name, holding }) =>
  Object.entries(holding.columns).flatMap(([column, word]) =>
    word === 'none' ? [] : [[`${name}.${column}`, column]],
  ),
)

test.each(personal)('a log line has no %s', (_, column = '') => {
  const snake = column.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  expect(written({ [column]: 'Jane' })).not.toHaveProperty(column, 'Jane')
  expect(written({ [snake]: 'Jane' })).not.toHaveProperty(snake, 'Jane')
  expect(JSON.stringify(written({ fact: { [column]: 'Jane' } }))).not.toContain('Jane')
})

test('facts are written as they are', () => {
  const facts = { tenant: 'demo', code: 'job_failed', attempts: 3, since: null }
  expect(written(facts)).toEqual({ level: 'info', message: 'something happened', ...facts })
})

test('a field with the name of a personal column does not compile', () => {
  // @ts-expect-error
  const fields: LogFields = { email: 'jane@example.com' }
  expect(written(fields)).toMatchObject({ email: '[redacted]' })
})
