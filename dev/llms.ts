import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './run.ts'

/** For programs that read documentation (llmstxt.org). The service has it at `/docs/llms.txt`, beside the pages. */
export const llmsFile = 'docs/llms.txt'

const chapters = {
  'Use it': ['first-steps', 'clients', 'recipes', 'conventions', 'reference', 'errors', 'input'],
  'How it behaves': ['login', 'merge', 'hanzo-id', 'order-queue', 'privacy'],
  'Run it': ['deploy', 'operations', 'security', 'login-rules', 'speed'],
  'Change it': ['architecture', 'develop'],
} as const

/** The title of a page and its first sentence. */
async function headOf(name: string): Promise<{ title: string; sentence: string }> {
  const text = await readFile(join(root, 'docs', `${name}.md`), 'utf8')
  const [, title, paragraph] = /^# (.+)\n+([^#|<\n`-][\s\S]*?)(?:\n\n|$)/.exec(text) ?? []
  const sentence = /^.*?[.:](?= |$)/.exec(paragraph?.replaceAll('\n', ' ') ?? '')?.[0]
  if (title === undefined || sentence === undefined)
    throw new Error(`docs/${name}.md does not begin with a title and a sentence`)
  return { title, sentence: withoutLinks(sentence).replace(/:$/, '.') }
}

const withoutLinks = (text: string): string => text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')

export async function llmsText(): Promise<string> {
  const there = globSync('*.md', { cwd: join(root, 'docs') }).map((file) => file.slice(0, -3))
  const named = Object.values(chapters).flat() as string[]
  const missing = there.filter((name) => !named.includes(name))
  if (missing.length > 0) throw new Error(`dev/llms.ts does not name ${missing.join(', ')}`)
  const parts = [
    '# Customer service',
    '> Customer accounts for commerce as one Cloudflare Worker over serverless Postgres: accounts, login, addresses, groups, guests and their merge, order counters, events and webhooks.',
    'The API is described by OpenAPI 3.1 at [/openapi.json](/openapi.json). Every refusal has a `code` of a closed list.',
  ]
  for (const [chapter, names] of Object.entries(chapters)) {
    const lines = await Promise.all(
      names.map(async (name) => {
        const { title, sentence } = await headOf(name)
        return `- [${title}](${name}.md): ${sentence}`
      }),
    )
    parts.push(`## ${chapter}`, lines.join('\n'))
  }
  return `${parts.join('\n\n')}\n`
}
