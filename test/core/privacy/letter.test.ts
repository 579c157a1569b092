import { describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { startTestApp } from '../../support/app.ts'
import { shopIn } from '../../support/shop.ts'
import { sql } from '../../support/sql.ts'

const app = await startTestApp()
const { call, db, tenant } = app
const { account, claim } = shopIn(app)

/** A message that the queue gave up on. */
async function bury(body: unknown, of = tenant): Promise<string> {
  const now = app.runtime.now()
  const id = newId('deadLetter', now)
  await db.run([
    sql`insert into dead_letter (tenant, id, queue, kind, subject, body, attempts, created_at)
      values (${of}, ${id}, 'customer-dead', 'unreadable', ${newId('job', now)}, ${JSON.stringify(body)}, 11, ${now.toISOString()})`,
  ])
  return id
}

async function isKept(id: string): Promise<boolean> {
  const [rows = []] = await db.run([sql`select id from dead_letter where id = ${id}`])
  return rows.length === 1
}

const erase = (id: string) => call('POST', `/customer/${id}/erase`, { body: {} })

async function exported(id: string): Promise<string[]> {
  const { body } = await call('GET', `/customer/${id}/export`)
  return body.sections.deadLetters.map((letter: { id: string }) => letter.id)
}

const theirs: readonly [string, (email: string) => unknown][] = [
  ['as a value', (mail) => ({ mail })],
  ['in a sentence', (mail) => ({ note: `Write to ${mail}.` })],
  ['in brackets', (mail) => ({ note: `Anna <${mail}>, soon` })],
  ['in a link', (mail) => ({ note: `mailto:${mail}?subject=x` })],
  ['in a query', (mail) => ({ note: `a=1&email=${mail}&b=2` })],
  ['after a line break', (mail) => ({ note: `to\n${mail}\nfrom` })],
  ['after a control character', (mail) => ({ note: `\u0001${mail}` })],
  ['beside U+0000', (mail) => ({ zero: '\u0000', mail })],
  ['in capitals', (mail) => ({ mail: mail.toUpperCase() })],
  ['in quotation marks', (mail) => ({ note: `"${mail}"` })],
]

const ofOthers: readonly [string, (email: string) => unknown][] = [
  ['with more before it', (mail) => ({ mail: `ja${mail}` })],
  ['with a name and a dot before it', (mail) => ({ mail: `ja.${mail}` })],
  ['with a tag', (mail) => ({ mail: `a+${mail}` })],
  ['with a hyphen before it', (mail) => ({ mail: `ja-${mail}` })],
  ['with more of a domain', (mail) => ({ mail: `${mail}.au` })],
  ['with a longer domain', (mail) => ({ mail: `${mail}ing` })],
  ['with another character for its dot', (mail) => ({ mail: mail.replace('.', 'x') })],
]

describe('a dead letter with the address', () => {
  test.each(theirs)('%s is exported and goes', async (name, body) => {
    const email = `son.of${theirs.findIndex(([one]) => one === name)}@mail.example`
    const { id } = await account({ email })
    await claim(email)
    await app.drain()
    const letter = await bury(body(email))
    expect(await exported(id)).toEqual([letter])
    await erase(id)
    expect(await isKept(letter)).toBe(false)
  })

  test('of somebody else, that only ends or begins as theirs, is neither shown nor lost', async () => {
    const email = 'a.son@mail.example'
    const { id } = await account({ email })
    await claim(email)
    await app.drain()
    const letters = await Promise.all(ofOthers.map(([, body]) => bury(body(email))))
    expect(await exported(id)).toEqual([])
    await erase(id)
    for (const [at, [name]] of ofOthers.entries()) {
      expect([name, await isKept(letters[at] ?? '')]).toEqual([name, true])
    }
  })

  test('that was only written is not shown: it may be a stranger’s', async () => {
    const email = 'written@mail.example'
    const { id } = await account({ email })
    await bury({ mail: email })
    expect(await exported(id)).toEqual([])
  })

  test('of no known shop stays, for it may be of another shop; with the id it goes', async () => {
    const email = 'foreign@mail.example'
    const { id } = await account({ email })
    await claim(email)
    await app.drain()
    const [byEmail, byId] = [await bury({ mail: email }, ''), await bury({ customer: id }, '')]
    await erase(id)
    expect([await isKept(byEmail), await isKept(byId)]).toEqual([true, false])
  })
})

test('a former address that was proven is theirs, until somebody else has it', async () => {
  const [old, next] = ['former@mail.example', 'present@mail.example']
  const { id } = await account({ email: old })
  await claim(old)
  await app.drain()
  await call('PATCH', `/customer/${id}`, { body: { email: next } })
  const letter = await bury({ mail: old })
  expect(await exported(id)).toEqual([letter])
  app.advance(31 * 86_400_000)
  expect((await account({ email: old })).email).toBe(old)
  expect(await exported(id)).toEqual([])
  await erase(id)
  expect(await isKept(letter)).toBe(true)
})
