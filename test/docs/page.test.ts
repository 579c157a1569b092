import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { documentPage } from '../../dev/docs-html.ts'
import { errorPageFile } from '../../dev/error-codes-page.ts'
import { markdownToHtml } from '../../dev/markdown.ts'
import { root } from '../../dev/run.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const files = readdirSync(join(root, 'docs')).filter((name) => /\.(md|txt)$/.test(name))
const made = files.flatMap((file) => documentPage(file, read(`docs/${file}`)) ?? [])
/** By the path at which the service has them. */
const pages = new Map([
  ...made.map(({ file, text }) => [`/docs/${file.replace('.html', '')}`, text] as const),
  ['/docs/errors', read(errorPageFile)],
])
const paths = [...pages.keys()]
const idsOf = (html = '') => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)

test('each page that llms.txt names is one for people too', () => {
  const named = [...read('docs/llms.txt').matchAll(/\]\(([\w-]+)\.md\)/g)]
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter(([, name]) => !pages.has(`/docs/${name}`))).toEqual([])
})

describe.each(paths)('%s', (path) => {
  const html = pages.get(path) ?? ''

  test('links only to what is there', () => {
    const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, target = '']) => target)
    const broken = links.filter((target) => {
      if (/^https?:|^data:,$/.test(target)) return false
      if (['/docs', '/openapi.json', '/docs/text.css'].includes(target)) return false
      const [to = '', hash] = decodeURIComponent(target).split('#')
      const other = pages.get(to === '' ? path : to)
      return other === undefined || (hash !== undefined && !idsOf(other).includes(hash))
    })
    expect(broken).toEqual([])
  })

  test('has each anchor once, no script, and nothing of Markdown in its text', () => {
    const ids = idsOf(html)
    expect(ids).toEqual([...new Set(ids)])
    const text = html.replace(/<(pre|code)>[\s\S]*?<\/\1>/g, '')
    expect(text).not.toMatch(/<script| style=|\*\*|\]\(|`|<!--/)
  })
})

test.each([
  ['text is no tag', 'a <b> & "c"', '<p>a &lt;b&gt; &amp; &quot;c&quot;</p>'],
  ['code is as it stands', '`<a>` `**`', '<p><code>&lt;a&gt;</code> <code>**</code></p>'],
  [
    'bold, slanted, escaped',
    '**a `b`** *c* \\*',
    '<p><strong>a <code>b</code></strong> <em>c</em> *</p>',
  ],
  ['another page', '[a](b.md#c)', '<p><a href="/docs/b#c">a</a></p>'],
  ['a place that no service has', '[a](../b.ts)', '<p>a</p>'],
  ['a link that would run', '[a](javascript:b)', '<p>a</p>'],
  ['a quote in a link', '[a](/b"c)', '<p><a href="/b&quot;c">a</a></p>'],
  [
    'equal headings',
    '# A `b`\n## A b',
    '<h1 id="a-b">A <code>b</code></h1>\n<h2 id="a-b-1">A b</h2>',
  ],
  [
    'a fence',
    '```sh\n# a\n\n* <b>\n```\nc',
    '<pre><code># a\n\n* &lt;b&gt;</code></pre>\n<p>c</p>',
  ],
  ['a fence without an end', '```\na', '<pre><code>a</code></pre>'],
  ['a comment', '<!-- a\nb -->\nc', '<p>c</p>'],
  ['a line that goes on', 'a\nb', '<p>a\nb</p>'],
  [
    'a table',
    '| a | b |\n| --- | --- |\n| `c\\|d` | |',
    '<div><table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td data-column="a"><code>c|d</code></td><td data-column="b"></td></tr>\n</table></div>',
  ],
  [
    'a list in a list',
    '1. a\n   * b\n     c\n\n   d\n2. e',
    '<ol>\n<li>a\n<ul>\n<li>b\nc</li>\n</ul>\n<p>d</p></li>\n<li>e</li>\n</ol>',
  ],
  [
    'a fence in a list',
    '* a\n\n  ```\n  b\n    c\n  ```',
    '<ul>\n<li>a\n<pre><code>b\n  c</code></pre></li>\n</ul>',
  ],
])('%s', (_, text, html) => {
  expect(markdownToHtml(text)).toBe(html)
})
