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

test.each(pages)('$file says from which Node on its TypeScript runs as it is', ({ text }) => {
  expect(text).toContain('From Node 22.18 on, `node file.ts` runs')
})
