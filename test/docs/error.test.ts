import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type RefusalCode, refusals } from '#kernel/error'
import { anchorsOf } from '../../dev/broken-links.ts'
import { startTestApp } from '../support/app.ts'

const app = await startTestApp()
const root = join(import.meta.dirname, '../..')
const markdown = await readFile(join(root, 'docs/errors.md'), 'utf8')
const page = await readFile(join(root, 'src/assets/docs/errors.html'), 'utf8')
const anchors = anchorsOf(markdown)
const codes = Object.keys(refusals) as RefusalCode[]

test('`type` of a refusal is the URL of its code on the page of errors', async () => {
  for (const [path, token] of [
    ['/nowhere', undefined],
    ['/customer', null],
    ['/customer/cust_x', undefined],
  ] as const) {
    const { body } = await app.call('GET', path, token === null ? { token } : {})
    expect(body.type).toBe(`${app.runtime.config.publicUrl}/docs/errors#${body.code}`)
  }
})

describe('each code has its place', () => {
  test.each(codes)('%s', (code) => {
    expect(anchors.has(code)).toBe(true)
    expect(page).toContain(`<section id="${code}">`)
  })
})

test('the page has no script, and nothing of Markdown is left', () => {
  expect(page).not.toMatch(/<script|\*\*|\]\(|`/)
})
