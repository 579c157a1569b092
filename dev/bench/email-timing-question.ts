import type { BenchService } from './bench-service.ts'
import type { BenchRequest } from './load.ts'

/** @property known who has the address that is known. */
export type Question = {
  readonly known: 'account' | 'guest'
  /** The request whose answer is timed. What has to come before it is asked here, and not timed. */
  readonly ask: (email: string) => BenchRequest | Promise<BenchRequest>
}

const address = {
  line1: '1 Main St',
  city: 'Reno',
  state: 'NV',
  postalCode: '89501',
  country: 'US',
}
const named = { firstName: 'Jane', lastName: 'Doe' }
/** One in a million of the codes that are mailed; a shopper who is met by it makes an answer that is refused here, and the run ends. */
const WRONG_CODE = '000000'

const about = (known: Question['known'], path: string, more: object = {}): Question => ({
  known,
  ask: (email) => ({ method: 'POST', path, body: { email, ...more } }),
})

/** What a stranger can ask about an address, headless and on the page of the service. */
export async function emailTimingQuestions(
  stage: BenchService,
): Promise<Readonly<Record<string, Question>>> {
  const page = await openPage(stage)
  return {
    registration: about('account', '/customer', { password: 'typed in a shop 5' }),
    login: about('account', '/auth/login', { password: 'not the password' }),
    forgot: about('account', '/auth/password/forgot'),
    resend: about('account', '/auth/verify-email/resend'),
    code: about('account', '/auth/code'),
    'wrong code': { known: 'account', ask: (email) => wrongCode(stage, email) },
    guest: about('guest', '/customer/guest', named),
    'guest, address': about('guest', '/customer/guest', { ...named, address }),
    'guest, account': about('account', '/customer/guest', { ...named, address }),
    'page, password': {
      known: 'account',
      ask: (email) => page.send({ way: 'password', email, password: 'not the password' }),
    },
    'page, code': { known: 'account', ask: (email) => page.send({ way: 'code', email }) },
    'page, wrong code': { known: 'account', ask: (email) => page.wrongCode(email) },
  }
}

async function wrongCode(
  { workerd, storefrontToken }: BenchService,
  email: string,
): Promise<BenchRequest> {
  const answer = await fetch(`${workerd.urlOf('service')}/auth/code`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${storefrontToken}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  const { handle } = (await answer.json()) as { handle: string }
  return { method: 'POST', path: '/auth/code/verify', body: { email, handle, code: WRONG_CODE } }
}

/** One browser at the page of the service. */
async function openPage({ workerd, redirectUri }: BenchService) {
  const url = workerd.urlOf('service')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'shop',
    redirect_uri: redirectUri,
    // The example of RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: 'bench',
  })
  const path = '/oauth/authorize'
  const opened = await fetch(`${url}${path}?${query}`)
  const headers = { Cookie: opened.headers.get('Set-Cookie')?.split(';')[0] ?? '' }
  const sealed = sealedIn(await opened.text())
  const send = (fields: Readonly<Record<string, string>>, page = sealed): BenchRequest => ({
    ...{ method: 'POST', path, headers },
    form: new URLSearchParams({ page, ...fields }),
  })
  return {
    send,
    async wrongCode(email: string): Promise<BenchRequest> {
      const { form } = send({ way: 'code', email })
      const answer = await fetch(url + path, { method: 'POST', headers, body: form ?? null })
      return send({ way: 'verify', email, code: WRONG_CODE }, sealedIn(await answer.text()))
    },
  }
}

const sealedIn = (html: string): string => /name="page" value="([^"]+)"/.exec(html)?.[1] ?? ''
