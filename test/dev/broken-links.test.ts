import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { anchorsOf, brokenLinks, linksOf } from '../../dev/broken-links.ts'
import { root } from '../../dev/run.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** What is said of a project of these files. */
function said(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'link-'))
  folders.push(folder)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return brokenLinks(folder)
}

const page = '# Page\n\n## The `list`: what, and why?\n\n## Twice\n\n## Twice\n'

test('the links of this project lead somewhere', () => {
  expect(brokenLinks(root)).toEqual([])
})

test.each([
  ['a file', '[a](pages/page.md)'],
  ['a heading', '[a](pages/page.md#the-list-what-and-why)'],
  ['the second of two headings', '[a](pages/page.md#twice-1)'],
  ['a heading of its own', '# Here\n[a](#here)'],
  ['a folder', '[a](pages/)'],
  ['another host', '[a](https://example.com/nowhere.md#x)'],
  ['an inbox', '[a](mailto:a@example.com)'],
  ['a path of the service', '[a](/openapi.json)'],
  ['a file of code', 'See `src/core/a.ts`, `core/a.ts` and `a.ts`, and `src/<noun>/b.ts`.'],
  ['a place in code', '`[a](nowhere.md)`\n\n```md\n[a](nowhere.md)\n```'],
])('a link to %s is right', (_, text) => {
  expect(said({ 'README.md': text, 'pages/page.md': page, 'src/core/a.ts': '' })).toEqual([])
})

test.each([
  [
    'a file that is not there',
    '\n[a](pages/gone.md)',
    'README.md:2: pages/gone.md: there is no such file',
  ],
  [
    'a heading that is not there',
    '[a](pages/page.md#gone)',
    'README.md:1: pages/page.md#gone: there is no such heading',
  ],
  [
    'a heading that is not in the document',
    '[a](#gone)',
    'README.md:1: #gone: there is no such heading',
  ],
  [
    'a file of code that is not there',
    'See `core/b.ts`.',
    'README.md:1: core/b.ts: there is no such file',
  ],
  [
    'a file of code elsewhere',
    'See `other/a.ts`.',
    'README.md:1: other/a.ts: there is no such file',
  ],
  ['a picture that is not there', '![a](a.svg "A")', 'README.md:1: a.svg: there is no such file'],
  ['a reference', '[a]: pages/gone.md', 'README.md:1: pages/gone.md: there is no such file'],
  [
    'a heading that only code has',
    '[a](#x)\n\n```sh\n# x\n```',
    'README.md:1: #x: there is no such heading',
  ],
])('a link to %s is refused', (_, text, fault) => {
  expect(said({ 'README.md': text, 'pages/page.md': page })).toEqual([fault])
})

test('a document that code names has to be there', () => {
  // In one word it would be looked for in this project.
  const folder = 'docs'
  const files = {
    [`${folder}/page.md`]: page,
    'src/a.ts': `// ${folder}/page.md\n// ${folder}/gone.md#x\n`,
    'wrangler.toml': `# ${folder}/page.md#gone\n`,
  }
  expect(said(files)).toEqual([
    `src/a.ts:2: ${folder}/gone.md#x: there is no such file`,
    `wrangler.toml:1: ${folder}/page.md#gone: there is no such heading`,
  ])
})

test('links are relative to their document', () => {
  const files = { 'examples/a.md': '[a](../README.md) [b](b.md)', 'README.md': '# A' }
  expect(said(files)).toEqual(['examples/a.md:1: b.md: there is no such file'])
})

test('anchors are those of GitHub', () => {
  const text = '# Über `a_b` & c\n## [Link](x.md) – ok\n## 1. One\n<a id="own"></a>\n'
  expect([...anchorsOf(text)]).toEqual(['über-a_b--c', 'link--ok', '1-one', 'own'])
})

test('several links of a line are found', () => {
  expect(
    linksOf('[a](a.md), [b](<b.md>) and `x` [c](c.md "C")').map(({ target }) => target),
  ).toEqual(['a.md', 'b.md', 'c.md'])
})
