import { createHash } from 'node:crypto'
import type { Context, Keyring } from '#core/context'
import type { MailTokenPurpose } from '#db/schema'
import { Refusal } from '#kernel/error'
import { type Id, idPattern } from '#kernel/id'
import { accountKeyedHash } from './failure-counter.ts'

/** The purposes of links in mails, and their lifetimes in hours. Invitations last longer, because an invited person did not ask for the mail and may read it days later. */
export const mailTokenHours = {
  verify: 24,
  reset: 24,
  invite: 7 * 24,
  confirm: 24,
  undo: 72,
  consent: 7 * 24,
  login_code: 24,
  login_link: 24,
} as const satisfies Readonly<Record<MailTokenPurpose, number>>

type MailTokenId = Id<'token'>

/** The parts of a token that are known before the database is asked: its id and its subject. */
export type MailToken = {
  readonly id: string
  /** The customer or the registration attempt. */
  readonly subject: string
  /** The stored hash. */
  readonly hash: string
}

/**
 * The secret of a token: 256 bits that follow from the master secret. It is stored nowhere, and computed when the mail is sent.
 */
const secretOf = (keyring: Keyring, tenant: string, id: string): string =>
  keyring.mac('mail-token', `${tenant} ${id}`)

/** SHA-256, base64url: enough for a secret of 256 bits. */
export const mailTokenSecretHash = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')

export const mailTokenHash = ({ keyring, tenant }: Context, id: MailTokenId): string =>
  mailTokenSecretHash(secretOf(keyring, tenant, id))

/** The token as the link carries it. */
export const mailTokenText = (
  { keyring, tenant }: Context,
  { id, subject }: Pick<MailToken, 'id' | 'subject'>,
): string => `${subject}.${id}.${secretOf(keyring, tenant, id)}`

/** Refuses `mail_token_invalid` for a token that was not made here, without asking the database. */
export function readMailToken({ keyring, tenant, outcome }: Context, text: string): MailToken {
  const [subject = '', id = '', secret = '', ...rest] = text.split('.')
  const known = idPattern('customer').test(subject) || idPattern('attempt').test(subject)
  const ours = idPattern('token').test(id) && rest.length === 0
  const hash = mailTokenSecretHash(secret)
  if (!known || !ours || hash !== mailTokenSecretHash(secretOf(keyring, tenant, id))) {
    throw new Refusal('mail_token_invalid')
  }
  outcome.tried = accountKeyedHash(keyring, subject)
  return { id, subject, hash }
}
