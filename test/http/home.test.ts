import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import { startTestApp } from '../support/app.ts'

const { call, runtime } = await startTestApp()

const CHROME = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

/** The first address, as a deployment answers it. */
const ask = (accept: string | undefined, development = false, publicUrl = 'http://localhost') =>
  createApp().request(
    '/',
    { headers: accept === undefined ? {} : { Accept: accept } },
    { ...runtime, config: { ...runtime.config, development, publicUrl } },
  )

const links = {
  name: 'Customer service',
  docs: 'http://localhost/docs',
  pages: 'http://localhost/docs/pages',
  errors: 'http://localhost/docs/errors',
  llms: 'http://localhost/docs/llms.txt',
  openapi: 'http://localhost/openapi.json',
  health: 'http://localhost/readyz',
  tokenEndpoint: 'http://localhost/oauth/token',
}

describe('the first address says where things are', () => {
  test.each([undefined, '*/*', 'application/json'])(
    'to a program that takes %s',
    async (accept) => {
      const answer = await ask(accept)
      expect([answer.status, await answer.json()]).toEqual([200, links])
      expect(answer.headers.get('Vary')).toBe('Accept')
      const mail = 'http://localhost/dev/mail'
      expect(await (await ask(accept, true)).json()).toEqual({ ...links, mail })
    },
  )

  test('to a browser, on a page that runs nothing', async () => {
    const answer = await ask(CHROME)
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      200,
      'text/html; charset=UTF-8',
    ])
    expect(answer.headers.get('Vary')).toBe('Accept')
    expect(answer.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
    )
    const page = await answer.text()
    const { docs, pages, errors, openapi, health } = links
    expect(hrefs(page)).toEqual([docs, pages, errors, openapi, health])
    expect(page).not.toContain('<script')
    expect(hrefs(await (await ask(CHROME, true)).text())).toContain('http://localhost/dev/mail')
  })

  test('whatever its own address is', async () => {
    const publicUrl = `https://shop.example/a"b'c<d>`
    const page = await (await ask(CHROME, false, publicUrl)).text()
    expect(hrefs(page)[0]).toBe('https://shop.example/a&quot;b&#39;c&lt;d&gt;/docs')
  })

  test('as its contract promises, and to no other method', async () => {
    const { status, body } = await call('GET', '/', { token: null })
    expect([status, body.name]).toEqual([200, 'Customer service'])
    const refused = await call('POST', '/', { token: null })
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })
})

const hrefs = (page: string) => [...page.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href)
