import { readFile, writeFile } from 'node:fs/promises'
import { Settings } from '../src/core/context/index.ts'
import { eventTypes } from '../src/core/event/index.ts'
import { openapiDocument } from '../src/http/document/document.ts'
import { allEndpoints } from '../src/http/endpoint.ts'
import { statusOf } from '../src/http/problem.ts'
import { type RefusalCode, refusals } from '../src/kernel/error.ts'

const endpoints = await allEndpoints()

const file = 'README.md'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

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
  return table(['route', 'what it does', 'callers', 'scope of a service'], rows)
}

function settings(): string {
  const rows = Object.entries(Settings.shape).map(([key, schema]) => [
    `\`${key}\``,
    `\`${JSON.stringify(schema.parse(undefined))}\``,
    schema.meta()?.description ?? '',
  ])
  return table(['setting', 'default', 'meaning'], rows)
}

const events = (): string =>
  table(
    ['event', 'when'],
    Object.entries(eventTypes).map(([type, meaning]) => [`\`${type}\``, meaning]),
  )

const codes = (): string =>
  table(
    ['status', 'code', 'meaning'],
    (Object.keys(refusals) as RefusalCode[])
      .sort((a, b) => statusOf[a] - statusOf[b])
      .map((code) => [String(statusOf[code]), `\`${code}\``, refusals[code]]),
  )

const sections: Readonly<Record<string, () => string>> = { routes, settings, events, codes }

/** The README with every generated table as it should be. */
export async function readmeText(): Promise<string> {
  const text = await readFile(file, 'utf8')
  return Object.entries(sections).reduce(
    (whole, [name, make]) =>
      whole.replace(
        new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}${make()}\n${close}`,
      ),
    text,
  )
}

if (import.meta.main) await writeFile(file, await readmeText())
