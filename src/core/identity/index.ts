export { AccessClaims } from './access-token.ts'
export type {
  EndedSession,
  Entry,
  Opener,
  Owner,
  ProviderTokens,
  StoredPassword,
} from './accounts.ts'
export { releasedWhenAway, releaseNow } from './check.ts'
export {
  type Client,
  type ClientCredentials,
  clientMark,
  findClient,
  type Grant,
  grantClientCredentials,
  isPublic,
  type ProvenClient,
  spend,
} from './client.ts'
export { ASSERTION_TYPE, findBySignature, namedBy } from './client-assertion.ts'
export {
  type Count,
  countRules,
  markOfAccount,
  markOfCaller,
  markOfPlace,
  openedKey,
  placeCounts,
  usualCount,
} from './count.ts'
export { makeDeviceToken, readDeviceToken } from './device-token.ts'
export { refuseElsewhere } from './elsewhere.ts'
export { writeCredential } from './hanzo/credential.ts'
export {
  type HanzoService,
  type HanzoTenant,
  purgeSessionTokens,
  purgeSignOuts,
} from './hanzo/index.ts'
export { type Clock, HASHES_OF_PLACE } from './hash-line.ts'
export * from './identity.ts'
export * from './login-code.ts'
export {
  type MailToken,
  mailTokenHash,
  mailTokenHours,
  mailTokenText,
  readMailToken,
} from './mail-token.ts'
export { MailedToken } from './mailed-token.ts'
export * from './mirror.ts'
export * from './new-password.ts'
export type { ProvenIdentity, RelyingParty } from './oidc/party.ts'
export { HANZO, type Provider } from './oidc/provider.ts'
export type { Passwords } from './password.ts'
export * from './prove.ts'
export * from './purge.ts'
export * from './refresh-token.ts'
export * from './rotate-keys.ts'
export * from './scope.ts'
export { mustTakePasswords } from './takes-passwords.ts'
export * from './try.ts'
