import { createHash, randomBytes } from 'node:crypto'

const BYTES = 32

/** Makes a new authorization code. It is random, so it contains nothing about the login. */
export const makeCode = (): string => `ac_${randomBytes(BYTES).toString('base64url')}`

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** The hash that is stored in place of the code. */
export const codeHash = digest

/** RFC 7636, 4.1. */
const VERIFIER = /^[\w.~-]{43,128}$/

/** The challenge of a verifier (RFC 7636, 4.2, S256); null for a text that is no verifier. */
export const pkceChallengeOf = (verifier: string): string | null =>
  VERIFIER.test(verifier) ? digest(verifier) : null

/** Whether a text has the form of a PKCE challenge. No verifier fits any other text. */
export const isPkceChallenge = (text: string): boolean => /^[\w-]{43}$/.test(text)
