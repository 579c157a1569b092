import { readFile } from 'node:fs/promises'
import { reuse, type Suspicion, suspicions } from '../src/http/suspicion.ts'

export const operationsFile = 'docs/operations.md'

const rowOf = ({ level, message }: Suspicion, code: string): string =>
  `| ${level} | ${code} | ${message} |`

/** The document with its table of the refusals of which the log tells. */
export async function operationsText(): Promise<string> {
  const text = await readFile(operationsFile, 'utf8')
  const rows = Object.entries(suspicions).flatMap(([code, suspicion]) =>
    suspicion === null ? [] : [rowOf(suspicion, `\`${code}\``)],
  )
  rows.push(rowOf(reuse, '`session_ended`, `invalid_grant`'))
  const table = ['| level | code | message |', '| --- | --- | --- |', ...rows].join('\n')
  return text.replace(
    /(<!-- attempts -->\n)[\s\S]*?(<!-- \/attempts -->)/,
    (_, open: string, close: string) => `${open}${table}\n${close}`,
  )
}
