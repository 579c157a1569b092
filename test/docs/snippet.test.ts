import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../dev/run.ts'

const files = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]
const pages = files
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
  .filter(({ text }) => /<!-- run: [\w-]+ -->\n```ts\n/.test(text))

test('there are pages with TypeScript to run', () => {
  expect(pages.map(({ file }) => file)).toContain('docs/clients.md')
})

test.each(pages)(
  '$file says from which Node on its TypeScript runs as it is, or leads there',
  ({ file, text }) => {
    if (file === 'docs/clients.md')
      expect(text).toContain('Node 22.18 and newer run a snippet of TypeScript as it is')
    else expect(text).toContain('clients.md#typescript')
  },
)
