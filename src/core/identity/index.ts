export * from './client.ts'
export * from './issuer.ts'
export * from './new-password.ts'
