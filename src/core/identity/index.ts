export { AccessClaims } from './access-token-claims.ts'
export type {
  EndedSession,
  LoginProof,
  PasswordOwner,
  ProviderTokens,
  SessionOpener,
  StoredPassword,
} from './account-provider.ts'
export {
  type Client,
  type ClientCredentials,
  clientSecretMark,
  findClientBySecret,
  type GrantedToken,
  grantClientCredentials,
  isPublicClient,
  type ProvenClient,
  spendClientProof,
} from './client.ts'
export {
  CLIENT_ASSERTION_TYPE,
  clientIdInAssertion,
  verifyClientAssertion,
} from './client-assertion.ts'
export { makeDeviceToken, readDeviceToken } from './device-token.ts'
export {
  accountKeyedHash,
  callerPlaceHash,
  type FailureCounter,
  failureCounterDefaults,
  failureCounterRules,
  failureCountersOfPlace,
  openedPlaceKeyPrefix,
  placeHash,
} from './failure-counter.ts'
export { hanzoCredentialText } from './hanzo/credential.ts'
export {
  type HanzoService,
  type HanzoTenant,
  purgeSessionTokens,
  purgeSignOuts,
} from './hanzo/index.ts'
export * from './identity-provider.ts'
export * from './login-code-and-handle.ts'
export {
  type MailToken,
  mailTokenHash,
  mailTokenHours,
  mailTokenText,
  readMailToken,
} from './mail-token.ts'
export * from './mirror-to-provider.ts'
export { mustTakePasswords } from './must-take-passwords.ts'
export { mustUseEmbeddedAccounts } from './must-use-embedded-accounts.ts'
export * from './narrow-scope.ts'
export * from './new-password.ts'
export { HANZO_PROVIDER, type LoginProvider } from './oidc/login-provider.ts'
export type { ProvenIdentity, RelyingParty } from './oidc/relying-party.ts'
export * from './password-check-and-proof-statements.ts'
export { type HashQueueClock, MAX_QUEUED_HASHES_PER_PLACE } from './password-hash-queue.ts'
export type { PasswordHasher } from './password-hasher.ts'
export { PastedMailToken } from './pasted-mail-token.ts'
export * from './proof-try.ts'
export * from './purge.ts'
export * from './refresh-token.ts'
export { releaseTryNow, workOrReleaseTry } from './release-try-now.ts'
export * from './rotate-issuer-keys.ts'
