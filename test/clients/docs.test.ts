import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { Commerce } from '../../src/sdk/index.ts'
import { startBrowser } from './browser.ts'

const url = inject('url')
const token = inject('token')

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

test('a visitor of /docs can send a request with the development token and sees the answer', async () => {
  const email = 'docs@example.com'
  await new Commerce({ baseUrl: url, token }).customers.findOrCreate({ email })
  const page = await browser.newPage()
  const asked: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).origin))
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  page.on('pageerror', (error) => complaints.push(error.message))

  await page.goto(`${url}/docs`)
  await page.getByRole('button', { name: 'Authorize', exact: true }).click()
  const dialog = page.locator('.dialog-ux')
  await dialog.getByLabel('auth-bearer-value').fill(token)
  await dialog.getByRole('button', { name: 'Apply credentials' }).click()
  await dialog.getByRole('button', { name: 'Close' }).first().click()

  const operation = page.locator('#operations-Customer-getCustomer')
  await operation.getByRole('button', { name: /^GET \/customer List/ }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table')
  await answer.getByText(email).first().waitFor()
  expect(await answer.locator('tbody td.response-col_status').first().textContent()).toContain(
    '200',
  )
  expect(await operation.locator('.curl').first().textContent()).toContain('curl -X')

  expect([...new Set(asked)].filter((origin) => origin !== url && origin !== 'null')).toEqual([])
  expect(complaints).toEqual([])
})

test('the page may run its own scripts and reach its own service, and nothing else', async () => {
  const { headers } = await fetch(`${url}/docs`)
  const policy = headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("connect-src 'self'")
})

test('`type` of a refusal leads to its code on the page of errors', async () => {
  const { type, code } = Object(await (await fetch(`${url}/nowhere`)).json())
  expect(type).toBe(`${url}/docs/errors#${code}`)
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  await page.goto(type)
  expect(await page.locator('section:target h2').textContent()).toBe(code)
  expect(complaints).toEqual([])
})

test('from the API page a reader comes to a page, with its style and without a complaint', async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()))
  await page.goto(`${url}/docs`)
  await page.getByRole('link', { name: 'All pages' }).click()
  await page.getByRole('link', { name: 'Recipes', exact: true }).click()
  expect(await page.locator('h1').textContent()).toBe('Recipes')
  expect(await page.locator('table').first().isVisible()).toBe(true)
  expect(complaints).toEqual([])
})

test('the pages are there for programs and for people, and llms.txt leads to each', async () => {
  const list = await fetch(`${url}/docs/llms.txt`)
  expect(list.headers.get('Content-Type')).toContain('text/plain')
  const links = [...(await list.text()).matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(15)
  for (const link of links) {
    const answer = await fetch(new URL(link, `${url}/docs/llms.txt`))
    expect([link, answer.status]).toEqual([link, 200])
    await answer.body?.cancel()
    if (!link.endsWith('.md')) continue
    const page = await fetch(`${url}/docs/${link.slice(0, -3)}`)
    expect([link, page.headers.get('Content-Type')]).toEqual([link, 'text/html; charset=utf-8'])
    await page.body?.cancel()
  }
})

test('at 360 pixels every page fits into the window, with all cells of its tables', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  await page.goto(`${url}/docs/pages`)
  const links = await page
    .locator('a[href^="/docs/"]')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href')?.split('#')[0] ?? ''))
  const paths = [...new Set(['/', '/docs/pages', ...links])]
  expect(paths.length).toBeGreaterThan(15)
  let cells = 0
  for (const path of paths) {
    await page.goto(url + path)
    expect([path, await page.evaluate('document.body.scrollWidth')]).toEqual([path, 360])
    const seen = await page
      .locator('td:not(:empty)')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()))
    cells += seen.length
    // Outside of the window, or a column of single letters.
    expect([path, seen.filter(({ right, width }) => right > 360 || width < 160)]).toEqual([
      path,
      [],
    ])
  }
  expect(cells).toBeGreaterThan(500)
  await context.close()
})
