import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

export { passwordProblems } from './password-problems.ts'

/** OWASP's choice that fits an isolate: 32 MiB, about a fifth of a second. `ln` is log2 of N. */
const PRESENT: Parameters = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** Node's default of 32 MiB is just too little. */
const MAX_MEMORY = 64 * 1024 * 1024
const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z\d+/]{16,86})\$([A-Za-z\d+/]{43,86})$/

type Parameters = { readonly ln: number; readonly r: number; readonly p: number }
type Kept = Parameters & { readonly salt: Buffer; readonly hash: Buffer }

/**
 * The hash to keep for a password: scrypt (RFC 7914) in the PHC string format. The password is taken as it
 * came but for NFC: a keyboard that writes é in two code points types the same password as one that does not.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  return toPhc({ ...PRESENT, salt, hash: await derive(password, salt, PRESENT, HASH_BYTES) })
}

/** Whether this is the password of the hash. Takes the same time for every wrong password. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const kept = readPhc(phc)
  if (!kept) throw new TypeError('not a password hash of ours')
  return timingSafeEqual(await derive(password, kept.salt, kept, kept.hash.length), kept.hash)
}

/** Whether a hash was made with other parameters than a new one would be. */
export function needsRehash(phc: string): boolean {
  const kept = readPhc(phc)
  return (
    !kept ||
    kept.ln !== PRESENT.ln ||
    kept.r !== PRESENT.r ||
    kept.p !== PRESENT.p ||
    kept.salt.length !== SALT_BYTES ||
    kept.hash.length !== HASH_BYTES
  )
}

/** A hash of no password that costs as much to check as a real one: what an unknown user has. */
export const decoyHash: string = toPhc({
  ...PRESENT,
  salt: Buffer.alloc(SALT_BYTES),
  hash: Buffer.alloc(HASH_BYTES),
})

function derive(password: string, salt: Buffer, { ln, r, p }: Parameters, length: number) {
  const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY }
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}

function toPhc({ ln, r, p, salt, hash }: Kept): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`
}

function readPhc(phc: string): Kept | undefined {
  const [, ln, r, p, salt, hash] = PHC.exec(phc) ?? []
  if (!salt || !hash) return undefined
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
