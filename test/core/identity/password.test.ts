import { scryptSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { Bug } from '#kernel/error'
import { makePasswordHasher } from '../../../src/core/identity/password-hasher.ts'

const { hash: hashPassword, verify: verifyPassword, isOutdated } = makePasswordHasher()

const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** A hash as another program would write it. */
function phcOf(
  password: string,
  ln: number,
  r: number,
  p: number,
  salt = Buffer.from('0123456789abcdef'),
) {
  const hash = scryptSync(password, salt, 32, { N: 2 ** ln, r, p, maxmem: 2 ** 26 })
  return `$scrypt$ln=${ln},r=${r},p=${p}$${b64(salt)}$${b64(hash)}`
}

describe('a password', () => {
  const password = 'Grüße, Jürgen 👋'
  /** With little work; what is asked of the text of a password does not depend on it. */
  const cheap = phcOf(password, 4, 8, 1)
  let phc = ''
  beforeAll(async () => {
    phc = await hashPassword(password)
  })

  test('is kept as scrypt with 32 MiB and three passes, as PHC writes it', () => {
    expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    const salt = Buffer.from(phc.split('$')[3] ?? '', 'base64')
    expect(phc).toBe(phcOf(password, 15, 8, 3, salt))
    expect(isOutdated(phc)).toBe(false)
  })

  test('is told from every other', async () => {
    expect(await verifyPassword(password, phc)).toBe(true)
    expect(await verifyPassword(`${password} `, phc)).toBe(false)
    for (const other of ['', password.toLowerCase(), ` ${password}`, `${password} `]) {
      expect(await verifyPassword(other, cheap)).toBe(false)
    }
  })

  test('is the same from a keyboard that writes its accents apart', async () => {
    expect(password.normalize('NFD')).not.toBe(password)
    expect(await verifyPassword(password.normalize('NFD'), cheap)).toBe(true)
  })

  test('has another hash each time', async () => {
    expect(await hashPassword(password)).not.toBe(phc)
  })

  test('is not cut off, however long', async () => {
    const long = 'a'.repeat(255)
    expect(await verifyPassword(`${long}b`, phcOf(`${long}b`, 4, 8, 1))).toBe(true)
    expect(await verifyPassword(`${long}c`, phcOf(`${long}b`, 4, 8, 1))).toBe(false)
  })
})

describe('a hash', () => {
  /** At a price of its own: to check a hash takes as long as to make it, and which price it is does not matter. */
  const cheap = makePasswordHasher({ ln: 5, r: 8, p: 3 })
  const longer = Buffer.alloc(32, 7)

  test.each([
    ['fewer rounds', phcOf('secret', 4, 8, 3)],
    ['a smaller block', phcOf('secret', 5, 4, 3)],
    ['one pass', phcOf('secret', 5, 8, 1)],
    ['a longer salt', phcOf('secret', 5, 8, 3, longer)],
  ])('with %s still checks, and is to be made anew', async (_, phc) => {
    expect(await cheap.verify('secret', phc)).toBe(true)
    expect(await cheap.verify('Secret', phc)).toBe(false)
    expect(cheap.isOutdated(phc)).toBe(true)
    expect(cheap.isOutdated(phcOf('secret', 5, 8, 3))).toBe(false)
  })

  test.each([
    ['fewer rounds', 'ln=14,r=8,p=3', Buffer.alloc(16)],
    ['a smaller block', 'ln=15,r=4,p=3', Buffer.alloc(16)],
    ['one pass', 'ln=15,r=8,p=1', Buffer.alloc(16)],
    ['a longer salt', 'ln=15,r=8,p=3', longer],
  ])('with %s than the service has is to be made anew', (_, cost, salt) => {
    expect(isOutdated(`$scrypt$${cost}$${b64(salt)}$${b64(Buffer.alloc(32))}`)).toBe(true)
  })

  test('that is not there matches nothing', async () => {
    expect(await verifyPassword('correct horse battery', null)).toBe(false)
    expect(await cheap.verify('', null)).toBe(false)
  })

  test.each([
    ['nothing', ''],
    ['plain text', 'secret'],
    ['another kind', '$2b$12$abcdefghijklmnopqrstuuA1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P'],
    ['a missing hash', '$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$'],
    ['a short hash', '$scrypt$ln=15,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA$AAAA'],
    ['padding', `${phcOf('secret', 4, 8, 1)}=`],
  ])('that is %s is a bug, and the error does not repeat it', async (_, phc) => {
    await expect(verifyPassword('secret', phc)).rejects.toThrow(
      new Bug('not a password hash of ours'),
    )
    expect(isOutdated(phc)).toBe(true)
  })
})
