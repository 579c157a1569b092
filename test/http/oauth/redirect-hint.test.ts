import { afterEach, expect, test, vi } from 'vitest'
import { startTestApp } from '../../support/app.ts'

const developing = await startTestApp({ development: true })
const deployed = await startTestApp()
const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
afterEach(() => void log.mockClear())

const ask = async (app: typeof deployed, redirect?: string) => {
  const query = new URLSearchParams({
    client_id: `${app.tenant}-storefront`,
    ...(redirect === undefined ? {} : { redirect_uri: redirect }),
  })
  const path = `/oauth/authorize?${query}`
  const headers = { Host: 'localhost' }
  const { status, text } = await app.call('GET', path, { token: null, headers })
  return { status, text, said: log.mock.calls.map(([line]) => String(line)) }
}

test.each([
  [
    'http://localhost:5173/callback?secret=1#x',
    'The login page refused http://localhost:5173/callback: it is not in redirect_uris of the client CLIENT (wrangler.toml).',
  ],
  [
    'no address',
    'The login page refused a request of the client CLIENT: it has no valid redirect_uri.',
  ],
  [
    undefined,
    'The login page refused a request of the client CLIENT: it has no valid redirect_uri.',
  ],
])('in development the terminal says why the page refuses %s', async (redirect, line) => {
  const { status, text, said } = await ask(developing, redirect)
  expect(status).toBe(400)
  expect(said).toContain(line.replace('CLIENT', `${developing.tenant}-storefront`))
  expect(text).not.toContain('5173')
})

test('a deployed service says nothing of it', async () => {
  const { status, said } = await ask(deployed, 'http://localhost:5173/callback')
  expect(status).toBe(400)
  expect(said.join('\n')).not.toContain('5173')
})
