import { readFile } from 'node:fs/promises'
import { Settings } from '../src/core/context/settings.ts'
import { codeMailBoundRules, mailBoundRules } from '../src/core/limit/mail-and-unproven-bounds.ts'
import { type Suspicion, suspicionByRefusalSign, suspicions } from '../src/http/suspicion.ts'
import type { Sign } from '../src/kernel/error.ts'
import { fillGeneratedParts, markdownTable } from './fill-generated-parts.ts'
import { limitRows } from './limit-table.ts'
import { strangerFilledTables } from './stranger-filled-tables.ts'
import { taskRows } from './task-table.ts'

export const operationsFile = 'docs/operations.md'

const rowOf = ({ level, message }: Suspicion, code: string) => [level, code, message]

/** The codes of the answers in which each is tried. */
const signRows = [
  { sign: 'spent_token', codes: '`session_ended`, `invalid_grant`' },
  { sign: 'inward_url', codes: '`invalid_input`' },
  { sign: 'caller_address', codes: '`malformed_request`' },
] as const satisfies readonly { sign: Sign; codes: string }[]

const SPAN: Readonly<Record<number, string>> = { 3600: 'an hour', 86400: 'a day' }

const HELD = {
  always: 'any mail',
  unproven: 'mails to an unproven address',
  while_linked: 'any mail, while the newest mail of the same purpose has a working link',
} as const

const { max_mails_per_domain: perDomain, max_mails_per_hour: perHour } = Settings.parse({})
const hourly = { seconds: 3600, apart: 0, holds: 'unproven' } as const

/** The bounds of mails that strangers can cause, each with the name that development prints. */
const mailRows = () =>
  [
    ...Object.values(mailBoundRules),
    { ...hourly, name: 'domain', most: perDomain },
    { ...hourly, name: 'tenant', most: perHour },
    ...Object.values(codeMailBoundRules).map((rule) => ({ ...rule, name: `${rule.name} (codes)` })),
  ].map(({ name, most, seconds, apart, holds }) => {
    const pause = apart > 0 ? `, one in ${apart} seconds` : ''
    return [`\`${name}\``, `${most} ${SPAN[seconds]}${pause}`, HELD[holds]]
  })

/** The document with its tables: the refusals of which the log tells, the bounds of mails, and the tables that strangers fill. */
export async function operationsText(): Promise<string> {
  const attempts = Object.entries(suspicions).flatMap(([code, suspicion]) =>
    suspicion === null ? [] : [rowOf(suspicion, `\`${code}\``)],
  )
  for (const { sign, codes } of signRows) attempts.push(rowOf(suspicionByRefusalSign[sign], codes))
  return fillGeneratedParts(await readFile(operationsFile, 'utf8'), {
    attempts: markdownTable(['level', 'code', 'message'], attempts),
    limits: markdownTable(['limit', 'counts', '`RateLimit`', 'routes'], limitRows()),
    mails: markdownTable(['bound', 'number', 'holds back'], mailRows()),
    tasks: markdownTable(['due', 'tasks'], taskRows()),
    rows: markdownTable(
      ['table', 'bounded by', 'a row is deleted'],
      Object.entries(strangerFilledTables).map(([name, { by, goes }]) => [`\`${name}\``, by, goes]),
    ),
  })
}
