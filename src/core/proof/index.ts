export * from './reauthenticate.ts'
