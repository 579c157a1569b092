import { afterEach, expect, test, vi } from 'vitest'
import { startTestApp } from '../../support/app.ts'

const developing = await startTestApp({ development: true })
const deployed = await startTestApp()
const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
afterEach(() => void log.mockClear())

const ask = async (app: typeof deployed, query: string) => {
  const path = `/oauth/authorize?${query.replaceAll('CLIENT', `${app.tenant}-storefront`)}`
  const headers = { Host: 'localhost' }
  const { status, text } = await app.call('GET', path, { token: null, headers })
  return { status, text, said: log.mock.calls.map(([line]) => String(line)) }
}

const stranger = encodeURIComponent('http://localhost:5173/callback?secret=1#x')

test.each([
  ['', 'the parameter client_id is missing or empty.'],
  ['client_id=', 'the parameter client_id is missing or empty.'],
  ['client_id=CLIENT&client_id=CLIENT', 'the parameter client_id is repeated.'],
  ['client_id=nobody', 'no tenant has the client "nobody" (wrangler.toml).'],
  [
    `client_id=CLIENT&redirect_uri=${stranger}`,
    '"http://localhost:5173/callback" is not in redirect_uris of the client "CLIENT" (wrangler.toml).',
  ],
  [
    'client_id=CLIENT&redirect_uri=no%20address',
    'redirect_uri is no URL: it is not in redirect_uris of the client "CLIENT" (wrangler.toml).',
  ],
  ['client_id=CLIENT', 'the parameter redirect_uri is missing or empty. The client is "CLIENT".'],
  [
    'client_id=CLIENT&redirect_uri=',
    'the parameter redirect_uri is missing or empty. The client is "CLIENT".',
  ],
])('in development the terminal says why the page refuses ?%s', async (query, reason) => {
  const { status, text, said } = await ask(developing, query)
  expect(status).toBe(400)
  const line = reason.replace('CLIENT', `${developing.tenant}-storefront`)
  expect(said).toContain(`The login page refused a request: ${line} (invalid_request)`)
  expect(text).toContain('<code>invalid_request</code>')
  expect(text).toContain('the terminal of <code>npm start</code> says more')
  expect(text).not.toContain('5173')
})

test('a deployed service says nothing of it', async () => {
  const { status, text, said } = await ask(deployed, `client_id=CLIENT&redirect_uri=${stranger}`)
  expect(status).toBe(400)
  expect(said.join('\n')).not.toContain('5173')
  expect(text).toContain('<code>invalid_request</code>')
  expect(text).not.toContain('npm start')
})
