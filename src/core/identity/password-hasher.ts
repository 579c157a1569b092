import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Bug } from '#kernel/error'

/** The choice of OWASP that fits an isolate: 32 MiB, about a fifth of a second. `ln` is log2 of N. */
const PRESENT: ScryptCost = { ln: 15, r: 8, p: 3 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** Node's default of 32 MiB is just too little. */
const MAX_MEMORY = 64 * 1024 * 1024
const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z\d+/]{16,86})\$([A-Za-z\d+/]{43,86})$/

type ScryptCost = { readonly ln: number; readonly r: number; readonly p: number }
type Stored = ScryptCost & { readonly salt: Buffer; readonly hash: Buffer }

/** Hashes and checks passwords: scrypt (RFC 7914) in the PHC string format. */
export type PasswordHasher = {
  /**
   * The hash to store. Only NFC changes the password: a keyboard that writes é in two code points types the same password as one
   * that does not.
   * @param salt 16 bytes; default: random ones.
   */
  readonly hash: (password: string, salt?: Buffer) => Promise<string>
  /** Whether this is the password of the hash. It takes the same time for every wrong password, and for a null hash. */
  readonly verify: (password: string, phc: string | null) => Promise<boolean>
  /** Whether a hash was made with other parameters than a new one would be. */
  readonly isOutdated: (phc: string) => boolean
}

/** @param present the cost of new hashes; only tests use a lower one. */
export function makePasswordHasher(present: ScryptCost = PRESENT): PasswordHasher {
  const decoy = toPhc({
    ...present,
    salt: Buffer.alloc(SALT_BYTES),
    hash: Buffer.alloc(HASH_BYTES),
  })
  return {
    async hash(password, salt = randomBytes(SALT_BYTES)) {
      return toPhc({ ...present, salt, hash: await derive(password, salt, present, HASH_BYTES) })
    },
    async verify(password, phc) {
      const stored = readPhc(phc ?? decoy)
      if (!stored) throw new Bug('not a password hash of ours')
      const hash = await derive(password, stored.salt, stored, stored.hash.length)
      return timingSafeEqual(hash, stored.hash) && phc !== null
    },
    isOutdated(phc) {
      const stored = readPhc(phc)
      return (
        !stored ||
        stored.ln !== present.ln ||
        stored.r !== present.r ||
        stored.p !== present.p ||
        stored.salt.length !== SALT_BYTES ||
        stored.hash.length !== HASH_BYTES
      )
    },
  }
}

function derive(password: string, salt: Buffer, { ln, r, p }: ScryptCost, length: number) {
  const options = { N: 2 ** ln, r, p, maxmem: MAX_MEMORY }
  return new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, options, (error, hash) =>
      error ? reject(error) : resolve(hash),
    )
  })
}

function toPhc({ ln, r, p, salt, hash }: Stored): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`
}

function readPhc(phc: string): Stored | undefined {
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
