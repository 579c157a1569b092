import { slugOf } from './link.ts'

/** A heading as its anchor, which the second of two equal ones has with a number. */
type Anchors = (heading: string) => string

/** The Markdown that the documentation uses, as HTML: headings, paragraphs, lists, tables, code, quotes and links. Text never becomes a tag. */
export function markdownToHtml(text: string): string {
  const counts = new Map<string, number>()
  const anchorOf: Anchors = (heading) => {
    const slug = slugOf(heading)
    const count = counts.get(slug) ?? 0
    counts.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  }
  return blocksToHtml(text.split('\n'), anchorOf).join('\n')
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const spans = new RegExp(
  [
    /(?<tick>`+)(?!`)(?<code>.+?)(?<!`)\k<tick>(?!`)/,
    /\\(?<literal>[^\w\s])/,
    /\[(?<label>(?:`[^`]*`|[^[\]])+)\]\((?<target>[^)\s]+)\)/,
    /<(?<address>https?:[^>\s]+)>/,
    /\*\*(?<bold>(?:`[^`]*`|(?!\*\*).)+)\*\*/,
    /\*(?=\S)(?<slant>(?:`[^`]*`|[^*])+)(?<=\S)\*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gs',
)

/** The text of a paragraph, a heading, a cell. */
export function spansToHtml(text: string): string {
  let html = ''
  let end = 0
  for (const { 0: whole, index, groups = {} } of text.matchAll(spans)) {
    html += escaped(text.slice(end, index)) + spanToHtml(groups)
    end = index + whole.length
  }
  return html + escaped(text.slice(end))
}

function spanToHtml(found: Readonly<Record<string, string | undefined>>): string {
  const { code, literal, label, target = '', address, bold, slant = '' } = found
  if (code !== undefined) return `<code>${escaped(code)}</code>`
  if (literal !== undefined) return escaped(literal)
  if (label !== undefined) return linkToHtml(label, target)
  if (address !== undefined) return linkToHtml(address, address)
  if (bold !== undefined) return `<strong>${spansToHtml(bold)}</strong>`
  return `<em>${spansToHtml(slant)}</em>`
}

/** Another page leads to its HTML. What a running service does not have is no link. */
function linkToHtml(label: string, target: string): string {
  const [, page, hash = ''] = /^([\w-]+)\.md(#.+)?$/.exec(target) ?? []
  const to = page === undefined ? target : `/docs/${page}${hash}`
  const isThere = /^(https?:|mailto:|#|\/)/.test(to)
  return isThere ? `<a href="${escaped(to)}">${spansToHtml(label)}</a>` : spansToHtml(label)
}

const fence = /^ *(```+|~~~+)/
const comment = /^ *<!--/
const heading = /^(#{1,6}) +(.+?)(?: +#+)? *$/
const item = /^((?:[*-]|\d+\.) +)/
const quote = /^> ?/
const isBlank = (line: string) => line.trim() === ''
const isBegin = (line: string) =>
  isBlank(line) || [fence, comment, heading, item, quote, /^\|/].some((it) => it.test(line))

/** Takes the lines of one block from the front, and gives its HTML. */
type Take = (lines: string[], anchorOf: Anchors) => string

function blocksToHtml(all: readonly string[], anchorOf: Anchors): string[] {
  const lines = [...all]
  const html: string[] = []
  while (lines.length > 0) {
    const [line = ''] = lines
    if (isBlank(line)) lines.shift()
    else html.push(takeOf(line)(lines, anchorOf))
  }
  return html.filter((block) => block !== '')
}

function takeOf(line: string): Take {
  if (fence.test(line)) return takeFenced
  if (comment.test(line)) return takeComment
  if (heading.test(line)) return takeHeading
  if (item.test(line)) return takeList
  if (quote.test(line)) return takeQuote
  if (line.startsWith('|')) return takeTable
  return line.startsWith('    ') ? takeIndented : takeParagraph
}

/** The lines before the first that is none of the block. */
function takeWhile(lines: string[], is: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !is(line))
  return lines.splice(0, end === -1 ? lines.length : end)
}

const codeToHtml = (lines: readonly string[]) =>
  `<pre><code>${escaped(lines.join('\n'))}</code></pre>`

const takeFenced: Take = (lines) => {
  const [, mark = ''] = fence.exec(lines.shift() ?? '') ?? []
  const code = takeWhile(lines, (line) => line.trim() !== mark)
  lines.shift()
  return codeToHtml(code)
}

const takeIndented: Take = (lines) =>
  codeToHtml(takeWhile(lines, (line) => line.startsWith('    ')).map((line) => line.slice(4)))

const takeComment: Take = (lines) => {
  takeWhile(lines, (line) => !line.includes('-->'))
  lines.shift()
  return ''
}

const takeHeading: Take = (lines, anchorOf) => {
  const [, { length } = '', text = ''] = heading.exec(lines.shift() ?? '') ?? []
  return `<h${length} id="${escaped(anchorOf(text))}">${spansToHtml(text)}</h${length}>`
}

const takeQuote: Take = (lines, anchorOf) => {
  const inside = takeWhile(lines, (line) => quote.test(line)).map((line) => line.replace(quote, ''))
  return `<blockquote>${blocksToHtml(inside, anchorOf).join('\n')}</blockquote>`
}

const takeTable: Take = (lines) => {
  const cellsOf = (line: string) =>
    line
      .trim()
      .slice(1, -1)
      .split(/(?<!\\)\|/)
  const rowOf = (tag: string) => (line: string) =>
    `<tr>${cellsOf(line)
      .map((cell) => `<${tag}>${spansToHtml(cell.trim().replaceAll('\\|', '|'))}</${tag}>`)
      .join('')}</tr>`
  const [head = '', , ...rows] = takeWhile(lines, (line) => line.startsWith('|'))
  return `<div><table>\n${[rowOf('th')(head), ...rows.map(rowOf('td'))].join('\n')}\n</table></div>`
}

const takeParagraph: Take = (lines) => {
  const [first = ''] = lines.splice(0, 1)
  const text = [first, ...takeWhile(lines, (line) => !isBegin(line))].map((line) => line.trim())
  return `<p>${spansToHtml(text.join('\n'))}</p>`
}

/** An item goes on in lines that stand as far in as its text. One paragraph alone needs no element of its own. */
const takeList: Take = (lines, anchorOf) => {
  const isNumbered = /^\d/.test(lines[0] ?? '')
  const items: string[] = []
  while (item.test(lines[0] ?? '') && /^\d/.test(lines[0] ?? '') === isNumbered) {
    const [, { length: width } = ''] = item.exec(lines[0] ?? '') ?? []
    const [first = ''] = lines.splice(0, 1)
    const isInside = (line: string) => isBlank(line) || line.startsWith(' '.repeat(width))
    const inside = [first, ...takeWhile(lines, isInside)].map((line) => line.slice(width))
    const html = blocksToHtml(inside, anchorOf).join('\n')
    items.push(`<li>${html.replace(/^<p>([\s\S]*?)<\/p>/, '$1')}</li>`)
  }
  const tag = isNumbered ? 'ol' : 'ul'
  return `<${tag}>\n${items.join('\n')}\n</${tag}>`
}
