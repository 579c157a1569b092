import { readFile } from 'node:fs/promises'
import { scopes } from '../src/core/context/context.ts'
import { Settings } from '../src/core/context/index.ts'
import { eventTypeMeanings } from '../src/core/event/index.ts'
import { openapiDocument, scopeMeanings } from '../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../src/http/load-routes.ts'
import { statusByRefusal } from '../src/http/problem-status.ts'
import { refusals } from '../src/kernel/error.ts'
import { refusalCodesSortedByStatus } from './error-codes-page.ts'
import { fillGeneratedParts, markdownTable } from './fill-generated-parts.ts'

export const referenceFile = 'docs/reference.md'

const endpoints = await loadAllRoutes()

type Operation = { summary?: string; security?: { bearer?: string[] }[]; 'x-callers'?: string[] }

function routes(): string {
  const rows = Object.entries(openapiDocument(endpoints).paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => [
      `\`${method.toUpperCase()} ${path}\``,
      operation.summary ?? '',
      (operation['x-callers'] ?? []).join(', '),
      (operation.security?.[0]?.bearer ?? []).map((scope) => `\`${scope}\``).join(' '),
    ]),
  )
  return markdownTable(['route', 'what it does', 'callers', 'scope of a service'], rows)
}

function settings(): string {
  const rows = Object.entries(Settings.shape).map(([key, schema]) => [
    `\`${key}\``,
    `\`${JSON.stringify(schema.parse(undefined))}\``,
    schema.meta()?.description ?? '',
  ])
  return markdownTable(['setting', 'default', 'meaning'], rows)
}

/** The document with every table as the code says. */
export async function referenceText(): Promise<string> {
  return fillGeneratedParts(await readFile(referenceFile, 'utf8'), {
    routes: routes(),
    scopes: markdownTable(
      ['scope', 'what it allows'],
      scopes.map((scope) => [`\`${scope}\``, scopeMeanings[scope]]),
    ),
    settings: settings(),
    events: markdownTable(
      ['event', 'when'],
      Object.entries(eventTypeMeanings).map(([type, meaning]) => [`\`${type}\``, meaning]),
    ),
    codes: markdownTable(
      ['status', 'code', 'meaning'],
      refusalCodesSortedByStatus().map((code) => [
        String(statusByRefusal[code]),
        `[\`${code}\`](errors.md#${code})`,
        refusals[code],
      ]),
    ),
  })
}
