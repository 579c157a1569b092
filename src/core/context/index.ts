export { ClientSettings } from './client-settings.ts'
export * from './commit.ts'
export { accepts, type Condition, readBefore, versionsOf } from './condition.ts'
export * from './context.ts'
export * from './keyring.ts'
export { type MailPath, mailPaths } from './mail-path.ts'
export * from './may.ts'
export * from './passkey-site.ts'
export {
  algorithmsOf,
  clientAlgorithms,
  type PublicKey,
  thumbprintText,
} from './public-key.ts'
export * from './purge.ts'
export * from './purge-keys.ts'
export { findAway, isAway, isDone, type Runner, type Statements } from './run.ts'
export { hostPattern, siteUrl } from './setting-kind.ts'
export * from './settings.ts'
