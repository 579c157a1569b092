import type { Accounts } from '../accounts.ts'
import { isMadeOf, readCredential } from './credential.ts'
import { mirrorUser } from './mirror.ts'
import { type Desk, setFirstPassword, setPassword, takesPasswords } from './provision.ts'
import { endAtHanzo, openForHanzo, renewForHanzo } from './session.ts'

/** Accounts whose passwords Hanzo ID stores, and whose access tokens it issues. */
export const makeHanzoAccounts = (desk: Desk): Accounts => ({
  takesPasswords: takesPasswords(desk),
  async check(_, { credential, email }, password) {
    if (!takesPasswords(desk)) return { isRight: false, isStranger: false }
    const own = readCredential(credential)
    const username = own?.name ?? email
    const issued = username === null ? null : await desk.tokens.byPassword(username, password)
    if (issued === null || issued.bearer.service !== null)
      return { isRight: false, isStranger: false }
    if (own === null) return { isRight: false, isStranger: true }
    return { isRight: issued.bearer.identity === own.identity, isStranger: false, grant: issued }
  },
  setFirstPassword: (ctx, owner, password) => setFirstPassword(ctx, desk, owner, password),
  setPassword: async (ctx, owner, password, hash) =>
    setPassword(ctx, desk, await owner(), password, hash),
  isMadeOf,
  isOutdated: () => false,
  open: (ctx, entry) => openForHanzo(ctx, desk.tokens, entry),
  renew: (ctx, session) => renewForHanzo(ctx, desk.tokens, session),
  end: (ctx, sessions) => endAtHanzo(ctx, desk.tokens, sessions),
  mirror: (ctx, mirrored) => mirrorUser(ctx, desk.users, mirrored),
})
