import { openapiDocument } from '../src/http/document/openapi-document.ts'
import { loadAllRoutes } from '../src/http/load-routes.ts'
import { statusByRefusal } from '../src/http/problem-status.ts'
import { type RefusalCode, refusals } from '../src/kernel/error.ts'
import { wrapInDocsPage } from './docs-html.ts'
import { errorAdvice } from './error-advice.ts'
import { inlineMarkdownToHtml } from './markdown.ts'

export const errorDocumentFile = 'docs/errors.md'
/** What `type` of a problem leads to. */
export const errorPageFile = 'src/assets/docs/errors.html'

const endpoints = await loadAllRoutes()

/** With more of them, the routes of a refusal are not listed. */
const MOST_ROUTES = 8

/** All codes, the lowest status first. */
export const refusalCodesSortedByStatus = (): RefusalCode[] =>
  (Object.keys(refusals) as RefusalCode[]).sort((a, b) => statusByRefusal[a] - statusByRefusal[b])

const intro =
  'Every refusal has a `code` of this closed list. `type` of the problem document (RFC 9457) is a URL. It leads to the code on this page, which the service shows at `/docs/errors`. Programs compare `code`; people read `detail` and this page.'

type Operation = { readonly responses: Readonly<Record<string, { description?: string }>> }

/** The routes that answer with each code, as the OpenAPI document has them. */
function routesByCode(): ReadonlyMap<string, readonly string[]> {
  const pairs = Object.entries(openapiDocument(endpoints).paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).flatMap(([method, { responses }]) =>
      Object.values(responses)
        .flatMap(({ description = '' }) => [...description.matchAll(/^`(\w+)`: /gm)])
        .map(([, code = '']) => ({ code, route: `${method.toUpperCase()} ${path}` })),
    ),
  )
  const grouped = Map.groupBy(pairs, ({ code }) => code)
  return new Map([...grouped].map(([code, some]) => [code, some.map(({ route }) => route)]))
}

/** One refusal as lines of Markdown, without its heading. */
function linesOf(code: RefusalCode, routes: readonly string[]): string[] {
  const { when, act } = errorAdvice[code]
  const few = routes.length > 0 && routes.length <= MOST_ROUTES
  return [
    `**${statusByRefusal[code]}**: ${refusals[code]}`,
    `**When**: ${when}`,
    `**What to do**: ${act}`,
    ...(few ? [`**Routes**: ${routes.map((route) => `\`${route}\``).join(', ')}`] : []),
  ]
}

function sections(): { code: RefusalCode; lines: string[] }[] {
  const routes = routesByCode()
  return refusalCodesSortedByStatus().map((code) => ({
    code,
    lines: linesOf(code, routes.get(code) ?? []),
  }))
}

export const errorDocumentText = (): string =>
  `${[
    '# Errors',
    intro,
    '<!-- `npm run generate` writes this page from `src/kernel/error.ts` and `dev/error-advice.ts`. -->',
    ...sections().flatMap(({ code, lines }) => [`## ${code}`, ...lines]),
  ].join('\n\n')}\n`

/** The same as a page of the service. */
export const errorCodesPageHtml = (): string =>
  wrapInDocsPage(
    'errors',
    `    <h1>Errors</h1>
    <p>${inlineMarkdownToHtml(intro)}</p>
${sections()
  .map(
    ({ code, lines }) => `    <section id="${code}">
      <h2><a href="#${code}">${code}</a></h2>
${lines.map((line) => `      <p>${inlineMarkdownToHtml(line)}</p>`).join('\n')}
    </section>`,
  )
  .join('\n')}`,
  )
