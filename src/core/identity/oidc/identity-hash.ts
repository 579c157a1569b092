import { createHash } from 'node:crypto'

/** The stored form of an identity: issuer and subject, never an e-mail address. */
export const identityHash = (issuer: string, subject: string): string =>
  createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url')
