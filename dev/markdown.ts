import { Marked, type RendererObject, type Tokens } from 'marked'
import { slugOf } from './broken-links.ts'

/** The Markdown of the documentation as HTML, with the anchors that GitHub makes. Text never becomes a tag, and comments are left out. */
export const markdownToHtml = (text: string): string =>
  newMarked().parse(text, { async: false }).trim()

/** The text of a paragraph, a heading or a cell. */
export const inlineMarkdownToHtml = (text: string): string =>
  newMarked().parseInline(text, { async: false })

/** For one page: its equal headings are numbered. */
const newMarked = () => new Marked({ renderer: rendererWith(new Map()) })

const rendererWith = (counts: Map<string, number>): RendererObject => ({
  html: ({ text }) => (text.trimStart().startsWith('<!--') ? '' : escaped(text)),
  code: ({ text }) => `<pre><code>${escaped(text)}</code></pre>\n`,
  codespan: ({ text }) => `<code>${escaped(text)}</code>`,
  heading({ depth, text, tokens }) {
    const slug = slugOf(text)
    const count = counts.get(slug) ?? 0
    counts.set(slug, count + 1)
    const id = count === 0 ? slug : `${slug}-${count}`
    return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
  },
  link({ href, tokens, raw }) {
    const label = this.parser.parseInline(tokens)
    // An address that stands in the text as an example is no link.
    const isWritten = raw.startsWith('[') || raw.startsWith('<')
    const target = targetOf(href)
    return isWritten && isThere(target) ? `<a href="${escaped(target)}">${label}</a>` : label
  },
  table({ header, rows }) {
    const inline = ({ tokens }: Tokens.TableCell) => this.parser.parseInline(tokens)
    // On a narrow window a row stands as a block, and each cell says what its column is.
    const names = header.map((cell) => inline(cell).replace(/<[^>]*>/g, ''))
    const cellOf = (cell: Tokens.TableCell, at: number) =>
      `<td data-column="${names[at] ?? ''}">${inline(cell)}</td>`
    const lines = [
      `<tr>${header.map((cell) => `<th>${inline(cell)}</th>`).join('')}</tr>`,
      ...rows.map((cells) => `<tr>${cells.map(cellOf).join('')}</tr>`),
    ]
    return `<div><table>\n${lines.join('\n')}\n</table></div>\n`
  },
  // One paragraph alone needs no element of its own.
  listitem({ tokens }) {
    const html = this.parser.parse(tokens).trim()
    return `<li>${html.replace(/^<p>([\s\S]*?)<\/p>/, '$1')}</li>\n`
  },
})

/** Another page leads to its HTML. */
function targetOf(href: string): string {
  const [, page, hash = ''] = /^([\w-]+)\.md(#.+)?$/.exec(href) ?? []
  return page === undefined ? href : `/docs/${page}${hash}`
}

/** Whether a running service, or the Internet, has what a link leads to. */
const isThere = (target: string): boolean => /^(https?:|mailto:|#|\/)/.test(target)

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
