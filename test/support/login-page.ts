import { CALLBACK, type TestApp } from './app.ts'
import { challengeOf, makeVerifier } from './code.ts'

type Fields = Readonly<Record<string, string | null>>

/** A good authorization request, with changes. A change of null leaves a parameter out. */
export function requestOf(app: TestApp, change: Fields = {}): URLSearchParams {
  const fields: Fields = {
    response_type: 'code',
    client_id: `${app.tenant}-storefront`,
    redirect_uri: CALLBACK,
    code_challenge: challengeOf(makeVerifier()),
    code_challenge_method: 'S256',
    state: 'a state',
    ...change,
  }
  const sent = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  )
  return new URLSearchParams(sent)
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}
const decode = (text: string) =>
  text.replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? entity)

/** The attributes of each element of a name. */
export const elementsOf = (html: string, name: string): Record<string, string>[] =>
  [...html.matchAll(new RegExp(`<${name}((?:\\s+[\\w-]+(?:="[^"]*")?)*)\\s*/?>`, 'g'))].map(
    ([, attributes = '']) =>
      Object.fromEntries(
        [...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
          key,
          decode(value),
        ]),
      ),
  )

/** An answer of the page, as a browser sees it. */
export type Seen = Awaited<ReturnType<typeof seen>>
async function seen(response: Response) {
  const { status, headers } = response
  const html = await response.text()
  const location = headers.get('Location')
  const fields = elementsOf(html, 'input')
  const fieldOf = (name: string) => fields.find((field) => field.name === name)?.value ?? null
  return {
    ...{ status, headers, html },
    cookie: headers.get('Set-Cookie')?.split(';')[0] ?? null,
    page: fieldOf('page'),
    email: fieldOf('email'),
    /** What the page says went wrong. */
    problem: decode(/<p id="problem"[^>]*>([^<]*)</.exec(html)?.[1] ?? ''),
    /** The answer to the client: its place without the parameters, and these. */
    to: location?.split('?')[0] ?? null,
    answer: Object.fromEntries(new URL(location ?? 'x:').searchParams),
  }
}

/** One browser at the page of an app. It keeps its cookie. */
export function browserAt(app: TestApp, headers: Readonly<Record<string, string>> = {}) {
  let cookie: string | null = null
  const withCookie = () => ({ ...headers, ...(cookie === null ? {} : { Cookie: cookie }) })
  return {
    async open(request: URLSearchParams | string = requestOf(app)): Promise<Seen> {
      const path = `/oauth/authorize?${request}`
      const answer = await seen(await app.request(path, { headers: withCookie() }))
      cookie = answer.cookie ?? cookie
      return answer
    },
    /** Follows a redirect to this service. */
    async follow(url: string): Promise<Seen> {
      const { pathname, search } = new URL(url)
      return seen(await app.request(pathname + search, { headers: withCookie() }))
    },
    /** Sends the form of a page, by its first button. */
    async send(page: Seen, fields: Fields, more: Readonly<Record<string, string>> = {}) {
      const all = { way: 'password', page: page.page, ...fields }
      const sent = Object.entries(all).flatMap(([name, value]) =>
        value === null ? [] : [[name, value]],
      )
      const init = {
        method: 'POST',
        headers: { Origin: 'http://customer.test', ...withCookie(), ...more },
        body: new URLSearchParams(sent),
      }
      return seen(await app.request('/oauth/authorize', init))
    },
  }
}
