import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Documents whose links are followed. */
const documents = ['*.md', '{docs,examples,sdk-go,src,test}/**/*.{md,txt}']
/** Where a document is named beside code. */
const mentioning = ['{src,dev,test,examples}/**/*.{ts,sql}', 'sdk-go/**/*.go', '*.toml']
const exclude = (path: string) => /(^|[\\/])(node_modules|assets)([\\/]|$)/.test(path)

/** Links of all documents, documents named in code, and files of code named in documents, that lead to no file or to no heading. Links to other hosts are not followed. */
export function brokenLinks(root: string): string[] {
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const filesOf = (patterns: string[]) => globSync(patterns, { cwd: root, exclude }).sort()
  const anchors = new Map<string, ReadonlySet<string>>()
  const anchorsIn = (file: string) => {
    const known = anchors.get(file) ?? anchorsOf(read(file))
    anchors.set(file, known)
    return known
  }
  const faultOf = (file: string, hash: string): string | null => {
    if (!existsSync(join(root, file))) return 'there is no such file'
    if (hash === '' || !file.endsWith('.md')) return null
    return anchorsIn(file).has(hash) ? null : 'there is no such heading'
  }
  const links = filesOf(documents).flatMap((file) =>
    linksOf(read(file)).map(({ line, target }) => {
      const [path = '', hash = ''] = decodeURIComponent(target).split('#')
      const to = path === '' ? file : normalize(join(dirname(file), path))
      return { file, line, target, fault: faultOf(to.replaceAll('\\', '/'), hash) }
    }),
  )
  const mentions = filesOf(mentioning).flatMap((file) =>
    mentionsOf(read(file)).map(({ line, target }) => {
      const [path = '', hash = ''] = target.split('#')
      return { file, line, target, fault: faultOf(path, hash) }
    }),
  )
  const known = filesOf(['{src,dev,test,examples,drizzle}/**/*.{ts,tsx,sql}'])
  const named = filesOf(documents).flatMap((file) =>
    filesNamedIn(read(file)).map(({ line, target }) => {
      const isThere = known.some((one) => `/${one.replaceAll('\\', '/')}`.endsWith(`/${target}`))
      return { file, line, target, fault: isThere ? null : 'there is no such file' }
    }),
  )
  return [...links, ...mentions, ...named].flatMap(({ file, line, target, fault }) =>
    fault === null ? [] : [`${file}:${line}: ${target}: ${fault}`],
  )
}

type Link = { readonly line: number; readonly target: string }

/** The links of a document to itself and to other files. Links in code, and paths of the service (`/openapi.json`), are left out. */
export function linksOf(text: string): Link[] {
  const found: Link[] = []
  let fence: string | null = null
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^ *(```+|~~~+)/.exec(line)?.[1] ?? null
    if (mark !== null && (fence === null || mark.startsWith(fence))) {
      fence = fence === null ? mark : null
      continue
    }
    if (fence !== null) continue
    const prose = line.replace(/(`+)(?!`).*?\1/g, '``')
    const targets = [
      ...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g),
      ...prose.matchAll(/^\[[^\]]+\]: +(\S+)/g),
    ]
    for (const [, target = ''] of targets)
      if (!/^([a-z][a-z+.-]*:|\/)/i.test(target)) found.push({ line: index + 1, target })
  }
  return found
}

/** Files of code that a document names: `plan.ts` or `core/merge/plan.ts`. A name with a placeholder (`<noun>.ts`) is none. */
const filesNamedIn = (text: string): Link[] =>
  text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/`((?:[\w.-]+\/)*[\w-]+\.(?:ts|tsx|sql))`/g)].map(([, target = '']) => ({
      line: index + 1,
      target,
    })),
  )

const mentionsOf = (text: string): Link[] =>
  text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/(?<![\w./-])docs\/[\w-]+\.md(#[\w-]+)?/g)].map(([target]) => ({
      line: index + 1,
      target,
    })),
  )

/** The anchors of a document's headings, as GitHub makes them, and those that it sets itself. */
export function anchorsOf(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>()
  const found = new Set<string>()
  const prose = text.replace(/^ *(```+|~~~+)[\s\S]*?^ *\1/gm, '')
  for (const [, heading = ''] of prose.matchAll(/^#{1,6} +(.+?)#* *$/gm)) {
    const slug = slugOf(heading)
    const count = counts.get(slug) ?? 0
    counts.set(slug, count + 1)
    found.add(count === 0 ? slug : `${slug}-${count}`)
  }
  for (const [, id = ''] of prose.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id)
  return found
}

export const slugOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-')
