import type { AccountProvider } from '../account-provider.ts'
import { isCredentialMadeFromHash, readHanzoCredential } from './credential.ts'
import { makeHanzoSessionOpener, renewHanzoSession, revokeHanzoTokens } from './session.ts'
import {
  type HanzoApi,
  makeHanzoUserWithPassword,
  setHanzoPassword,
  usesPasswordGrant,
} from './set-hanzo-password.ts'
import { updateHanzoMirrorUser } from './update-hanzo-mirror-user.ts'

/** Accounts whose passwords Hanzo ID stores, and whose access tokens it issues. */
export const makeHanzoAccountProvider = (desk: HanzoApi): AccountProvider => ({
  takesPasswords: usesPasswordGrant(desk),
  async check(_, { credential, email }, password) {
    if (!usesPasswordGrant(desk)) return { isRight: false, isStranger: false }
    const own = readHanzoCredential(credential)
    const username = own?.name ?? email
    const issued = username === null ? null : await desk.tokens.byPassword(username, password)
    if (issued === null || issued.bearer.service !== null)
      return { isRight: false, isStranger: false }
    if (own === null) return { isRight: false, isStranger: true }
    return { isRight: issued.bearer.identity === own.identity, isStranger: false, grant: issued }
  },
  setFirstPassword: (ctx, owner, password) => makeHanzoUserWithPassword(ctx, desk, owner, password),
  setPassword: async (ctx, owner, password, hash) =>
    setHanzoPassword(ctx, desk, await owner(), password, hash),
  isMadeOf: isCredentialMadeFromHash,
  isOutdated: () => false,
  open: (ctx, entry) => makeHanzoSessionOpener(ctx, desk.tokens, entry),
  renew: (ctx, session) => renewHanzoSession(ctx, desk.tokens, session),
  end: (ctx, sessions) => revokeHanzoTokens(ctx, desk.tokens, sessions),
  mirror: (ctx, mirrored) => updateHanzoMirrorUser(ctx, desk.users, mirrored),
})
