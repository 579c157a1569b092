export { ClientSettings } from './client-settings.ts'
export * from './commit.ts'
export * from './context.ts'
export * from './keyring.ts'
export { type MailPath, mailPaths } from './mail-path.ts'
export * from './passkey-site.ts'
export * from './permission.ts'
export {
  acceptedVersions,
  meetsPrecondition,
  newestReadVersion,
  type Precondition,
} from './precondition.ts'
export {
  algorithmsOf,
  canonicalKeyText,
  clientAlgorithms,
  type PublicKey,
} from './public-key.ts'
export * from './purge-idempotency-keys.ts'
export * from './purge-old-rows.ts'
export {
  isDatabaseUnavailable,
  isJobDoneError,
  type Runner,
  type Statements,
  unavailableRefusalOf,
} from './run-statements.ts'
export { hostNameOrWildcard, siteUrl } from './setting-kind.ts'
export * from './settings.ts'
export * from './tenant-settings.ts'
